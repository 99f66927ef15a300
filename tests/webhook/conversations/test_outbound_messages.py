"""Messages to workers: in order, sent once where that can be known, held when late, followed to delivery."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from webhook.conversations import service
from webhook.conversations.delivery import FORWARD, known_status
from webhook.conversations.models import Conversation, EarlyCallback, Message
from webhook.database import Database, utc_now
from webhook.privacy.erasure import request_erasure
from webhook.privacy.vault import Vault

Open = Callable[..., Conversation]


def reply(text: str = "An answer.") -> service.Reply:
    return service.Reply("answer", service.Content(text, language="en", buttons=(service.Button("More", "p1"),)))


def queue(database: Database, vault: Vault, open_conversation: Open, *texts: str, status: str = "queued") -> list[int]:
    with database.unit_of_work() as db:
        conversation = open_conversation(db)
        messages = service.record_replies(
            db=db,
            vault=vault,
            conversation_id=conversation.id,
            replies=[reply(text) for text in texts],
            provider="twilio",
            status=status,
        )
        return [message.id for message in messages]


def claim(database: Database, **more: object) -> list[Message]:
    with database.unit_of_work() as db:
        return list(service.claim_outgoing(db=db, **more))  # type: ignore[arg-type]


def send(database: Database, message: Message, provider_id: str) -> None:
    with database.unit_of_work() as db:
        service.mark_sent(db=db, message_id=message.id, lease=message.lease, provider_id=provider_id)


def status_of(database: Database, message_id: int) -> str:
    with database.unit_of_work(read_only=True) as db:
        return db.get_one(Message, message_id).status


def test_what_was_recorded_is_read_back_whole_and_in_order(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    first, second = queue(database, vault, open_conversation, "one", "two")
    with database.unit_of_work(read_only=True) as db:
        conversation = db.scalars(select(Conversation)).one()
        contents = [
            service.read_content(vault, message) for message in service.messages_after(db=db, conversation=conversation)
        ]
        assert contents == [reply("one").content, reply("two").content]
        assert [m.id for m in service.messages_after(db=db, conversation=conversation, after=first)] == [second]


def test_parts_of_one_reply_are_sent_one_after_the_other(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    first, second = queue(database, vault, open_conversation, "one", "two")
    [message] = claim(database)
    assert message.id == first
    assert claim(database) == []
    send(database, message, "SM1")
    assert [message.id for message in claim(database)] == [second]


def test_ten_senders_take_a_message_once(database: Database, vault: Vault, open_conversation: Open) -> None:
    queue(database, vault, open_conversation, "one")
    together = threading.Barrier(10)

    def take(_: int) -> int:
        together.wait()
        return len(claim(database))

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(take, range(10))) == 1


def test_a_message_whose_sender_was_killed_comes_back_and_a_sent_one_does_not(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    queue(database, vault, open_conversation, "one")
    [lost] = claim(database)
    later = utc_now() + timedelta(seconds=61)
    [again] = claim(database, now=later)
    assert again.id == lost.id
    with pytest.raises(service.LeaseLost):
        send(database, lost, "SM1")
    send(database, again, "SM2")
    assert claim(database, now=later + timedelta(days=1)) == []


def test_a_refused_message_is_given_up_and_a_delayed_one_is_sent_later(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    first, second = queue(database, vault, open_conversation, "one", "two")
    at = utc_now() + timedelta(seconds=30)
    [message] = claim(database)
    with database.unit_of_work() as db:
        service.send_again(db=db, message_id=message.id, lease=message.lease, at=at)
    assert claim(database) == [], "a later part does not overtake one that waits"
    [message] = claim(database, now=at)
    with database.unit_of_work() as db:
        service.mark_send_failed(db=db, message_id=message.id, lease=message.lease, error_code="21610")
    assert status_of(database, first) == "failed"
    assert [message.id for message in claim(database, now=at)] == [second]


def test_late_content_stays_until_the_worker_asks_for_it(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    [held] = queue(database, vault, open_conversation, "late", status="held")
    assert claim(database) == []
    with database.unit_of_work() as db:
        conversation = open_conversation(db)
        assert service.has_held(db=db, conversation=conversation)
        assert service.messages_after(db=db, conversation=conversation) == []
        assert [message.id for message in service.release_held(db=db, conversation=conversation)] == [held]
        assert not service.has_held(db=db, conversation=conversation)
    assert [message.id for message in claim(database)] == [held]


def test_nothing_is_recorded_or_sent_for_an_erased_conversation(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    queue(database, vault, open_conversation, "one")
    with database.unit_of_work() as db:
        conversation = open_conversation(db)
        request_erasure(db=db, vault=vault, conversation=conversation)
    assert claim(database) == []
    with database.unit_of_work() as db:
        recorded = service.record_replies(
            db=db, vault=vault, conversation_id=conversation.id, replies=[reply()], provider="twilio"
        )
        assert recorded == []


ORDERS = list(itertools.permutations(["sent", "delivered", "read"]))


@pytest.mark.parametrize("order", ORDERS)
def test_reordered_and_repeated_callbacks_end_at_the_furthest_status(
    database: Database, vault: Vault, open_conversation: Open, order: tuple[str, ...]
) -> None:
    [message_id] = queue(database, vault, open_conversation, "one")
    [message] = claim(database)
    send(database, message, "SM1")
    for status in [*order, *order]:
        with database.unit_of_work() as db:
            service.advance_status(db=db, provider="twilio", provider_id="SM1", status=status)
    assert status_of(database, message_id) == "read"


def test_a_callback_before_its_message_is_known_is_applied_afterwards(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    [message_id] = queue(database, vault, open_conversation, "one")
    [message] = claim(database)
    with database.unit_of_work() as db:
        for status in ("delivered", "sent"):
            assert service.advance_status(db=db, provider="twilio", provider_id="SM1", status=status) is None
    send(database, message, "SM1")
    assert status_of(database, message_id) == "delivered"
    with database.unit_of_work(read_only=True) as db:
        assert db.scalar(select(func.count(EarlyCallback.id))) == 0


def test_a_failed_message_stays_failed_and_an_unknown_status_counts_as_failed(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    [message_id] = queue(database, vault, open_conversation, "one")
    [message] = claim(database)
    send(database, message, "SM1")
    with database.unit_of_work() as db:
        moved = service.advance_status(
            db=db, provider="twilio", provider_id="SM1", status="exploded", error_code="30003"
        )
        assert moved is not None
        assert (moved.status, moved.error_code) == ("failed", "30003")
    with database.unit_of_work() as db:
        assert service.advance_status(db=db, provider="twilio", provider_id="SM1", status="delivered") is None
    assert status_of(database, message_id) == "failed"


def test_a_callback_cannot_touch_a_message_of_a_worker(database: Database, receive: Callable[..., Message]) -> None:
    with database.unit_of_work() as db:
        message = receive(db, "SM1")
    with database.unit_of_work() as db:
        assert service.advance_status(db=db, provider="twilio", provider_id="SM1", status="failed") is None
    assert status_of(database, message.id) == "waiting"


@given(st.text(max_size=40))
def test_any_status_of_a_provider_becomes_one_of_ours(status: str) -> None:
    assert known_status(status) in FORWARD
