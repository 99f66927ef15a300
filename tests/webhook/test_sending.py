"""Sending to Twilio when it is busy, slow or refuses, and replies that come too late to be pushed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.webhook.parts import NUMBER, PlayedRasa, post_sms, signed
from tests.webhook.twilio_server import Refusal, Twilio
from webhook import answering, noting, sending
from webhook.channels.twilio_client import CannotBeReached, Sender, TwilioSender
from webhook.conversations import service
from webhook.conversations.models import Conversation, Message
from webhook.database import Database, DatabaseUnavailable, utc_now
from webhook.gateway import Gateway

WHATSAPP = f"whatsapp:{NUMBER}"


def work(gateway: Gateway) -> None:
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)


def make_due(gateway: Gateway) -> None:
    """Let every wait be over."""
    with gateway.database.unit_of_work() as db:
        db.execute(update(Message).where(Message.leased_until.is_not(None)).values(leased_until=utc_now()))


def make_older(gateway: Gateway, minutes: int) -> None:
    """Let everything have happened so much earlier."""
    with gateway.database.unit_of_work() as db:
        for message in db.scalars(select(Message)):
            message.received_at = message.received_at - timedelta(minutes=minutes)


def outgoing(gateway: Gateway) -> list[tuple[str, str | None]]:
    with gateway.database.unit_of_work(read_only=True) as db:
        rows = db.scalars(select(Message).where(Message.direction == "out").order_by(Message.id))
        return [(row.status, row.error_code) for row in rows]


def test_when_twilio_is_busy_the_message_waits_and_the_next_does_not_overtake(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    post_sms(client, "SM1", "one")
    twilio.refusals.append(Refusal(429, 20429, {"Retry-After": "30"}))
    work(gateway)
    post_sms(client, "SM2", "two")
    work(gateway)
    assert twilio.sent == []
    make_due(gateway)
    work(gateway)
    assert twilio.bodies() == ["Answer to one", "Answer to two"]


def test_a_slow_twilio_is_tried_again(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gateway.twilio is not None
    monkeypatch.setattr(gateway.twilio._http, "timeout", 0.3)
    twilio.refusals.append(Refusal(delay=1.0))
    post_sms(client, "SM1", "one")
    work(gateway)
    make_due(gateway)
    work(gateway)
    assert twilio.bodies() == ["Answer to one"]


def test_faults_at_twilio_are_tried_again_with_a_bound(client: TestClient, gateway: Gateway, twilio: Twilio) -> None:
    twilio.always = Refusal(503)
    post_sms(client, "SM1", "one")
    for _ in range(sending.MOST_ATTEMPTS + 3):
        work(gateway)
        make_due(gateway)
    assert twilio.calls == sending.MOST_ATTEMPTS
    assert outgoing(gateway) == [("failed", None)]


def test_somebody_opted_out_at_the_network_gets_nothing_more(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    twilio.refusals.append(Refusal(400, 21610))
    post_sms(client, "SM1", "one")
    work(gateway)
    post_sms(client, "SM2", "two")
    work(gateway)
    assert twilio.sent == []
    assert twilio.calls == 1
    assert outgoing(gateway) == [("failed", "21610")]
    pseudonym = gateway.vault.pseudonym(channel="sms", address=NUMBER)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert service.is_opted_out(db=db, channel="sms", pseudonym=pseudonym)


def test_a_number_that_cannot_be_reached_is_given_up_at_once(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    twilio.refusals.append(Refusal(400, 21211))
    post_sms(client, "SM1", "one")
    work(gateway)
    make_due(gateway)
    work(gateway)
    assert outgoing(gateway) == [("failed", "21211")]
    assert twilio.calls == 1


def test_outside_whatsapps_window_the_neutral_template_goes_out_and_the_words_wait(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    assert gateway.twilio is not None
    gateway.twilio.sender = Sender(**{**_fields(gateway.twilio.sender), "template": "HX1"})
    twilio.refusals.append(Refusal(400, 63016))
    post_sms(client, "SM1", "what is the minimum wage", number=WHATSAPP)
    work(gateway)
    assert [m.get("ContentSid") for m in twilio.sent] == ["HX1"]
    assert outgoing(gateway) == [("held", None)]
    post_sms(client, "SM2", "1", number=WHATSAPP)
    work(gateway)
    assert twilio.bodies()[1:] == ["Answer to what is the minimum wage"]


def test_without_a_template_the_words_wait_until_the_worker_writes(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    twilio.refusals.append(Refusal(400, 63016))
    post_sms(client, "SM1", "one", number=WHATSAPP)
    work(gateway)
    assert twilio.sent == []
    post_sms(client, "SM2", "two", number=WHATSAPP)
    work(gateway)
    assert twilio.bodies() == ["Answer to two", "You have a reply. Send 1 to read it."]
    post_sms(client, "SM3", "1", number=WHATSAPP)
    work(gateway)
    assert twilio.bodies()[2:] == ["Answer to one"]


def test_the_window_may_also_be_told_by_a_late_status(client: TestClient, gateway: Gateway, twilio: Twilio) -> None:
    post_sms(client, "SM1", "one", number=WHATSAPP)
    work(gateway)
    fields = {"MessageSid": twilio.sent[0]["sid"], "MessageStatus": "failed", "ErrorCode": "63016"}
    for _ in range(2):
        client.post("/twilio/status", data=fields, headers=signed(fields, "/twilio/status"))
    assert outgoing(gateway) == [("held", None)]
    assert twilio.deleted == [twilio.sent[0]["sid"]]
    work(gateway)
    assert len(twilio.sent) == 1


def _fields(sender: Sender) -> dict[str, str | None]:
    return {name: getattr(sender, name) for name in Sender.__dataclass_fields__}


def test_an_answer_within_five_minutes_of_an_apology_is_sent(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    rasa.down = True
    post_sms(client, "SM1", "one")
    work(gateway)
    assert len(twilio.sent) == 1
    assert "999" in twilio.bodies()[0]
    rasa.down = False
    make_due(gateway)
    work(gateway)
    assert twilio.bodies()[1:] == ["Answer to one"]


def test_a_later_answer_is_only_announced_and_read_on_1(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    rasa.down = True
    post_sms(client, "SM1", "one")
    work(gateway)
    rasa.down = False
    rasa.answer = {
        "messages": [{"kind": "choice", "text": "Secret", "buttons": [{"title": "Pay", "intent": "ask/minimum_wage"}]}]
    }
    make_due(gateway)
    make_older(gateway, 6)
    work(gateway)
    assert twilio.bodies()[1:] == ["You have a reply. Send 1 to read it."]
    post_sms(client, "SM2", "1")
    work(gateway)
    assert twilio.bodies()[2:] == ["Secret\n1. Pay"]
    rasa.answer = None
    post_sms(client, "SM3", "1")
    work(gateway)
    assert rasa.asked[-1]["intent"] == "ask/minimum_wage"


def test_several_late_answers_are_announced_once_and_all_read_on_1(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    post_sms(client, "SM1", "one")
    post_sms(client, "SM2", "two")
    make_older(gateway, 6)
    work(gateway)
    assert twilio.bodies() == ["You have a reply. Send 1 to read it."]
    post_sms(client, "SM3", "1")
    work(gateway)
    assert twilio.bodies()[1:] == ["Answer to one", "Answer to two"]


def test_a_reply_that_grew_old_in_the_queue_is_not_pushed_either(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    post_sms(client, "SM1", "one")
    answering.answer_waiting(gateway)
    make_older(gateway, 6)
    work(gateway)
    assert twilio.bodies() == ["You have a reply. Send 1 to read it."]


def test_no_apology_is_pushed_late(client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa) -> None:
    rasa.down = True
    post_sms(client, "SM1", "one")
    make_older(gateway, 6)
    work(gateway)
    assert twilio.sent == []


def test_1_without_anything_waiting_is_only_a_number(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    post_sms(client, "SM1", "1")
    work(gateway)
    assert rasa.asked[0]["text"] == "1"


@pytest.mark.parametrize("answer_lost", [False, True])
def test_a_message_that_is_out_is_noted_when_the_database_is_back_and_not_sent_again(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch, answer_lost: bool
) -> None:
    real, away = Database.unit_of_work, iter([True, True])

    @contextmanager
    def unit_of_work(self: Database, *, read_only: bool = False) -> Iterator[Session]:
        with real(self, read_only=read_only) as db:
            yield db
            note = any(isinstance(row, Message) and row.provider_id in sids for row in db.identity_map.values())
            if note and next(away, False):
                if answer_lost:
                    db.commit()
                raise DatabaseUnavailable("away")

    post_sms(client, "SM1", "one")
    answering.answer_waiting(gateway)
    sids = {f"SM{place:032d}" for place in range(9)}
    monkeypatch.setattr(noting, "PAUSES_SECONDS", (0, 0))
    monkeypatch.setattr(Database, "unit_of_work", unit_of_work)
    sending.send_waiting(gateway)
    monkeypatch.undo()
    make_due(gateway)
    work(gateway)
    assert (twilio.bodies(), twilio.deleted) == (["Answer to one"], [])
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Message.provider_id).where(Message.direction == "out")).one() in sids


def test_a_worker_killed_between_twilio_and_its_note_sends_that_one_again(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_sms(client, "SM1", "one")
    answering.answer_waiting(gateway)

    class Killed(BaseException):
        """Stands for the end of the process."""

    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(sending, "_sent", killed)
    with pytest.raises(Killed):
        sending.send_waiting(gateway)
    monkeypatch.undo()
    sending.send_waiting(gateway)
    assert len(twilio.sent) == 1
    make_due(gateway)
    sending.send_waiting(gateway)
    assert twilio.bodies() == ["Answer to one", "Answer to one"]
    assert isinstance(gateway.twilio, TwilioSender)


def test_a_message_that_is_held_back_while_it_is_on_its_way_stops_no_other(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gateway.twilio is not None
    real, first = gateway.twilio.send, iter([True])

    def held_meanwhile(*letter: Any) -> str:
        if next(first, False):
            with gateway.database.unit_of_work() as db:
                sending.hold(db, db.scalars(select(Conversation).order_by(Conversation.id)).all()[0])
            raise CannotBeReached(21211)
        return real(*letter)

    monkeypatch.setattr(gateway.twilio, "send", held_meanwhile)
    post_sms(client, "SM1", "one", number="+447700900001")
    post_sms(client, "SM2", "two", number="+447700900002")
    work(gateway)
    assert twilio.bodies() == ["Answer to two"]


def test_a_wait_that_twilio_asks_for_has_a_bound(client: TestClient, gateway: Gateway, twilio: Twilio) -> None:
    twilio.refusals.append(Refusal(429, 20429, {"Retry-After": "1e300"}))
    post_sms(client, "SM1", "one")
    work(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        until = db.scalars(select(Message.leased_until).where(Message.direction == "out")).one()
    assert until is not None
    assert until <= utc_now() + sending.LONGEST_WAIT
