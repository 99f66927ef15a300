"""Errors as a worker or a browser sees them: one calm sentence, a short code, nothing of what was sent."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from knowledge.page_words import page_languages
from webhook import metrics
from webhook.channels.web_chat import CannotRemember, SessionNotLive, TextTooLong, TooMany
from webhook.conversations.return_phrases import PhraseNotKnown
from webhook.database import DatabaseUnavailable
from webhook.logs import logger
from webhook.public.layout import ENGLISH, browser_languages, language_of, page, words_for
from webhook.words import gentle

log = logger(__name__)

_CODES = {400: "not_readable", 404: "not_found", 405: "not_allowed", 413: "too_large", 429: "too_many"}
_PHRASES = {
    "not_readable": ("not_understood",),
    "not_valid": ("not_understood",),
    "too_long": ("message_too_long",),
    "too_large": ("message_too_long",),
    "too_many": ("too_many_messages",),
    "no_session": ("session_over",),
    "phrase_not_known": ("return_phrase_not_known",),
    "busy": ("apology", "apology_try_again"),
}


def body(code: str, lang: str = ENGLISH) -> dict[str, Any]:
    """The body of an error, in that language where it has the words."""
    said = gentle(*_PHRASES.get(code, ("apology_try_again",)), lang=lang)
    return {"error": {"code": code, "message": said.text}}


def response(request: Request, status: int, code: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error as an answer, in the first language that is asked for: the chat asks for that of its page."""
    wished = browser_languages(request.headers.get("accept-language", ""))
    return JSONResponse(body(code, next(iter(wished), ENGLISH)), status, headers=headers)


def error_bytes(code: str) -> bytes:
    """The body of an error where no framework is at hand."""
    return json.dumps(body(code)).encode()


def install(app: FastAPI) -> None:
    """Answer every error of the app in this form."""

    @app.exception_handler(RequestValidationError)
    async def _not_valid(request: Request, fault: RequestValidationError) -> JSONResponse:
        kinds = {str(error.get("type")) for error in fault.errors()}
        if "json_invalid" in kinds:
            metrics.count(metrics.REQUESTS_REFUSED, reason="not_json")
            return response(request, 400, "not_readable")
        metrics.count(metrics.REQUESTS_REFUSED, reason="not_valid")
        return response(request, 422, "not_valid")

    @app.exception_handler(TextTooLong)
    async def _too_long(request: Request, fault: TextTooLong) -> JSONResponse:
        metrics.count(metrics.REQUESTS_REFUSED, reason="too_large")
        return response(request, 422, "too_long")

    @app.exception_handler(TooMany)
    async def _too_many(request: Request, fault: TooMany) -> JSONResponse:
        metrics.count(metrics.REQUESTS_REFUSED, reason="too_many")
        return response(request, 429, "too_many", {"Retry-After": "10"})

    @app.exception_handler(SessionNotLive)
    async def _no_session(request: Request, fault: SessionNotLive) -> JSONResponse:
        metrics.count(metrics.REQUESTS_REFUSED, reason="session")
        return response(request, 401, "no_session", {"WWW-Authenticate": "Bearer"})

    @app.exception_handler(PhraseNotKnown)
    async def _no_phrase(request: Request, fault: PhraseNotKnown) -> JSONResponse:
        metrics.count(metrics.REQUESTS_REFUSED, reason="phrase")
        return response(request, 401, "phrase_not_known")

    @app.exception_handler(DatabaseUnavailable)
    @app.exception_handler(CannotRemember)
    async def _busy(request: Request, fault: Exception) -> JSONResponse:
        return response(request, 503, "busy", {"Retry-After": "10"})

    @app.exception_handler(HTTPException)
    async def _http(request: Request, fault: HTTPException) -> Response:
        if fault.status_code == 404 and _reads_pages(request):
            return trouble(request, "not_found", 404)
        code = _CODES.get(fault.status_code, "not_readable" if fault.status_code < 500 else "busy")
        return response(request, fault.status_code, code, dict(fault.headers or {}))

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, fault: Exception) -> Response:
        log.error("request_failed", exc_info=fault)
        if _reads_pages(request):
            return trouble(request, "failed", 500)
        return response(request, 500, "busy")


def trouble(request: Request, words: str, status: int) -> Response:
    """A page that could not be given, with numbers to call."""
    lang = language_of(request, page_languages())
    return page("trouble.html", lang, status=status, heading=words_for(lang)[words], said="")


def _reads_pages(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
