"""What goes wrong around Rasa: who is not the gateway, what is no message, what dies; and not a word in any log."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

from tests.conversations.clockwork import kept_events
from tests.conversations.servers import TRACKER_KEY, Servers

pytestmark = pytest.mark.whole_service
CANARY = "canaryzebra my number is 07700 900123"
TRACES = ("canaryzebra", "900123")


def test_without_the_token_rasa_answers_nobody(servers: Servers) -> None:
    for token in ("x", "wrong"):
        assert servers.call("POST", "/webhook", token=token, json={"sender": "x", "text": "hi"}).status_code == 401
        assert servers.call("DELETE", "/conversations/x", token=token).status_code == 401


def test_rasas_own_interface_and_other_channels_are_not_there(servers: Servers) -> None:
    base = f"http://127.0.0.1:{servers.rasa_port}"
    for path in ("/conversations/x/tracker", "/model/parse", "/webhooks/rest/webhook", "/domain", "/status"):
        assert httpx.get(base + path, trust_env=False).status_code in (404, 405)


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 400), (b"{", 400), (b"[]", 400), (b'{"sender": "a"}', 400), (b"x" * 300_000, 400), (b"x" * 2_000_000, 413)],
    ids=["nothing", "half a JSON", "a list", "no text", "too long", "far too long"],
)
def test_a_body_that_is_no_message_is_refused(servers: Servers, content: bytes, status: int) -> None:
    assert servers.call("POST", "/webhook", content=content).status_code == status


@pytest.mark.parametrize(
    "text", ["", "\u0000", "\U0001f600" * 50, "a" * 20_000, "\u202e\u200b", "{[%s]}", '"; DROP TABLE x', "?" * 500]
)
def test_odd_texts_get_a_calm_reply(servers: Servers, text: str) -> None:
    reply = servers.ask(f"odd-{uuid4().hex}", text)
    assert reply.status_code == 200
    assert "error" not in [message["kind"] for message in reply.json()["messages"]]


def test_two_messages_at_once_of_one_worker_are_both_answered_and_kept(servers: Servers) -> None:
    sender = f"twice-{uuid4().hex}"
    barrier = threading.Barrier(4)

    def ask(_: int) -> int:
        barrier.wait()
        return servers.ask(sender, "hello", "greet").status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [200] * 4
    events = kept_events(servers.tracker_db, TRACKER_KEY, sender)
    assert len([event for event in events if event["event"] == "user"]) == 4


def test_the_action_server_refuses_what_is_no_call_and_sends_nothing_back(servers: Servers) -> None:
    address = f"http://127.0.0.1:{servers.actions_port}/webhook"
    tracker = {"sender_id": "x", "slots": None, "latest_message": {"text": CANARY}, "events": CANARY}
    for body in (b"", b"{", b"[]", b'{"next_action": 1}', b'{"next_action": "x", "tracker": "canaryzebra"}'):
        reply = httpx.post(address, content=body, trust_env=False)
        assert reply.status_code == 400
    for name, status in (("action_unknown", 404), ("action_answer", 200), ("action_menu", 200)):
        reply = httpx.post(address, json={"next_action": name, "sender_id": "x", "tracker": tracker}, trust_env=False)
        assert (name, reply.status_code) == (name, status) or reply.status_code == 500
        assert "canaryzebra" not in reply.text


def test_no_word_of_a_worker_is_in_any_log_or_file_whatever_happens(servers: Servers) -> None:
    sender = f"canary-{uuid4().hex}"
    assert servers.ask(sender, CANARY).status_code == 200
    assert servers.ask(sender, f"/{CANARY}").status_code == 200
    assert servers.ask(sender, f'/greet{{"{CANARY}": 1').status_code == 200
    assert servers.ask(sender, CANARY, "ask/payslip").status_code == 200
    assert servers.call("POST", "/webhook", content=CANARY.encode()).status_code == 400
    assert servers.ask(sender, CANARY, f"/{CANARY}").status_code == 400
    servers.kill("actions")
    try:
        without_actions = servers.ask(sender, CANARY)
    finally:
        servers.start("actions")
    assert without_actions.status_code == 503
    assert servers.ask(sender, CANARY).status_code == 200
    servers.kill("rasa")
    servers.start("rasa")
    assert servers.ask(sender, CANARY).status_code == 200
    events = kept_events(servers.tracker_db, TRACKER_KEY, sender)
    assert any(TRACES[0] in str(event.get("text")) for event in events), "the test itself must have been heard"
    places = [path for path in servers.folder.rglob("*") if path.is_file()]
    assert servers.log("rasa") in places
    assert servers.tracker_db in places
    found = [(path.name, trace) for path in places for trace in TRACES if trace.encode() in path.read_bytes()]
    assert found == []
