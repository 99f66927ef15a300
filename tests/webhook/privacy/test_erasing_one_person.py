"""Delete one person's data: through every store, again and again until each confirms."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from webhook.conversations import service
from webhook.conversations.models import Alert, Conversation, EarlyCallback, Menu, Message, OptOut, SealedNumber
from webhook.database import Base, Database, utc_now
from webhook.journal import Journal
from webhook.privacy.erasure import (
    STORES,
    Eraser,
    ErasureNotConfirmed,
    Target,
    count_waiting_steps,
    database_eraser,
    request_erasure,
    run_erasures,
    spool_eraser,
)
from webhook.privacy.models import Deletion, ErasureStep
from webhook.privacy.vault import Vault
from webhook.spool import Spool
from webhook.spool_records import spool_alert, spool_inbound

NUMBER = "+447700900123"
OTHER = "+447700900456"
Receive = Callable[..., Message]


class Store:
    """A store elsewhere that may be away."""

    def __init__(self, *, away: int = 0) -> None:
        self.away, self.asked = away, list[Target]()

    def __call__(self, target: Target) -> int:
        self.asked.append(target)
        if len(self.asked) <= self.away:
            raise ErasureNotConfirmed("away")
        return 1


@pytest.fixture
def spool(tmp_path: Path, vault: Vault) -> Spool:
    return Spool(Journal(tmp_path / "spool", "spool", max_bytes=1_000_000), vault.text_keys)


def fill(database: Database, vault: Vault, receive: Receive, number: str, prefix: str) -> str:
    with database.unit_of_work() as db:
        message = receive(db, f"{prefix}1", "words", number=number)
        conversation = db.get_one(Conversation, message.conversation_id)
        replies = [service.Reply("answer", service.Content("reply"))]
        service.record_replies(
            db=db,
            vault=vault,
            conversation_id=conversation.id,
            replies=replies,
            in_reply_to=message.id,
            provider="twilio",
            status="queued",
        )
        [out] = service.claim_outgoing(db=db)
        service.mark_sent(db=db, message_id=out.id, lease=out.lease, provider_id=f"{prefix}2")
        service.set_menu(db=db, vault=vault, conversation=conversation, choices=[("a", "b")])
        service.opt_out(db=db, channel="sms", pseudonym=conversation.pseudonym)
        service.raise_alert(
            db=db,
            uid=prefix,
            level="emergency",
            channel="sms",
            conversation_id=conversation.id,
            message_id=message.id,
        )
        return conversation.pseudonym


def ask(database: Database, vault: Vault, pseudonym: str, **more: object) -> str:
    with database.unit_of_work() as db:
        conversation = service.find(db=db, pseudonym=pseudonym)
        assert conversation is not None
        return request_erasure(db=db, vault=vault, conversation=conversation, **more)  # type: ignore[arg-type]


def erasers(database: Database, spool: Spool, **stores: Eraser) -> dict[str, Eraser]:
    return {"database": database_eraser(database), "spool": spool_eraser(spool), **stores}


def test_one_person_goes_from_every_store_and_another_stays_whole(
    database: Database, vault: Vault, receive: Receive, spool: Spool
) -> None:
    mine = fill(database, vault, receive, NUMBER, "SMa")
    fill(database, vault, receive, OTHER, "SMb")
    tracker, twilio = Store(), Store()
    reference = ask(database, vault, mine, provider_ids=["SMfarewell"])
    done = run_erasures(
        database=database, vault=vault, erasers=erasers(database, spool, tracker=tracker, twilio=twilio)
    )
    assert done == {"done": len(STORES), "waiting": 0}
    assert tracker.asked[0].pseudonym == mine
    assert set(twilio.asked[0].provider_ids) == {"SMa1", "SMa2", "SMfarewell"}
    assert twilio.asked[0].number == NUMBER
    with database.unit_of_work(read_only=True) as db:
        for model, left in ((Conversation, 1), (Message, 2), (Menu, 1), (SealedNumber, 1), (EarlyCallback, 0)):
            assert db.scalar(select(func.count()).select_from(model)) == left, model
        assert db.scalar(select(func.count(Alert.id))) == 2, "an alert holds no words and must still be told"
        assert db.scalar(select(func.count()).select_from(OptOut)) == 2, "STOP outlives an erasure"
        receipt = db.scalars(select(Deletion).where(Deletion.reference == reference)).one()
        assert receipt.done_on is not None
        assert receipt.counts == {"database": 2, "spool": 0, "tracker": 1, "twilio": 1}
        assert db.scalars(select(ErasureStep.target)).all() == [None] * len(STORES)
        for table in Base.metadata.sorted_tables:
            if table.name != "opt_outs":
                assert mine not in str(db.execute(select(table)).all()), table.name


def test_from_the_request_on_nothing_is_claimed_read_or_open(
    database: Database, vault: Vault, receive: Receive
) -> None:
    with database.unit_of_work() as db:
        token, conversation = service.open_web_session(db=db, vault=vault)
        service.record_inbound(
            db=db,
            vault=vault,
            conversation=conversation,
            provider="web",
            provider_id="1",
            content=service.Content("words"),
        )
    ask(database, vault, conversation.pseudonym)
    with database.unit_of_work() as db:
        assert service.claim_waiting(db=db) == []
        assert service.session_conversation(db=db, token=token) is None
        assert service.adopt_web_session(db=db, vault=vault, token=token) is None
        assert service.find(db=db, pseudonym=conversation.pseudonym) is None


def test_a_person_who_writes_again_begins_anew(
    database: Database, vault: Vault, receive: Receive, spool: Spool
) -> None:
    mine = fill(database, vault, receive, NUMBER, "SMa")
    ask(database, vault, mine, stores=["database"])
    with database.unit_of_work() as db:
        fresh = receive(db, "SMnew", "again")
        assert len(service.claim_waiting(db=db)) == 1
    run_erasures(database=database, vault=vault, erasers=erasers(database, spool))
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Message.id)).all() == [fresh.id]


def test_a_store_that_is_away_is_asked_again_and_keeps_no_other_waiting(
    database: Database, vault: Vault, receive: Receive, spool: Spool
) -> None:
    mine = fill(database, vault, receive, NUMBER, "SMa")
    reference = ask(database, vault, mine)
    tracker, twilio = Store(away=2), Store()
    everything = erasers(database, spool, tracker=tracker, twilio=twilio)
    now = utc_now()
    assert run_erasures(database=database, vault=vault, erasers=everything, now=now) == {"done": 3, "waiting": 1}
    assert run_erasures(database=database, vault=vault, erasers=everything, now=now)["done"] == 0, "not at once again"
    for hours in (1, 2):
        run_erasures(database=database, vault=vault, erasers=everything, now=now + timedelta(hours=hours))
    assert (len(tracker.asked), len(twilio.asked)) == (3, 1)
    with database.unit_of_work(read_only=True) as db:
        assert count_waiting_steps(db) == 0
        assert db.scalars(select(Deletion).where(Deletion.reference == reference)).one().done_on is not None


def test_a_store_that_breaks_in_an_unforeseen_way_stops_no_other(
    database: Database, vault: Vault, receive: Receive, spool: Spool
) -> None:
    def broken(target: Target) -> int:
        raise RuntimeError(target.number)

    mine = fill(database, vault, receive, NUMBER, "SMa")
    ask(database, vault, mine)
    everything = erasers(database, spool, tracker=broken, twilio=Store())
    assert run_erasures(database=database, vault=vault, erasers=everything) == {"done": 3, "waiting": 1}


def test_several_processes_ask_each_store_once(database: Database, vault: Vault, receive: Receive) -> None:
    mine = fill(database, vault, receive, NUMBER, "SMa")
    ask(database, vault, mine)
    stores = {name: Store() for name in STORES}
    together = threading.Barrier(4)

    def run(_: int) -> int:
        together.wait()
        return run_erasures(database=database, vault=vault, erasers=stores)["done"]

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(run, range(4))) == len(STORES)
    assert [len(store.asked) for store in stores.values()] == [1] * len(STORES)
    with database.unit_of_work(read_only=True) as db:
        receipt = db.scalars(select(Deletion)).one()
        assert receipt.counts == dict.fromkeys(STORES, 1)
        assert receipt.done_on is not None


def test_many_messages_go_in_batches(database: Database, vault: Vault, receive: Receive, spool: Spool) -> None:
    with database.unit_of_work() as db:
        for number in range(1203):
            receive(db, f"SM{number}", "w")
        pseudonym = db.scalars(select(Conversation.pseudonym)).one()
    reference = ask(database, vault, pseudonym, stores=["database"])
    run_erasures(database=database, vault=vault, erasers=erasers(database, spool))
    with database.unit_of_work(read_only=True) as db:
        assert db.scalar(select(func.count(Message.id))) == 0
        receipt = db.scalars(select(Deletion).where(Deletion.reference == reference)).one()
        assert receipt.counts == {"database": 1203}


def test_the_spool_forgets_the_words_and_keeps_the_alert(
    database: Database, vault: Vault, receive: Receive, spool: Spool
) -> None:
    mine = fill(database, vault, receive, NUMBER, "SMa")
    for pseudonym, provider_id in ((mine, "SM8"), ("somebody-else", "SM9")):
        spool_inbound(
            spool,
            vault,
            channel="sms",
            pseudonym=pseudonym,
            provider="twilio",
            provider_id=provider_id,
            content=service.Content("spooled words"),
        )
    spool_alert(spool, level="emergency", channel="sms", pseudonym=mine, provider="twilio", provider_id="SM8")
    ask(database, vault, mine)
    run_erasures(database=database, vault=vault, erasers=erasers(database, spool, tracker=Store(), twilio=Store()))
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Deletion)).one().counts["spool"] == 1
    seen: list[tuple[str, str]] = []
    handlers = {
        kind: lambda db, record: seen.append((record.kind, record.body["pseudonym"])) for kind in ("inbound", "alert")
    }
    spool.drain(database, handlers)
    assert sorted(seen) == [("alert", mine), ("inbound", "somebody-else")]


def test_a_target_shows_nothing_of_a_person() -> None:
    target = Target(1, "sms", utc_now(), "p" * 10, NUMBER, ("SM1",))
    assert NUMBER not in repr(target)
    assert "pppp" not in repr(target)
