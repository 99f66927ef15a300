"""The web chat when something is down, slow or overrun."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, text, update

from knowledge import safety
from tests.webhook.parts import DANGER, STRONG_SIGN, Chat, PlayedRasa, without_database
from understanding.risk_levels import Risk
from webhook import answering, metrics, turns, upkeep
from webhook.cases.models import Case
from webhook.conversations.models import Alert, Conversation, Message
from webhook.database import Database, utc_now
from webhook.gateway import Gateway
from webhook.public.app import create_app
from webhook.public.state import Patience
from webhook.stepping import reading


def rows(gateway: Gateway, table: type = Message) -> int:
    with gateway.database.unit_of_work(read_only=True) as db:
        return db.scalars(select(func.count()).select_from(table)).one()


def test_danger_with_everything_down_gets_999_and_the_alert_arrives_later(gateway: Gateway, rasa: PlayedRasa) -> None:
    rasa.down = True
    down = TestClient(create_app(without_database(gateway)))
    chat = Chat(down)
    messages = chat.say(DANGER)
    assert messages[0]["text"].startswith("999\n")
    answering.drain(gateway)
    assert rows(gateway, Alert) == 1
    chat.client = TestClient(create_app(gateway))
    assert [m["text"] for m in chat.all()] == [DANGER, *[m["text"] for m in messages]]


def test_a_message_of_danger_counts_as_one_that_was_received(client: TestClient) -> None:
    counted = metrics.MESSAGES_IN.labels(channel="web", outcome="answered")
    before = counted._value.get()
    Chat(client).say(DANGER)
    assert counted._value.get() == before + 1


def test_danger_is_heard_when_not_even_the_disk_takes_it(gateway: Gateway) -> None:
    (gateway.settings.var / "file").touch()
    gateway.spool.journal.folder = gateway.settings.var / "file" / "spool"
    chat = Chat(TestClient(create_app(gateway)))
    assert chat.say(DANGER)[0]["text"].startswith("999\n")


def test_without_the_database_a_message_is_kept_apologised_for_and_answered_later(
    gateway: Gateway, rasa: PlayedRasa
) -> None:
    chat = Chat(TestClient(create_app(without_database(gateway))))
    (apology,) = chat.say("what is the minimum wage", "c1")
    assert apology["kind"] == "error"
    chat.say("what is the minimum wage", "c1")
    answering.drain(gateway)
    answering.answer_waiting(gateway)
    chat.client = TestClient(create_app(gateway))
    assert [m["text"] for m in chat.all()] == ["what is the minimum wage", "Answer to what is the minimum wage"]
    assert len(rasa.asked) == 1


def test_without_the_database_a_strong_sign_still_gets_its_words_and_its_case_later(gateway: Gateway) -> None:
    chat = Chat(TestClient(create_app(without_database(gateway))))
    words, apology = chat.say(STRONG_SIGN)
    assert words["text"] == safety.words("en").high[0]
    assert (words["kind"], apology["kind"]) == ("safety", "error")
    answering.drain(gateway)
    answering.answer_waiting(gateway)
    assert rows(gateway, Case) == 1


def test_danger_seen_once_is_not_taken_back_by_a_language_chosen_before(
    client: TestClient, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = Chat(client)
    chat.say("hello")
    with gateway.database.unit_of_work() as db:
        db.execute(update(Conversation).values(language="hi", language_chosen=True))
    real = reading.risks.assess

    def seen_in_no_hindi(text: str, *, language: str, **more: Any) -> Risk:
        return Risk() if language == "hi" else real(text, language=language, **more)

    monkeypatch.setattr(reading.risks, "assess", seen_in_no_hindi)
    assert chat.say(DANGER)[0]["text"].startswith("999\n")


def test_without_database_and_disk_the_worker_is_told_to_send_again(gateway: Gateway) -> None:
    gateway.spool.journal.max_bytes = 0
    response = Chat(TestClient(create_app(without_database(gateway)))).post("what is the minimum wage")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "busy"


def test_without_the_dialogue_there_is_an_apology_now_and_the_answer_later(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    rasa.down = True
    chat = Chat(client)
    (apology,) = chat.say("what is the minimum wage", "c1")
    assert apology["kind"] == "error"
    assert chat.say("what is the minimum wage", "c1") == [apology]
    rasa.down = False
    make_due(gateway)
    assert answering.answer_waiting(gateway) == 1
    assert [m["text"] for m in chat.all(apology["id"])] == ["Answer to what is the minimum wage"]
    assert answering.answer_waiting(gateway) == 0


def test_the_apology_is_said_once(client: TestClient, gateway: Gateway, rasa: PlayedRasa) -> None:
    rasa.down = True
    chat = Chat(client)
    chat.say("what is the minimum wage")
    for _ in range(3):
        make_due(gateway)
        answering.answer_waiting(gateway)
    assert [m["kind"] for m in chat.all()] == ["question", "error"]


def make_due(gateway: Gateway) -> None:
    """Let every wait be over."""
    with gateway.database.unit_of_work() as db:
        db.execute(text("UPDATE messages SET leased_until = NULL WHERE lease IS NULL"))


def test_too_many_messages_get_a_calm_429_and_danger_still_gets_through(gateway: Gateway) -> None:
    few = gateway.settings.model_copy(update={"messages_per_minute": 3})
    chat = Chat(TestClient(create_app(replace(gateway, settings=few))))
    codes = [chat.post("hello").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    assert chat.say(DANGER)[0]["text"].startswith("999\n")
    assert [chat.post(DANGER).status_code for _ in range(20)][-1] == 429


def test_too_many_sessions_from_one_address_get_429(gateway: Gateway) -> None:
    few = gateway.settings.model_copy(update={"sessions_per_minute": 2})
    client = TestClient(create_app(replace(gateway, settings=few)))
    assert [client.post("/chat/sessions").status_code for _ in range(3)] == [201, 201, 429]


def test_a_conversation_erased_while_the_dialogue_thinks_gets_no_reply(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    chat.say("hello")

    def erase_now() -> None:
        with gateway.database.unit_of_work() as db:
            conversation_id = db.scalars(select(Conversation.id)).one()
        upkeep.begin_erasure(gateway, conversation_id)

    rasa.before = erase_now
    assert chat.say("and then") == []


def test_the_database_going_away_while_the_dialogue_thinks_ends_in_an_apology_and_an_answer(
    gateway: Gateway, rasa: PlayedRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = Chat(TestClient(create_app(gateway)))
    real = gateway.database.engine

    def gone() -> None:
        monkeypatch.setattr(gateway.database, "_sessions", without_database(gateway).database._sessions)

    rasa.before = gone
    (apology,) = chat.say("what is the minimum wage")
    assert apology["kind"] == "error"
    monkeypatch.undo()
    rasa.before = None
    assert isinstance(gateway.database, Database)
    assert real is gateway.database.engine
    with gateway.database.unit_of_work() as db:
        db.execute(text("UPDATE messages SET leased_until = :then"), {"then": utc_now().replace(year=2020)})
    assert answering.answer_waiting(gateway) == 1


@pytest.mark.parametrize("how_often", [1, 2])
def test_a_strong_sign_gets_its_words_whatever_breaks_in_writing_them_down(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, how_often: int
) -> None:
    real, left = turns.write, iter(range(how_often))

    def broken(*given: Any) -> list[Message]:
        if next(left, None) is not None:
            raise RuntimeError("broken")
        return real(*given)

    monkeypatch.setattr(turns, "write", broken)
    words, apology = Chat(client).say(STRONG_SIGN)
    assert (words["text"], apology["kind"]) == (safety.words("en").high[0], "error")


def test_danger_at_the_end_of_a_message_that_is_too_long_is_heard(client: TestClient, gateway: Gateway) -> None:
    chat, most = Chat(client), gateway.settings.message_max_characters
    assert chat.post("what is the minimum wage " * (most // 10)).status_code == 422
    assert chat.say("I came here in May. " * (most // 20 + 5) + DANGER)[0]["text"].startswith("999\n")
    assert chat.post("x" * (most + 1)).status_code == 422


def test_danger_is_heard_while_every_other_request_hangs(gateway: Gateway, rasa: PlayedRasa) -> None:
    app = create_app(gateway)
    app.state.public = replace(app.state.public, patience=Patience(threads=4))
    let_go = threading.Event()
    rasa.before = let_go.wait  # type: ignore[assignment]
    chats = [Chat(TestClient(app)) for _ in range(6)]
    with ThreadPoolExecutor(len(chats)) as pool:
        hanging = [pool.submit(chat.say, "what is the minimum wage") for chat in chats]
        try:
            wait_until(lambda: len(rasa.asked) == 4)
            chat = chats[0]
            assert chat.say(DANGER)[0]["text"].startswith("999\n")
        finally:
            let_go.set()
        for answer in hanging:
            answer.result(timeout=60)


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)
