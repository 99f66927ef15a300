"""The public app: the web chat, its page, Twilio's webhooks, and whether all is well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from webhook import danger_reading, words
from webhook.cases import redaction_names
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.public import answer_pages, chat, chat_page, check_pages, errors, frontend_files, health, pages, twilio
from webhook.public.afterwards import bring_again
from webhook.public.state import make_state
from webhook.public.switched_off import KnownOff
from webhook.settings import Settings
from webhook.stepping import reading
from webhook.web_guards import Headers, SizeLimit

log = logger(__name__)

TWILIO_MAX_BYTES = 98_304
"""The longest WhatsApp message in a script of three-byte letters, as a form, and all of Twilio's other fields."""
COMPRESSED_FROM = 400
"""So many bytes are compressed. No cookie goes with a request, so that no secret can be guessed by the size."""


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
    app.state.known_off = KnownOff()
    rooms = (chat, twilio, health, pages, chat_page, answer_pages, check_pages)
    for room in rooms:
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=frontend_files.BUILT, check_dir=False), name="static")
    errors.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED_FROM)
    app.add_middleware(SizeLimit, limit=body_limit(gateway.settings), refusal=lambda: errors.error_bytes("too_large"))
    app.add_middleware(Headers, at={"/widget": chat_page.framed_by(gateway.settings.widget_hosts)})
    preload()
    return app


def preload() -> None:
    """Have in memory what an emergency needs, before the first one comes."""
    words.preload()
    redaction_names.preload()
    reading.warm_up()


def body_limit(settings: Settings) -> Callable[[str], int]:
    """How many bytes a body may have, by path. JSON may write a letter with six."""
    chat_limit = max(settings.message_max_bytes, 6 * settings.message_max_characters + 1024)
    return lambda path: TWILIO_MAX_BYTES if path.startswith("/twilio/") else chat_limit


def say_what_is_on(gateway: Gateway) -> None:
    """Tell at the start which channels are served, and by what danger is read."""
    log.info("channels", **health.channels(gateway))
    log.info("danger_reading", **danger_reading.parts())
    frontend_files.say_what_is_missing()
