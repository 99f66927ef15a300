"""The chat as a page of its own and in a frame on a council's page, and the script that puts it there."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from knowledge.languages import LanguageNotKnown, all_languages, language
from knowledge.page_words import page_languages
from webhook.keywords import Keyword, spelling
from webhook.public.frontend_files import BUILT
from webhook.public.layout import EXIT_ADDRESS, danger_lines, every_language, language_of, page, words_for
from webhook.public.state import PublicState, state_of
from webhook.web_guards import CONTENT_SECURITY_POLICY, HEADERS

router = APIRouter(tags=["pages"], include_in_schema=False)
State = Annotated[PublicState, Depends(state_of)]
Lang = Annotated[str, Query(min_length=2, max_length=3)]

WORDS = (
    "title", "skip_chat", "language", "language_find", "language_none", "language_only_english", "exit",
    "exit_emergency", "exit_more", "exit_last", "exit_late", "exit_how", "leaving", "leaving_history",
    "leaving_clear", "leaving_private", "leaving_other", "danger", "danger_call", "danger_more", "trouble", "intro",
    "talk", "you", "us", "person", "person_here", "typing", "waiting", "try_now", "refused", "opening", "ended",
    "start", "ask", "send", "more", "less", "choose", "about_message", "listen", "listen_stop", "copy", "copied",
    "save", "print", "sources", "sources_failed", "calendar", "file_warning", "menu", "hide", "end", "erase", "keep",
    "keep_warning", "keep_failed", "kept", "kept_open", "kept_drop", "back", "back_label", "back_open",
    "back_earlier", "back_choice", "new_message",
)  # fmt: skip
"""What the script says and rewrites when another language is chosen."""
WIDGET_CACHE = "public, max-age=3600"
"""Every visitor of the council's page loads widget.js: that it was loaded says nothing of who used the chat."""


def framed_by(hosts: tuple[str, ...]) -> dict[str, str]:
    """The headers of the framed chat: those of every page, but for the named hosts to show it."""
    ancestors = " ".join(hosts) or "'none'"
    policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
    rest = {name: value for name, value in HEADERS.items() if name != "X-Frame-Options"}
    return {
        **rest,
        "Content-Security-Policy": policy,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }


@router.get("/chat", response_class=HTMLResponse)
async def chat(request: Request, state: State) -> HTMLResponse:
    """The chat. Its title, icon and address say nothing of what it is about."""
    return _chat(request, state)


@router.get("/widget", response_class=HTMLResponse)
async def widget(request: Request, state: State) -> HTMLResponse:
    """The chat for a frame. Only the pages that the settings name may show it."""
    return _chat(request, state)


def _chat(request: Request, state: PublicState) -> HTMLResponse:
    lang = language_of(request, all_languages())
    settings = state.gateway.settings
    return page(
        "chat.html",
        lang,
        chat_words=_chat_words(lang, settings.web_session_hours),
        hosts=settings.widget_hosts,
        languages=every_language(),
        orders={"choice": spelling(Keyword.CHOICE), "delete": spelling(Keyword.DELETE)},
        longest=settings.message_max_characters,
    )


def _chat_words(lang: str, hours: int) -> dict[str, str]:
    words = words_for(lang)
    return {key: words.with_values(key, hours=hours) for key in WORDS}


@router.get("/chat/words")
async def chat_words(state: State, lang: Lang) -> JSONResponse:
    """The words of the page in another language, and the danger lines, so that the chat under way is not lost."""
    try:
        language(lang)
    except LanguageNotKnown:
        raise HTTPException(404) from None
    words = words_for(lang)
    danger: list[dict[str, Any]] = [
        {"lang": each.lang, "dir": each.dir, "lines": [line for line, _ in each.lines]} for each in danger_lines(lang)
    ]
    said = _chat_words(lang, state.gateway.settings.web_session_hours)
    return JSONResponse({"lang": words.lang, "dir": words.dir, "words": said, "danger": danger})


@router.get("/widget.js")
async def widget_script() -> Response:
    """What a council's page loads with one line. See docs/widget.md."""
    return Response(
        _widget_script(),
        media_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": WIDGET_CACHE, "Cross-Origin-Resource-Policy": "cross-origin"},
    )


@lru_cache(maxsize=1)
def _widget_script() -> str:
    labels = {}
    for lang in page_languages():
        words = words_for(lang)
        labels[lang] = {"chat": words["title"], "news": words["new_message"], "dir": words.dir}
    config = json.dumps({"labels": labels, "exit": EXIT_ADDRESS})
    return (BUILT / "widget.js").read_text(encoding="utf-8").replace('"__CONFIG__"', json.dumps(config))
