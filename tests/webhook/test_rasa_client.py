"""The client against a real HTTP server that answers well, badly, late or not at all."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from webhook.channels.messages import Choice
from webhook.rasa_client import Question, RasaClient, RasaUnavailable

QUESTION = Question("p", "canary words", "en", "sms", "short", None, "concern", ("fees",))


@dataclass
class Server:
    """What the next answer is, and what was asked."""

    base: str = ""
    status: int = 200
    body: bytes = b'{"messages": [{"kind": "answer", "text": "Hello"}], "keep": {}}'
    delay: float = 0.0
    seen: list[tuple[str, str, str, Any]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked = json.loads(self.rfile.read(length)) if length else None
            told.seen.append((self.command, self.path, self.headers.get("Authorization", ""), asked))
            time.sleep(told.delay)
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)

        do_POST = do_GET = do_DELETE = _answer

        def log_message(self, *_: object) -> None:
            """Nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    told.base = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield told
    http.shutdown()
    http.server_close()


def test_the_call_is_as_the_bots_channel_reads_it(server: Server) -> None:
    RasaClient(server.base, "secret").ask(QUESTION)
    assert server.seen == [
        (
            "POST",
            "/webhooks/gateway/webhook",
            "Bearer secret",
            {
                "sender": "p",
                "text": "canary words",
                "intent": None,
                "vectors": None,
                "metadata": {
                    "language": "en",
                    "channel": "sms",
                    "form": "short",
                    "risk": {"level": "concern", "signs": ["fees"]},
                },
            },
        )
    ]


def test_the_answer_becomes_drafts_with_their_choices(server: Server) -> None:
    message = {
        "kind": "menu",
        "text": "Which",
        "lang": "ur",
        "dir": "rtl",
        "topic": None,
        "buttons": [{"title": "Pay", "intent": "ask/minimum_wage"}],
    }
    server.body = json.dumps({"messages": [message], "keep": {"language": "ur"}}).encode()
    answer = RasaClient(server.base, "secret").ask(QUESTION)
    (draft,) = answer.replies
    assert (draft.kind, draft.lang, draft.dir) == ("menu", "ur", "rtl")
    assert draft.choices == (Choice("Pay", "ask/minimum_wage"),)
    assert answer.keep == {"language": "ur"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"messages": []}',
        b'{"messages": [{}]}',
        b'{"messages": [{"kind": "answer", "text": " "}]}',
        b'{"messages": [{"kind": "shouting", "text": "a"}]}',
        b'{"messages": [{"kind": "answer", "text": 5}]}',
        b'{"messages": [{"kind": "answer", "text": "a", "buttons": [{"title": "a"}]}]}',
        b'{"messages": [{"kind": "answer", "text": "a"}], "keep": [1]}',
        b'{"messages": "a"}',
        b'{"messages": [{"kind": "answer", "text": "' + b"a" * 600_000 + b'"}]}',
    ],
)
def test_an_answer_that_is_none_counts_as_no_answer(server: Server, body: bytes) -> None:
    server.body = body
    with pytest.raises(RasaUnavailable):
        RasaClient(server.base, "secret").ask(QUESTION)


@pytest.mark.parametrize("status", [401, 404, 409, 500, 503, 302])
def test_any_other_status_counts_as_no_answer(server: Server, status: int) -> None:
    server.status = status
    with pytest.raises(RasaUnavailable) as fault:
        RasaClient(server.base, "secret").ask(QUESTION)
    assert fault.value.reason == f"status_{status}"


def test_a_slow_answer_counts_as_none_and_repeats_nothing_of_the_question(server: Server) -> None:
    server.delay = 1.0
    with pytest.raises(RasaUnavailable) as fault:
        RasaClient(server.base, "secret", timeout=0.2).ask(QUESTION)
    assert "canary" not in repr(fault.value)
    assert fault.value.__suppress_context__


def test_a_server_that_is_gone_is_told_as_such() -> None:
    client = RasaClient("http://127.0.0.1:9", "secret")
    assert not client.ready()
    with pytest.raises(RasaUnavailable):
        client.ask(QUESTION)
    with pytest.raises(RasaUnavailable):
        client.forget("p")


def test_forgetting_somebody_is_confirmed(server: Server) -> None:
    server.status, server.body = 204, b""
    RasaClient(server.base, "secret").forget("p")
    assert server.seen[0][:2] == ("DELETE", "/webhooks/gateway/conversations/p")


@pytest.mark.parametrize("status", [401, 404, 500])
def test_forgetting_is_not_confirmed_by_a_fault_or_by_another_server(server: Server, status: int) -> None:
    server.status = status
    with pytest.raises(RasaUnavailable):
        RasaClient(server.base, "secret").forget("p")
