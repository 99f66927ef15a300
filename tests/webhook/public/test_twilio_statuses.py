"""What Twilio tells of a message on its way: in whatever order, without the database, and with a fault behind it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.webhook.parts import DANGER, NUMBER, post_sms, signed, without_database, work
from tests.webhook.twilio_server import Twilio
from webhook import answering, delivery_statuses, metrics
from webhook.cases.models import Case
from webhook.conversations.models import Message
from webhook.gateway import Gateway
from webhook.public.app import create_app


def status(client: TestClient, sid: str, told: str, **more: str) -> int:
    fields = {"MessageSid": sid, "MessageStatus": told, **more}
    return client.post("/twilio/status", data=fields, headers=signed(fields, "/twilio/status")).status_code


def statuses(gateway: Gateway) -> list[tuple[str, str | None]]:
    with gateway.database.unit_of_work(read_only=True) as db:
        rows = db.scalars(select(Message).where(Message.direction == "out").order_by(Message.id))
        return [(row.status, row.error_code) for row in rows]


def test_status_only_moves_forward_however_it_comes(client: TestClient, gateway: Gateway, twilio: Twilio) -> None:
    post_sms(client, "SM1", "hello")
    work(gateway)
    sid = twilio.sent[0]["sid"]
    for told in ("queued", "delivered", "sent", "sending", "delivered"):
        assert status(client, sid, told) == 204
    assert statuses(gateway) == [("delivered", None)]


def test_a_status_before_our_own_note_of_the_message_is_not_lost(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    assert status(client, f"SM{0:032d}", "delivered") == 204
    post_sms(client, "SM1", "hello")
    work(gateway)
    assert statuses(gateway) == [("delivered", None)]


def test_without_the_database_a_status_is_kept_and_brought_in_once(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    post_sms(client, "SM1", "hello")
    work(gateway)
    sid = twilio.sent[0]["sid"]
    away = TestClient(create_app(without_database(gateway)))
    before = delivered()
    for told in ("sent", "delivered", "delivered", "sent"):
        assert status(away, sid, told) == 204
    assert statuses(gateway) == [("sending", None)]
    work(gateway)
    work(gateway)
    assert statuses(gateway) == [("delivered", None)]
    assert delivered() == before + 1
    assert gateway.spool.is_empty()


def test_a_refusal_told_without_the_database_is_followed_up_when_it_is_back(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    post_sms(client, "SM1", "hello", number=f"whatsapp:{NUMBER}")
    work(gateway)
    away = TestClient(create_app(without_database(gateway)))
    assert status(away, twilio.sent[0]["sid"], "failed", ErrorCode="63016") == 204
    work(gateway)
    assert statuses(gateway) == [("held", None)]


def test_a_fault_behind_a_status_costs_neither_the_alert_nor_the_next_status(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (NUMBER, "+447700900124"):
        post_sms(client, f"SM{number}", "hello", number=f"whatsapp:{number}")
    work(gateway)
    away = TestClient(create_app(without_database(gateway)))
    for sent in twilio.sent:
        assert status(away, sent["sid"], "failed", ErrorCode="63016") == 204
    post_sms(away, "SM3", DANGER)
    followed: list[int] = []

    def broken(_: Gateway, message_id: int) -> None:
        followed.append(message_id)
        raise RuntimeError("broken")

    monkeypatch.setattr(delivery_statuses, "outside_window", broken)
    told: list[str] = []
    monkeypatch.setattr(gateway.jobs, "notify", lambda: told.append("notify"))
    answering.drain(gateway)
    assert told
    assert len(followed) == 2
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Case)).one().level == "emergency"


def test_a_status_that_nothing_can_keep_is_not_said_to_be_kept(gateway: Gateway) -> None:
    gateway.spool.journal.max_bytes = 0
    assert status(TestClient(create_app(without_database(gateway))), "SM1", "delivered") == 503


def delivered() -> float:
    labels = {"channel": "sms", "status": "delivered"}
    return metrics.REGISTRY.get_sample_value("advice_messages_out_total", labels) or 0


def test_a_status_of_nothing_we_know_is_taken_calmly(client: TestClient) -> None:
    assert status(client, "SMunknown", "delivered") == 204
    assert status(client, "SMunknown", "nonsense") == 204
