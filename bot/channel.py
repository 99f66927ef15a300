"""The only door into Rasa: the gateway's calls over loopback, each with a token.

What a worker wrote is only ever text. An intent comes in its own field, from a button the gateway itself offered.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import unquote

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot import quiet_logs, vectors_at_hand
from bot.reading import chosen, is_intent
from bot.settings import Settings
from bot.tracker_store import SealedTrackerStore
from understanding.encoder import Encoder

logger = logging.getLogger(__name__)

LARGEST_BODY = 256 * 1024
LONGEST_TEXT = 20_000
LONGEST_SENDER = 200
_PURGE_EVERY_SECONDS = 15 * 60
# Rasa takes text that begins with this for an intent.
_COMMAND_MARK = "/"

OnMessage = Callable[[UserMessage], Awaitable[Any]]


class BadRequest(Exception):
    """The body is not what the gateway sends; the message says which part, never its content."""


class GatewayOutput(OutputChannel):  # type: ignore[misc]
    """Collects what the actions say, in order, and what they ask the gateway to keep."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.keep: dict[str, Any] = {}

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return "gateway"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one message: the structured part where there is one, else its plain text."""
        custom = dict(message.get("custom") or {})
        self.keep.update(custom.pop("keep", None) or {})
        if not custom.get("text") and message.get("text"):
            custom = {"text": message["text"]}
        if custom.get("text"):
            self.messages.append(_whole_message(custom))


class GatewayInput(InputChannel):  # type: ignore[misc]
    """The gateway's messages in, structured replies out; erasing; readiness."""

    def __init__(self, token: str, reply_seconds: float) -> None:
        self._token = token.encode()
        self._reply_seconds = reply_seconds
        self._encoder = Encoder()

    @classmethod
    def name(cls) -> str:
        """The channel's name; its addresses are below /webhooks/gateway."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> GatewayInput:
        """Made by Rasa at start; the token comes from the environment or var/secrets, never from a file in the tree."""
        quiet_logs.install()
        settings = Settings.from_environment()
        return cls(settings.secret("rasa_token"), settings.reply_seconds)

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The three addresses."""
        routes = Blueprint("gateway")

        async def receive(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return json_response({"error": "not allowed"}, status=401)
            output = GatewayOutput()
            try:
                message, vectors = _message(request, output)
            except BadRequest as fault:
                return json_response({"error": str(fault)}, status=400)
            if not _is_ready(request.app):
                return json_response({"error": "no model is loaded yet"}, status=503)
            try:
                await asyncio.wait_for(self._answer(message, vectors, on_new_message), self._reply_seconds)
            except asyncio.TimeoutError:
                logger.error("A message was not answered within %s seconds.", self._reply_seconds)
                return json_response({"error": "too slow"}, status=504)
            except Exception:
                logger.exception("A message could not be answered.")
                return json_response({"error": "failed"}, status=500)
            finally:
                vectors_at_hand.taken(message.text)
            if not output.messages:
                return json_response({"error": "no reply"}, status=503)
            return json_response({"messages": output.messages, "keep": output.keep})

        async def erase(request: Request, sender: str) -> HTTPResponse:
            if not self._is_gateway(request):
                return json_response({"error": "not allowed"}, status=401)
            if not _is_ready(request.app):
                return json_response({"error": "no model is loaded yet"}, status=503)
            try:
                who = unquote(sender)
                async with request.app.ctx.agent.lock_store.lock(who):
                    await _forget(request.app.ctx.agent.tracker_store, who)
            except Exception:
                logger.exception("A conversation could not be erased.")
                return json_response({"error": "failed"}, status=500)
            return empty()

        async def ready(request: Request) -> HTTPResponse:
            loaded = _is_ready(request.app)
            return json_response({"ready": loaded}, status=200 if loaded else 503)

        async def limit_bodies(app: Sanic, _: Any) -> None:
            app.config.REQUEST_MAX_SIZE = 4 * LARGEST_BODY  # beyond this Sanic itself hangs up

        async def start_purging(app: Sanic, _: Any) -> None:
            app.add_task(_purge_for_ever(app))

        routes.add_route(receive, "/webhook", methods=["POST"])
        routes.add_route(erase, "/conversations/<sender>", methods=["DELETE"])
        routes.add_route(ready, "/ready", methods=["GET"])
        routes.listener("before_server_start")(limit_bodies)
        routes.listener("after_server_start")(start_purging)
        return routes

    async def _answer(self, message: UserMessage, vectors: str | None, on_new_message: OnMessage) -> None:
        if message.parse_data is None and not (vectors and vectors_at_hand.put(message.text, vectors)):
            await vectors_at_hand.make(message.text, self._encoder)
        await on_new_message(message)

    def _is_gateway(self, request: Request) -> bool:
        kind, _, given = (request.headers.get("Authorization") or "").partition(" ")
        return kind == "Bearer" and hmac.compare_digest(given.strip().encode(), self._token)


def plain_text(text: str) -> str:
    """A worker's text such that Rasa can only take it as text: Rasa's mark of an intent does not stand first."""
    clean = text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    while clean.strip().startswith(_COMMAND_MARK):
        clean = clean.strip()[len(_COMMAND_MARK) :]
    return clean.strip()


def _message(request: Request, output: GatewayOutput) -> tuple[UserMessage, str | None]:
    """What was said, and the vectors that came with it, as they were written."""
    body = _body(request)
    sender, text, intent = body.get("sender"), body.get("text"), body.get("intent")
    metadata = body.get("metadata") or {}
    if not isinstance(sender, str) or not 0 < len(sender) <= LONGEST_SENDER:
        raise BadRequest("sender")
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise BadRequest("text")
    if intent is not None and not is_intent(intent):
        raise BadRequest("intent")
    if not isinstance(metadata, dict):
        raise BadRequest("metadata")
    words = plain_text(text)
    if intent is None and not words:
        intent = "out_of_scope"  # nothing but slashes and spaces: there is nothing to understand
    parsed = chosen(intent, words) if intent else None
    vectors = body.get("vectors")
    said = UserMessage(
        words,
        output,
        sender,
        parse_data=parsed,
        input_channel=GatewayInput.name(),
        metadata=metadata,
    )
    return said, vectors if isinstance(vectors, str) and words == text else None


def _body(request: Request) -> dict[str, Any]:
    if len(request.body) > LARGEST_BODY:
        raise BadRequest("too large")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadRequest("not JSON") from None
    if not isinstance(body, dict):
        raise BadRequest("not an object")
    return body


def _whole_message(custom: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": custom.get("kind") or "answer",
        "text": custom["text"],
        "lang": custom.get("lang") or "en",
        "dir": custom.get("dir") or "ltr",
        "topic": custom.get("topic"),
        "buttons": [{"title": button["title"], "intent": button["intent"]} for button in custom.get("buttons") or []],
    }


def _is_ready(app: Sanic) -> bool:
    agent = getattr(app.ctx, "agent", None)
    return agent is not None and bool(agent.is_ready())


def _sealed(store: Any) -> SealedTrackerStore | None:
    """The store of ours inside what Rasa has wrapped around it."""
    while store is not None and not isinstance(store, SealedTrackerStore):
        store = getattr(store, "_tracker_store", None)
    return store


async def _forget(store: Any, sender: str) -> None:
    _empty_the_spare(store)
    sealed = _sealed(store)
    if sealed is not None:
        await sealed.delete(sender)


def _empty_the_spare(store: Any) -> None:
    """Drop what Rasa could not write and holds in memory, open and without end; it never reads it again."""
    spare = getattr(store, "_fallback_tracker_store", None)
    if spare is not None:
        spare.store.clear()


async def _purge_for_ever(app: Sanic) -> None:
    while True:
        try:
            sealed = _sealed(app.ctx.agent.tracker_store) if _is_ready(app) else None
            if sealed is not None:
                _empty_the_spare(app.ctx.agent.tracker_store)
                await sealed.purge()
        except Exception:
            logger.exception("Expired conversations could not be erased; trying again later.")
        await asyncio.sleep(_PURGE_EVERY_SECONDS)
