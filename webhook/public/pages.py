"""The plain page to talk to the service: small, without anything from elsewhere, useful even without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from knowledge import safety
from knowledge.phrases import phrase
from webhook.keywords import Keyword, spelling
from webhook.public.state import PublicState, state_of

FOLDER = Path(__file__).parent
EXIT_ADDRESS = "https://www.bbc.co.uk/weather"
"""Where "leave this page" goes: a page anybody may be seen to read."""
WORDS = (
    "title", "skip", "exit", "danger_label", "intro", "no_script", "talk_label", "waiting", "lost", "again",
    "ended", "you", "us", "ask", "send", "end", "back", "back_label", "back_open", "back_earlier", "back_choice",
    "back_delete",
)  # fmt: skip

router = APIRouter(tags=["pages"])
State = Annotated[PublicState, Depends(state_of)]
_templates = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@router.get("/", response_class=HTMLResponse)
async def page(state: State) -> HTMLResponse:
    """The chat as a plain page. Its title and address say nothing of what it is about."""
    words = {name: phrase(f"page_{name}") for name in WORDS}
    html = _templates.get_template("page.html").render(
        words=words,
        orders={"choice": spelling(Keyword.CHOICE), "delete": spelling(Keyword.DELETE)},
        danger=safety.words("en").first[0].split("\n"),
        lang="en",
        dir="ltr",
        base="",
        exit_address=EXIT_ADDRESS,
        longest=state.gateway.settings.message_max_characters,
    )
    return HTMLResponse(html)
