"""The officers' console as an app. Every address passes ``guard``; nothing of another origin is loaded or taken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles

from webhook.gateway import Gateway
from webhook.rate_limit import RateLimit
from webhook.staff import (
    accounts,
    audit,
    cases,
    checklists,
    deciding,
    errors,
    home,
    identity,
    knowledge_desk,
    organisation,
    reference,
    signing_in,
    statistics,
    switches,
    talking,
    texts,
)
from webhook.staff.console import Console
from webhook.staff.guard import guard
from webhook.staff.pages import FOLDER
from webhook.staff.settings import StaffSettings
from webhook.web_guards import HEADERS, Headers, SizeLimit

MAX_BYTES = 262_144
STATIC = {
    "/static/govuk": FOLDER / "frontend" / "node_modules" / "govuk-frontend" / "dist" / "govuk",
    "/static/htmx": FOLDER / "frontend" / "node_modules" / "htmx.org" / "dist",
    "/static/built": FOLDER / "frontend" / "built",
    "/static": FOLDER / "static",
}
"""Style and script only; a page can be used without any of them."""


def create_app(gateway: Gateway, settings: StaffSettings) -> FastAPI:
    """The console around a gateway."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        gateway.close()

    app = FastAPI(
        title="Care advice console", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        dependencies=[Depends(guard)],
    )  # fmt: skip
    app.state.console = Console(gateway, settings, RateLimit(settings.signs_in_per_minute))
    for room in (
        signing_in,
        organisation,
        home,
        cases,
        talking,
        deciding,
        checklists,
        identity,
        reference,
        knowledge_desk,
        texts,
        switches,
        statistics,
        audit,
        accounts,
    ):
        app.include_router(room.router)
    app.add_api_route("/healthz", _alive, response_class=PlainTextResponse)
    for address, folder in STATIC.items():
        app.mount(address, StaticFiles(directory=folder, check_dir=False))
    errors.install(app)
    app.add_middleware(SizeLimit, limit=lambda path: MAX_BYTES, refusal=lambda: b'{"error": "too large"}')
    app.add_middleware(Headers, headers=_headers(app.state.console))
    return app


async def _alive() -> str:
    """The process runs."""
    return "ok"


def _headers(console: Console) -> dict[str, str]:
    # With "no-referrer" browsers hide where a form comes from, and the guard could not tell ours from another site's.
    headers = {**HEADERS, "Referrer-Policy": "same-origin"}
    if console.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers
