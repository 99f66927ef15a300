"""The gateway's door into Rasa, on a real Sanic server: who may come in, what counts as text, what comes back."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any
from unittest import mock

import aiohttp
import numpy as np
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from sanic import Sanic

from bot import quiet_logs
from bot.channel import LARGEST_BODY, LONGEST_TEXT, GatewayInput, plain_text
from understanding.encoded import Encoded
from understanding.encoder import DIMENSIONS, Encoder, Vectors

TOKEN = "the right token"
CANARY = "canary words of a worker"
OnMessage = Callable[[UserMessage], Awaitable[None]]


async def greet(message: UserMessage) -> None:
    custom = {"kind": "notice", "text": "Hello.", "buttons": [{"title": "Menu", "intent": "menu"}], "keep": {"a": 1}}
    await message.output_channel.send_response(message.sender_id, {"custom": custom})


class Heard:
    """Takes messages as Rasa would, and remembers the last."""

    message: UserMessage

    async def __call__(self, message: UserMessage) -> None:
        self.message = message
        await greet(message)


class Door:
    """One Sanic server with the channel on it; each call says how Rasa behaves behind it."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.on_message: OnMessage = greet
        self.ready = True
        self.channel = GatewayInput(TOKEN, 5)
        self.server = self.loop.run_until_complete(self._start())

    async def _start(self) -> Any:
        async def on_message(message: UserMessage) -> None:
            await self.on_message(message)

        app = Sanic("channel-under-test", configure_logging=False)
        store = SimpleNamespace(_tracker_store=InMemoryTrackerStore(Domain.empty()), _fallback_tracker_store=None)
        app.ctx.agent = SimpleNamespace(
            is_ready=lambda: self.ready, lock_store=InMemoryLockStore(), tracker_store=store
        )
        app.blueprint(self.channel.blueprint(on_message), url_prefix="/webhooks/gateway")
        server = await app.create_server(port=0, host="127.0.0.1", return_asyncio_server=True, access_log=False)
        await server.startup()
        return server

    async def call(self, method: str, path: str, data: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        """One HTTP call: its status and its JSON."""
        address = f"http://127.0.0.1:{self.server.server.sockets[0].getsockname()[1]}/webhooks/gateway{path}"
        async with (
            aiohttp.ClientSession() as client,
            client.request(method, address, data=data, headers=headers) as got,
        ):
            text = await got.text()
            return got.status, json.loads(text) if text else None


@cache
def door() -> Door:
    """Sanic 21.12 can start one server a process."""
    return Door()


def call(
    body: Any = None,
    *,
    on_message: OnMessage = greet,
    method: str = "POST",
    path: str = "/webhook",
    token: str | None = TOKEN,
    ready: bool = True,
    seconds: float = 5,
) -> tuple[int, Any]:
    """One call of the channel, with Rasa behind it as described."""
    through = door()
    through.on_message, through.ready, through.channel._reply_seconds = on_message, ready, seconds
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return through.loop.run_until_complete(through.call(method, path, data, headers))


def message(text: Any = "hello", **more: Any) -> dict[str, Any]:
    return {"sender": "anna", "text": text, "intent": None, "metadata": {"language": "en"}, **more}


def test_a_message_gets_whole_messages_and_what_is_to_be_kept() -> None:
    status, reply = call(message())
    assert status == 200
    assert reply == {
        "messages": [
            {
                "kind": "notice",
                "text": "Hello.",
                "lang": "en",
                "dir": "ltr",
                "topic": None,
                "buttons": [{"title": "Menu", "intent": "menu"}],
            }
        ],
        "keep": {"a": 1},
    }


@pytest.mark.parametrize("token", [None, "", "the wrong token", "the right toke", "the right token2"])
@pytest.mark.parametrize(("method", "path"), [("POST", "/webhook"), ("DELETE", "/conversations/anna")])
def test_without_the_token_nobody_comes_in(token: str | None, method: str, path: str) -> None:
    heard = Heard()
    status, _ = call(message(), on_message=heard, method=method, path=path, token=token)
    assert status == 401
    assert not hasattr(heard, "message")


BAD_BODIES = {
    "nothing": b"",
    "no JSON": b"not json",
    "nested without end": b"[" * 50_000,
    "a list": b"[]",
    "no UTF-8": b"\xff\xfe",
    "no text": message(text=None),
    "a number for a text": message(text=7),
    "an endless text": message(text="x" * (LONGEST_TEXT + 1)),
    "an empty sender": message(sender=""),
    "no sender": message(sender=None),
    "an endless sender": message(sender="x" * 300),
    "a command for an intent": message(intent="/greet"),
    "words for an intent": message(intent="ask minimum wage"),
    "a list for an intent": message(intent=["greet"]),
    "a word for the metadata": message(metadata="en"),
    "an endless body": b'{"sender": "anna", "text": "' + b"x" * LARGEST_BODY + b'"}',
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_a_bad_body_is_refused_with_the_reason(body: Any) -> None:
    status, reply = call(body)
    assert status == 400
    assert reply["error"]


@pytest.mark.parametrize(
    "text",
    [
        "/greet",
        "  /greet",
        "//greet",
        "/ /greet",
        '/ask{"a": "b"}',
        "/restart",
        "\n/session_start",
        "/a@0.9{",
        "\x00/greet",
    ],
)
def test_text_that_looks_like_an_intent_is_only_text(text: str) -> None:
    heard = Heard()
    assert call(message(text), on_message=heard)[0] == 200
    assert heard.message.parse_data is None
    assert not heard.message.text.startswith("/")
    assert text.strip("\x00 \n/").split("/")[-1].strip() in heard.message.text


@pytest.mark.parametrize("text", ["", " ", "/", "// /", "\x00"])
def test_a_text_without_words_is_not_given_to_the_classifier(text: str) -> None:
    heard = Heard()
    assert call(message(text), on_message=heard)[0] == 200
    assert heard.message.parse_data["intent"]["name"] == "out_of_scope"


@pytest.mark.parametrize("text", ["@greet", "a/b", "24/7 care", "hello {name}", "\ud83d\ude00", "1 / 2"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert plain_text(text) == text.encode("utf-8", "replace").decode()


def test_an_intent_of_the_gateway_is_taken_as_it_is_with_the_metadata() -> None:
    heard = Heard()
    call(message("1", intent="ask/minimum_wage"), on_message=heard)
    assert heard.message.parse_data["intent"]["full_retrieval_intent_name"] == "ask/minimum_wage"
    assert heard.message.metadata == {"language": "en"}
    assert heard.message.input_channel == "gateway"


def test_a_reply_without_a_message_is_an_error_the_gateway_can_see() -> None:
    async def say_nothing(_: UserMessage) -> None:
        return None

    assert call(message(), on_message=say_nothing)[0] == 503


def test_a_failure_shows_and_logs_no_word(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(_: UserMessage) -> None:
        raise ValueError(CANARY)

    factory = logging.getLogRecordFactory()
    quiet_logs.install()
    try:
        with caplog.at_level(logging.DEBUG):
            status, reply = call(message(CANARY), on_message=fail)
    finally:
        logging.setLogRecordFactory(factory)
    assert status == 500
    assert CANARY not in json.dumps(reply)
    assert "could not be answered" in caplog.text
    assert CANARY not in caplog.text


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    async def dream(_: UserMessage) -> None:
        await asyncio.sleep(60)

    assert call(message(), on_message=dream, seconds=0.1)[0] == 504


def test_while_a_text_is_encoded_others_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    others_answered, waited, encoding = threading.Event(), [], mock.Mock()

    def slow(_: Encoder, texts: Sequence[str]) -> Vectors:
        encoding()
        waited.append(others_answered.wait(5))
        return np.zeros((len(texts), DIMENSIONS), dtype=np.float32)

    async def ready() -> int:
        while not encoding.called:
            await asyncio.sleep(0.01)
        status, _ = await door().call("GET", "/ready", b"", {})
        others_answered.set()
        return status

    async def both() -> list[Any]:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        said = door().call("POST", "/webhook", json.dumps(message()).encode(), headers)
        return await asyncio.gather(said, ready())

    monkeypatch.setattr(Encoder, "encode", slow)
    call(method="GET", path="/ready")
    (status, _), ready_status = door().loop.run_until_complete(both())
    assert (status, ready_status, waited) == (200, 200, [True])


def test_vectors_of_the_gateway_are_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    written = Encoded.of("hello", Encoder()).written()
    monkeypatch.setattr(Encoder, "encode", mock.Mock(side_effect=AssertionError))
    assert call(message(vectors=written))[0] == 200
    assert call(message(vectors="not vectors"))[0] == 500


def test_before_a_model_is_loaded_it_is_not_ready_and_says_so() -> None:
    assert call(method="GET", path="/ready", ready=False) == (503, {"ready": False})
    assert call(method="GET", path="/ready") == (200, {"ready": True})
    assert call(message(), ready=False)[0] == 503
    assert call(method="DELETE", path="/conversations/anna", ready=False)[0] == 503


def test_erasing_an_unknown_conversation_is_done_already() -> None:
    assert call(method="DELETE", path="/conversations/nobody") == (204, None)
