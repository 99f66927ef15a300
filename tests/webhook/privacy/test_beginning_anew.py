"""What a worker writes after DELETE and before the erasure is lost to nobody: it begins a new conversation."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.webhook.parts import DANGER, NUMBER, STRONG_SIGN, PlayedRasa, post_sms, without_database
from tests.webhook.twilio_server import Refusal, Twilio
from webhook import answering, sending, upkeep
from webhook.cases.models import Case
from webhook.conversations import service
from webhook.conversations.models import Alert, Conversation, Menu, Message, SealedNumber
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.privacy.erasure import request_erasure
from webhook.privacy.vault import Vault
from webhook.public.app import create_app

SECRET = "my name is Secret"


@pytest.fixture
def leaving(client: TestClient, gateway: Gateway) -> None:
    """DELETE was confirmed; the farewell waits to be sent."""
    for sid, text in (("SM1", SECRET), ("SM2", "DELETE"), ("SM3", "DELETE")):
        post_sms(client, sid, text)
        answering.answer_waiting(gateway)


def finish(gateway: Gateway) -> None:
    """All that the worker does in two minutes."""
    for _ in range(2):
        sending.send_waiting(gateway)
        upkeep.run_erasures(gateway)
        answering.drain(gateway)
        answering.answer_waiting(gateway)
    sending.send_waiting(gateway)


def left(gateway: Gateway) -> tuple[Conversation, list[str]]:
    """The only conversation there is, and what the worker wrote in it."""
    with gateway.database.unit_of_work(read_only=True) as db:
        conversation = db.scalars(select(Conversation)).one()
        assert conversation.erased_at is None
        assert service.number_of(db=db, vault=gateway.vault, conversation=conversation) == NUMBER
        rows = db.scalars(select(Message).where(Message.direction == "in").order_by(Message.id)).all()
        contents = [service.read_content(gateway.vault, row) for row in rows]
        return conversation, [content.text for content in contents if content]


@pytest.mark.usefixtures("leaving")
def test_a_question_behind_the_farewell_is_answered_as_the_first_of_a_new_conversation(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    asked = len(rasa.asked)
    post_sms(client, "SM4", "what is the minimum wage")
    answering.answer_waiting(gateway)
    assert len(rasa.asked) == asked, "its answer would be erased with the conversation"
    finish(gateway)
    assert twilio.bodies()[-1] == "Answer to what is the minimum wage"
    assert left(gateway)[1] == ["what is the minimum wage"]
    assert "SM4" not in twilio.deleted


@pytest.mark.usefixtures("leaving")
def test_it_does_not_wait_for_ever_for_a_farewell_that_does_not_leave(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webhook.conversations import inbound

    twilio.always = Refusal(429, 20429)
    post_sms(client, "SM4", STRONG_SIGN)
    finish(gateway)
    monkeypatch.setattr(inbound, "FAREWELL_PATIENCE", inbound.timedelta(0))
    answering.answer_waiting(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Alert.level)).all() == ["high"]


@pytest.mark.usefixtures("leaving")
def test_a_strong_sign_gets_its_words_and_a_case_of_the_new_conversation(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    post_sms(client, "SM4", STRONG_SIGN)
    sent = len(twilio.sent)
    finish(gateway)
    assert len(twilio.sent) > sent + 1
    with gateway.database.unit_of_work(read_only=True) as db:
        case = db.scalars(select(Case)).one()
        assert (case.level, case.conversation_id, case.deletion_asked_at) == ("high", left(gateway)[0].id, None)


@pytest.mark.usefixtures("leaving")
@pytest.mark.parametrize("brought", ["before", "after", "database away"])
def test_an_emergency_gets_its_words_at_once_its_alert_and_a_way_back(
    client: TestClient, gateway: Gateway, brought: str
) -> None:
    door = TestClient(create_app(without_database(gateway))) if brought == "database away" else client
    assert re.findall("<Message>(999)", post_sms(door, "SM4", DANGER).text)
    if brought == "before":
        answering.drain(gateway)
    finish(gateway)
    conversation, written = left(gateway)
    assert written == [DANGER]
    assert conversation.highest_risk == "emergency"
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Alert.level)).all() == ["emergency"]
        case = db.scalars(select(Case)).one()
        assert (case.level, case.conversation_id, case.deletion_asked_at) == ("emergency", conversation.id, None)
        assert db.scalars(select(Menu.conversation_id)).all() == [conversation.id]


def test_what_waits_behind_delete_is_kept_where_no_farewell_can_be_said(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    for sid, text in (("SM1", SECRET), ("SM2", "STOP")):
        post_sms(client, sid, text)
        finish(gateway)
    for sid, text in (("SM3", "DELETE"), ("SM4", "START"), ("SM5", "what is the minimum wage")):
        post_sms(client, sid, text)
    finish(gateway)
    assert twilio.bodies()[-1] == "Answer to what is the minimum wage"
    assert left(gateway)[1] == ["START", "what is the minimum wage"]


@pytest.mark.usefixtures("leaving")
def test_where_nothing_came_nothing_is_begun(gateway: Gateway) -> None:
    finish(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert [*db.scalars(select(Conversation)), *db.scalars(select(SealedNumber))] == []


def test_who_waits_for_the_conversation_while_it_is_given_up_gets_the_new_one(
    database: Database, vault: Vault, open_conversation: Callable[..., Conversation]
) -> None:
    with database.unit_of_work() as db:
        old = open_conversation(db)
    begun = threading.Event()

    def write() -> int:
        begun.set()
        with database.unit_of_work() as db:
            return open_conversation(db).id

    with ThreadPoolExecutor(1) as other:
        with database.unit_of_work() as db:
            locked = service.lock(db=db, conversation_id=old.id)
            assert locked is not None
            found = other.submit(write)
            begun.wait()
            threading.Event().wait(0.3)  # let it come to the lock
            request_erasure(db=db, vault=vault, conversation=locked)
        assert found.result() != old.id
