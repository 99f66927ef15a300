"""Messages from workers: kept once, claimed in order, never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from webhook.conversations import service
from webhook.conversations.models import Conversation, Message
from webhook.database import Database, utc_now
from webhook.privacy.vault import Vault

Receive = Callable[..., Message | None]
OTHER = "+447700900456"


def claim(database: Database, **more: object) -> list[Message]:
    with database.unit_of_work() as db:
        return list(service.claim_waiting(db=db, **more))  # type: ignore[arg-type]


def test_a_repeated_provider_id_is_kept_once(database: Database, receive: Receive) -> None:
    with database.unit_of_work() as db:
        assert receive(db, "SM1") is not None
    with database.unit_of_work() as db:
        assert receive(db, "SM1") is None
        assert db.scalar(select(func.count(Message.id))) == 1


def test_ten_simultaneous_deliveries_of_one_message_keep_one(database: Database, receive: Receive) -> None:
    together = threading.Barrier(10)

    def deliver(_: int) -> bool:
        together.wait()
        with database.unit_of_work() as db:
            return receive(db, "SM1") is not None

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(deliver, range(10))) == 1
    with database.unit_of_work(read_only=True) as db:
        assert db.scalar(select(func.count(Message.id))) == 1
        assert db.scalar(select(func.count(Conversation.id))) == 1


def test_a_client_id_of_one_web_session_does_not_hide_that_of_another(database: Database, vault: Vault) -> None:
    for _ in range(2):
        with database.unit_of_work() as db:
            _, conversation = service.open_web_session(db=db, vault=vault)
            kept = service.record_inbound(
                db=db,
                vault=vault,
                conversation=conversation,
                provider="web",
                provider_id="1",
                content=service.Content("hello"),
            )
            assert kept is not None
            assert service.seen(db=db, provider="web", provider_id="1", conversation=conversation) is kept


def test_any_client_id_is_taken_as_text(database: Database, vault: Vault) -> None:
    with database.unit_of_work() as db:
        _, conversation = service.open_web_session(db=db, vault=vault)
        for client_id in ("\x00", "\ud800", "x" * 5000, "'; DROP TABLE messages"):
            kept = service.record_inbound(
                db=db,
                vault=vault,
                conversation=conversation,
                provider="web",
                provider_id=client_id,
                content=service.Content("\x00\ud800 hello"),
            )
            assert kept is not None
            content = service.read_content(vault, kept)
            assert content is not None
            assert content.text == "\x00\ud800 hello"


def test_a_message_is_claimed_by_one_worker_only(database: Database, receive: Receive) -> None:
    for number in range(8):
        with database.unit_of_work() as db:
            receive(db, f"SM{number}", number=f"+44770090010{number}")
    together = threading.Barrier(4)

    def work(_: int) -> list[int]:
        together.wait()
        return [message.id for message in claim(database, limit=5)]

    with ThreadPoolExecutor(4) as pool:
        claimed = [message_id for ids in pool.map(work, range(4)) for message_id in ids]
    claimed += [message.id for message in claim(database, limit=10)]
    assert len(claimed) == len(set(claimed)) == 8


def test_later_messages_of_a_conversation_wait_for_the_earlier_one(database: Database, receive: Receive) -> None:
    with database.unit_of_work() as db:
        receive(db, "SM1")
        receive(db, "SM2")
        receive(db, "SM3", number=OTHER)
    first = claim(database)
    assert [message.provider_id for message in first] == ["SM1", "SM3"]
    assert claim(database) == []
    with database.unit_of_work() as db:
        service.mark_answered(db=db, message_id=first[0].id, lease=first[0].lease)
    assert [message.provider_id for message in claim(database)] == ["SM2"]


def test_many_workers_answer_a_burst_of_one_person_in_order(database: Database, receive: Receive) -> None:
    with database.unit_of_work() as db:
        for number in range(12):
            receive(db, f"SM{number:02}")
    answered: list[str | None] = []

    def work() -> None:
        for _ in range(200):
            if len(answered) == 12:
                return
            for message in claim(database):
                answered.append(message.provider_id)
                with database.unit_of_work() as db:
                    service.mark_answered(db=db, message_id=message.id, lease=message.lease)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answered == [f"SM{number:02}" for number in range(12)]


def test_an_ended_lease_brings_the_message_back_and_shuts_the_old_holder_out(
    database: Database, receive: Receive
) -> None:
    with database.unit_of_work() as db:
        receive(db, "SM1")
    [slow] = claim(database, lease_seconds=30)
    later = utc_now() + timedelta(seconds=31)
    [fast] = claim(database, now=later)
    assert fast.id == slow.id
    assert fast.attempts == 2
    with pytest.raises(service.LeaseLost), database.unit_of_work() as db:
        service.mark_answered(db=db, message_id=slow.id, lease=slow.lease)
    with database.unit_of_work() as db:
        service.mark_answered(db=db, message_id=fast.id, lease=fast.lease)
    with pytest.raises(service.LeaseLost), database.unit_of_work() as db:
        service.mark_answered(db=db, message_id=fast.id, lease=fast.lease)
    assert claim(database, now=later + timedelta(days=1)) == []


WORKER = """
import os, sys, time
from webhook.conversations import service
from webhook.database import Database
with Database(os.environ["TEST_URL"]).unit_of_work() as db:
    claimed = service.claim_waiting(db=db, lease_seconds=30)
    print(len(claimed), flush=True)
    if sys.argv[1] == "inside":
        time.sleep(600)
