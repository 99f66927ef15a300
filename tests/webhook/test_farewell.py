"""The last words before everything is erased: whatever happens around them, the erasure follows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.webhook.parts import NUMBER, Chat, PlayedRasa, post_sms
from tests.webhook.test_sending import work
from tests.webhook.twilio_server import Refusal, Twilio
from webhook import answering, sending, upkeep
from webhook.channels import web_chat
from webhook.conversations.models import Conversation, OptOut, SealedNumber
from webhook.gateway import Gateway
from webhook.privacy.keyring import CannotOpen


def test_a_farewell_that_cannot_be_sent_does_not_stop_the_erasure(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    post_sms(client, "SM1", "DELETE")
    work(gateway)
    twilio.refusals.append(Refusal(400, 21211))
    post_sms(client, "SM2", "DELETE")
    work(gateway)
    upkeep.run_erasures(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Conversation)).all() == []


def test_whatever_stops_us_after_the_farewell_the_erasure_follows(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for sid in ("SM1", "SM2"):
        post_sms(client, sid, "DELETE")
        answering.answer_waiting(gateway)
        with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
            patched.setattr(sending, "begin_after_farewells", killed)
            sending.send_waiting(gateway)
    assert len(twilio.sent) == 2
    sending.send_waiting(gateway)
    upkeep.run_erasures(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Conversation)).all() == []


@pytest.mark.parametrize("prefix", ["", "whatsapp:"])
def test_who_has_sent_stop_is_forgotten_at_the_first_delete_and_hears_nothing(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa, prefix: str
) -> None:
    for sid, text in (("SM1", "what is the minimum wage"), ("SM2", "STOP"), ("SM3", "DELETE")):
        post_sms(client, sid, text, number=prefix + NUMBER)
        work(gateway)
    assert len(twilio.sent) == 1  # the answer that came before STOP
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Conversation.erased_at)).one() is not None
    upkeep.run_erasures(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert [*db.scalars(select(Conversation)), *db.scalars(select(SealedNumber))] == []
        assert len(db.scalars(select(OptOut)).all()) == 1
    assert len(rasa.forgotten) == 1
    assert len(twilio.deleted) == 4


@pytest.mark.parametrize("channel", ["web", "sms without Twilio"])
def test_who_was_told_that_everything_is_deleted_does_not_depend_on_what_comes_after(
    client: TestClient, gateway: Gateway, monkeypatch: pytest.MonkeyPatch, channel: str
) -> None:
    class Killed(BaseException):
        """Stands for the end of the process."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    alone = replace(gateway, twilio=None)
    if channel == "web":
        chat = Chat(client)
        chat.say("DELETE")
        heard = web_chat.hear(gateway, chat.session, "1", None)
        assert isinstance(heard, web_chat.Heard)
        last: Callable[[], object] = partial(web_chat.reply, gateway, heard)
    else:
        for sid in ("SM1", "SM2"):
            answering.answer_waiting(alone)
            post_sms(client, sid, "DELETE")
        last = partial(answering.answer_waiting, alone)
    with monkeypatch.context() as patched:
        patched.setattr(answering.metrics, "count", killed)
        with pytest.raises(Killed):
            last()
    upkeep.run_erasures(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Conversation)).all() == []


def test_a_farewell_under_a_missing_key_stops_no_message(
    client: TestClient, gateway: Gateway, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise CannotOpen("no such key")

    for sid in ("SM1", "SM2"):
        post_sms(client, sid, "DELETE")
        answering.answer_waiting(gateway)
    with monkeypatch.context() as patched:
        patched.setattr(upkeep.erasure, "request_erasure", missing)
        work(gateway)
        post_sms(client, "SM3", "one", number="+447700900001")
        work(gateway)
    assert twilio.bodies()[-1] == "Answer to one"
    work(gateway)
    upkeep.run_erasures(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert len(db.scalars(select(Conversation)).all()) == 1
