"""Answering in the worker: several at once, killed half-way, and messages that break us."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from knowledge import safety
from tests.webhook.cases.rooms import all_cases
from tests.webhook.parts import STRONG_SIGN, PlayedRasa, post_sms
from tests.webhook.twilio_server import Twilio
from webhook import answering, sending, turns
from webhook.conversations.models import Message
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.privacy.keyring import Keyring


def make_due(gateway: Gateway) -> None:
    """Let every wait and every lease be over."""
    with gateway.database.unit_of_work() as db:
        db.execute(update(Message).where(Message.leased_until.is_not(None)).values(leased_until=utc_now()))


def test_many_messages_and_many_workers_give_one_answer_each_in_order(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    for number in range(24):
        sender = f"+4477009001{number % 4:02d}"
        post_sms(client, f"SM{number}", f"question {number}", number=sender)

    def worker(_: int) -> None:
        for _ in range(12):
            answering.answer_waiting(gateway)
            sending.send_waiting(gateway)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(worker, range(4)))
    worker(0)
    assert len(twilio.sent) == 24
    for person in range(4):
        expected = [f"Answer to question {number}" for number in range(24) if number % 4 == person]
        assert twilio.bodies(f"+4477009001{person:02d}") == expected


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("where", ["before the dialogue", "after the dialogue"])
def test_a_worker_killed_half_way_loses_no_message_and_doubles_none(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def killed(*_: object) -> None:
        raise Killed

    post_sms(client, "SM1", "one")
    if where == "before the dialogue":
        monkeypatch.setattr(answering.steps, "run", killed)
    else:
        monkeypatch.setattr(turns, "write", killed)
    with pytest.raises(Killed):
        answering.answer_waiting(gateway)
    monkeypatch.undo()
    assert answering.answer_waiting(gateway) == 0
    make_due(gateway)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert twilio.bodies() == ["Answer to one"]


def test_a_message_that_breaks_us_is_put_off_and_the_others_are_answered(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = turns.write

    def breaks_on_poison(db: object, parts: Gateway, turn: turns.Turn) -> list[Message]:
        if turn.context.text == "poison":
            raise RuntimeError("broken")
        return real(db, parts, turn)  # type: ignore[arg-type]

    monkeypatch.setattr(turns, "write", breaks_on_poison)
    post_sms(client, "SM1", "poison", number="+447700900001")
    post_sms(client, "SM2", "one", number="+447700900002")
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert twilio.bodies() == ["Answer to one"]
    monkeypatch.undo()
    make_due(gateway)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert twilio.bodies() == ["Answer to one", "Answer to poison"]


def test_a_message_under_a_missing_key_waits_for_the_key_and_stops_no_other(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    post_sms(client, "SM1", "one", number="+447700900001")
    other_keys = Keyring((("k2", os.urandom(32)),))
    changed = replace(gateway, vault=replace(gateway.vault, text_keys=other_keys))
    assert answering.answer_waiting(changed) == 0
    make_due(gateway)
    assert answering.answer_waiting(gateway) == 1


@pytest.mark.parametrize("text", ["poison", STRONG_SIGN])
def test_a_fault_in_writing_an_answer_down_costs_neither_the_apology_nor_the_alert(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(turns.questions, "note", broken)
    post_sms(client, "SM1", text)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    apology = twilio.bodies()[-1]
    assert "Acas" in apology
    assert [case.level for case in all_cases(gateway.database)] == (["high"] if text == STRONG_SIGN else [])
    if text == STRONG_SIGN:
        assert twilio.bodies()[0] == safety.words("en").high[0]
    make_due(gateway)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert twilio.bodies().count(apology) == 1
    monkeypatch.undo()
    make_due(gateway)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert f"Answer to {text}" in twilio.bodies() or text == STRONG_SIGN
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Message.answered_at).where(Message.direction == "in")).one() is not None


@pytest.mark.parametrize("direction", ["in", "out"])
def test_words_that_cannot_be_read_stop_no_other(
    client: TestClient, gateway: Gateway, twilio: Twilio, direction: str
) -> None:
    post_sms(client, "SM1", "one", number="+447700900001")
    post_sms(client, "SM2", "two", number="+447700900002")
    if direction == "out":
        answering.answer_waiting(gateway)
    with gateway.database.unit_of_work() as db:
        message = db.scalars(select(Message).where(Message.direction == direction).order_by(Message.id)).first()
        assert message is not None
        message.payload = gateway.vault.encrypt({"of": "another form"}, table="messages", uid=message.uid)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert twilio.bodies() == ["Answer to two"]


def test_an_answer_that_never_comes_is_given_up_after_a_day(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    rasa.down = True
    post_sms(client, "SM1", "one")
    answering.answer_waiting(gateway)
    with gateway.database.unit_of_work() as db:
        message = db.scalars(select(Message).where(Message.direction == "in")).one()
        message.received_at = message.received_at - turns.GIVE_UP_AFTER * 2
    make_due(gateway)
    answering.answer_waiting(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Message).where(Message.direction == "in")).one().answered_at is not None


def test_waits_grow_to_a_bound() -> None:
    waits = [turns.wait_after(attempts) for attempts in (1, 2, 3, 50)]
    assert waits == sorted(waits)
    assert waits[-1] == turns.LONGEST_RETRY