print("committed", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize(("moment", "waits"), [("inside", False), ("after", True)])
def test_the_messages_of_a_killed_worker_come_back(
    database: Database, receive: Receive, moment: str, waits: bool
) -> None:
    with database.unit_of_work() as db:
        receive(db, "SM1")
        receive(db, "SM2", number=OTHER)
    url = database.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, moment],
        env={**os.environ, "TEST_URL": url, "PYTHONPATH": str(Path(__file__).parents[3])},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "2\n"
        if waits:
            assert worker.stdout.readline() == "committed\n"
            assert claim(database) == []
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    back = claim(database, now=utc_now() + timedelta(seconds=31))
    assert {message.provider_id for message in back} == {"SM1", "SM2"}


def test_an_apologised_message_stays_a_job_but_holds_nothing_up(database: Database, receive: Receive) -> None:
    with database.unit_of_work() as db:
        receive(db, "SM1")
        receive(db, "SM2")
    [first] = claim(database)
    soon = utc_now() + timedelta(seconds=20)
    with database.unit_of_work() as db:
        service.mark_apologised(db=db, message_id=first.id, lease=first.lease, try_again_at=soon)
    [second] = claim(database)
    assert second.provider_id == "SM2"
    with database.unit_of_work() as db:
        assert service.count_waiting(db=db) == 2
    assert claim(database, now=soon) == [], "two of one conversation are never worked on at once"
    with database.unit_of_work() as db:
        service.mark_answered(db=db, message_id=second.id, lease=second.lease)
    [again] = claim(database, now=soon)
    assert (again.provider_id, again.status) == ("SM1", "apologised")
    with database.unit_of_work() as db:
        service.mark_answered(db=db, message_id=again.id, lease=again.lease)
        assert service.count_waiting(db=db) == 0


def test_a_message_given_back_is_claimed_again_at_its_time(database: Database, receive: Receive) -> None:
    with database.unit_of_work() as db:
        receive(db, "SM1")
    [message] = claim(database)
    at = utc_now() + timedelta(seconds=40)
    with database.unit_of_work() as db:
        service.try_again(db=db, message_id=message.id, lease=message.lease, at=at)
    assert claim(database, now=at - timedelta(seconds=1)) == []
    assert len(claim(database, now=at)) == 1


def test_a_message_answered_at_once_is_no_job(database: Database, receive: Receive) -> None:
    with database.unit_of_work() as db:
        receive(db, "SM1", answered=True)
    assert claim(database) == []


def test_a_message_leased_at_receipt_is_finished_by_its_receiver_or_comes_back(
    database: Database, receive: Receive
) -> None:
    with database.unit_of_work() as db:
        mine = receive(db, "SM1", lease="mine")
    assert mine is not None
    assert claim(database) == []
    assert len(claim(database, now=utc_now() + timedelta(seconds=61))) == 1
    with pytest.raises(service.LeaseLost), database.unit_of_work() as db:
        service.mark_answered(db=db, message_id=mine.id, lease="mine")


def test_the_words_stand_in_no_column_as_they_were_said(database: Database, receive: Receive) -> None:
    canary = "my boss keeps my passport"
    with database.unit_of_work() as db:
        message = receive(db, "SM1", canary)
        assert message is not None
        for table in Message.metadata.sorted_tables:
            for row in db.execute(select(table)).all():
                assert canary not in str(row)
                assert canary.encode() not in b"".join(value for value in row if isinstance(value, bytes))
                assert "7700900123" not in str(row)


def test_looking_for_work_reads_only_what_waits(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    statements: list[tuple[str, object]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def remember(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            statements.append((statement, parameters))

    with database.unit_of_work() as db:
        service.claim_waiting(db=db)
        service.count_waiting(db=db)
    assert len(statements) == 2
    with database.engine.connect() as connection:
        for statement, parameters in list(statements):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()  # type: ignore[arg-type]
            assert any("USING INDEX ix_messages_unanswered" in step[3] for step in plan)
            assert not any(step[3] == "SCAN messages" for step in plan)


def test_ids_of_a_conversation_grow_in_the_order_of_commits(database: Database, receive: Receive) -> None:
    """A reader who asks for what came after the last id it saw must not miss one that commits later."""
    started = threading.Event()
    ids: dict[str, int] = {}

    def second() -> None:
        started.set()
        with database.unit_of_work() as db:
            message = receive(db, "SM2")
            assert message is not None
            ids["second"] = message.id

    with database.unit_of_work() as db:
        receive(db, "SM0")
    other = threading.Thread(target=second)
    with database.unit_of_work() as db:
        conversation = db.scalars(select(Conversation)).one()
        assert service.lock(db=db, conversation_id=conversation.id) is not None
        other.start()
        started.wait()
        message = receive(db, "SM1")
        assert message is not None
        ids["first"] = message.id
    other.join()
    assert ids["first"] < ids["second"]
