"""Errors as an officer sees them: one calm page, nothing of what was sent."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from webhook.database import DatabaseUnavailable
from webhook.logs import logger
from webhook.staff.guard import Denied, FormNotOurs, FreshCodeNeeded, SignInNeeded, written
from webhook.staff.pages import page

log = logger(__name__)

WORDS = {
    "denied": ("You cannot open this page", "Your role has no permission for it."),
    "form": (
        "This page was too old",
        "The form came from another page or another session. Go back, copy what you wrote, load the page again and "
        "send it once more.",
    ),
    "signed_out": ("You were signed out", "Nothing was sent or kept. Sign in again on another page."),
    "missing": ("Page not found", "Check the address or the reference."),
    "unfit": ("This could not be read", "Something in the form has not the right form. Go back and try again."),
    "busy": ("Something is not working", "The database did not answer. Nothing was changed. Try again in a minute."),
    "fault": ("Something went wrong", "It was written down for the operator. Try again in a minute."),
}


def install(app: FastAPI) -> None:
    """Answer every error of the app with such a page."""

    def said(request: Request, status: int, kind: str) -> Response:
        title, words = WORDS[kind]
        return page(request, "error", status, title=title, words=words, written=written(request))

    @app.exception_handler(SignInNeeded)
    async def _sign_in(request: Request, fault: SignInNeeded) -> Response:
        if fault.code:
            return RedirectResponse("/login/code", 303)
        if written(request):
            return said(request, 401, "signed_out")
        wanted = f"?next={quote(request.url.path)}" if request.method == "GET" and request.url.path != "/" else ""
        return RedirectResponse(f"/login{wanted}", 303)

    @app.exception_handler(FreshCodeNeeded)
    async def _fresh(request: Request, fault: FreshCodeNeeded) -> Response:
        if written(request):
            carried = [("onward", request.url.path), *request.state.fields]
            return page(request, "code", 403, next=fault.address, action="/code", fresh=True, carried=carried)
        return RedirectResponse(f"/code?next={quote(fault.address)}", 303)

    @app.exception_handler(Denied)
    async def _denied(request: Request, fault: Denied) -> Response:
        return said(request, 403, "denied")

    @app.exception_handler(FormNotOurs)
    async def _form(request: Request, fault: FormNotOurs) -> Response:
        return said(request, 403, "form")

    @app.exception_handler(RequestValidationError)
    async def _unfit(request: Request, fault: RequestValidationError) -> Response:
        return said(request, 422, "unfit")

    @app.exception_handler(DatabaseUnavailable)
    async def _busy(request: Request, fault: DatabaseUnavailable) -> Response:
        return said(request, 503, "busy")

    @app.exception_handler(HTTPException)
    async def _http(request: Request, fault: HTTPException) -> Response:
        return said(request, fault.status_code, "missing" if fault.status_code in (404, 405) else "unfit")

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, fault: Exception) -> Response:
        log.error("request_failed", exc_info=fault)
        return said(request, 500, "fault")
