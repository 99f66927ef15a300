"""The public app: the web chat, its page, Twilio's webhooks, and whether all is well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from understanding import language, risk
from webhook import words
from webhook.cases import redaction_names
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.public import chat, errors, health, pages, twilio
from webhook.public.afterwards import bring_again
from webhook.public.state import make_state
from webhook.settings import Settings
from webhook.web_guards import Headers, SizeLimit

log = logger(__name__)

TWILIO_MAX_BYTES = 98_304
"""The longest WhatsApp message in a script of three-byte letters, as a form, and all of Twilio's other fields."""


def create_app(gateway: Gateway) -> FastAPI:
    """The app around a gateway. Cross-origin requests are refused: there is no CORS."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        say_what_is_on(gateway)
        again = asyncio.create_task(bring_again(app.state.public))
        yield
        again.cancel()
        gateway.close()

    app = FastAPI(title="Advice for care workers", version="1", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.public = make_state(gateway)
    for router in (chat.router, twilio.router, health.router, pages.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=pages.FOLDER / "static"), name="static")
    errors.install(app)
    app.add_middleware(SizeLimit, limit=body_limit(gateway.settings), refusal=lambda: errors.error_bytes("too_large"))
    app.add_middleware(Headers)
    preload()
    return app


def preload() -> None:
    """Have in memory what an emergency needs, before the first one comes."""
    words.preload()
    redaction_names.preload()
    language.guess("warm up")
    risk.assess("warm up", language="en")


def body_limit(settings: Settings) -> Callable[[str], int]:
    """How many bytes a body may have, by path. JSON may write a letter with six."""
    chat_limit = max(settings.message_max_bytes, 6 * settings.message_max_characters + 1024)
    return lambda path: TWILIO_MAX_BYTES if path.startswith("/twilio/") else chat_limit


def say_what_is_on(gateway: Gateway) -> None:
    """Tell at the start which channels are served."""
    log.info("channels", **health.channels(gateway))
