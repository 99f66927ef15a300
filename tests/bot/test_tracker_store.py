"""The tracker store on SQLite and on a real PostgreSQL: sealed, bounded, expiring, erasable, safe for several."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import tracker_store
from bot.tracker_store import NotOverwritten, SealedTrackerStore
from tests.webhook.postgres_cluster import Cluster, running

CANARY = "canary words of a worker"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new database of each kind."""
    if request.param == "postgresql":
        name = f"tracker_{uuid4().hex}"
        monkeypatch.setenv("TRACKER_URL", request.getfixturevalue("cluster").create_database(name))
    return str(request.param)


@pytest.fixture
def store(database: str, domain: Domain, monkeypatch: pytest.MonkeyPatch) -> Iterator[SealedTrackerStore]:
    monkeypatch.setenv("TRACKER_KEY", "k" * 40)
    made = SealedTrackerStore(domain)
    yield made
    made._engine.dispose()


def conversation(domain: Domain, sender: str = "anna", text: str = CANARY) -> DialogueStateTracker:
    events = [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
        UserUttered(text, {"name": "ask", "confidence": 0.9}, [], {"intent": {"name": "ask"}, "entities": []}),
        ActionExecuted("action_answer"),
        BotUttered(None, {"custom": {"kind": "answer", "text": "An answer."}}),
        SlotSet("topic", "payslip"),
        ActionExecuted("action_listen"),
    ]
    return DialogueStateTracker.from_events(sender, events, domain.slots)


def rows(store: SealedTrackerStore) -> bytes:
    with store._engine.connect() as connection:
        return b"".join(bytes(row.sealed) for row in connection.exec_driver_sql("SELECT sealed FROM rasa_conversation"))


def run(work: object) -> object:
    return asyncio.run(work)  # type: ignore[arg-type]


def files(tmp_path: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (tmp_path / "var").glob("tracker.db*"))


def test_a_conversation_comes_back_as_it_was(store: SealedTrackerStore, domain: Domain) -> None:
    tracker = conversation(domain)
    run(store.save(tracker))
    found = run(store.retrieve("anna"))
    assert list(found.events) == list(tracker.events)
    assert found.get_slot("topic") == "payslip"
    assert found.latest_message.text == CANARY


def test_nobody_elses_conversation_is_found(store: SealedTrackerStore, domain: Domain) -> None:
    run(store.save(conversation(domain)))
    assert run(store.retrieve("bella")) is None


def test_no_word_stands_in_the_files(store: SealedTrackerStore, domain: Domain, tmp_path: Path) -> None:
    run(store.save(conversation(domain)))
    content = rows(store) + files(tmp_path)
    assert len(content) > 100
    assert b"canary" not in content
    assert b"payslip" not in content


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_file_is_for_its_owner_only(store: SealedTrackerStore, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "var" / "tracker.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


def test_another_process_with_the_same_key_reads_it(store: SealedTrackerStore, domain: Domain) -> None:
    run(store.save(conversation(domain)))
    again = SealedTrackerStore(domain)
    assert run(again.retrieve("anna")).latest_message.text == CANARY


def test_with_another_key_the_conversation_starts_anew(
    store: SealedTrackerStore, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store.save(conversation(domain)))
    monkeypatch.setenv("TRACKER_KEY", "another key " * 4)
    assert run(SealedTrackerStore(domain).retrieve("anna")) is None


def test_erasing_one_conversation_leaves_the_others(store: SealedTrackerStore, domain: Domain) -> None:
    run(store.save(conversation(domain, "anna")))
    run(store.save(conversation(domain, "bella")))
    assert run(store.delete("anna")) is True
    assert run(store.delete("anna")) is False
    assert run(store.retrieve("anna")) is None
    assert list(run(store.keys())) == ["bella"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_was_erased_stands_in_no_file_any_more(store: SealedTrackerStore, domain: Domain, tmp_path: Path) -> None:
    run(store.save(conversation(domain)))
    sealed = rows(store)[-64:]
    assert sealed in files(tmp_path)
    run(store.delete("anna"))
    assert sealed not in files(tmp_path)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_file_is_opened_once_and_not_at_every_message(store: SealedTrackerStore, domain: Domain) -> None:
    opened: list[object] = []
    sa.event.listen(store._engine, "connect", lambda connection, _: opened.append(connection))
    for number in range(5):
        run(store.save(conversation(domain, text=f"turn {number}")))
        run(store.retrieve("anna"))
    assert len(opened) <= 1


def test_what_has_expired_is_neither_found_nor_kept(
    store: SealedTrackerStore, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store.save(conversation(domain, "anna")))
    later = time.time() + 24 * 3600 + 60
    monkeypatch.setattr(tracker_store.time, "time", lambda: later)
    run(store.save(conversation(domain, "bella")))
    assert run(store.retrieve("anna")) is None
    assert run(store.purge()) == 1
    assert list(run(store.keys())) == ["bella"]


def test_every_save_of_a_long_conversation_stays_bounded(store: SealedTrackerStore, domain: Domain) -> None:
    tracker = conversation(domain)
    for number in range(80):
        tracker.update(UserUttered(f"turn {number}", {"name": "ask"}, []), domain)
        tracker.update(ActionExecuted("action_answer"), domain)
        tracker.update(ActionExecuted("action_listen"), domain)
    run(store.save(tracker))
    found = run(store.retrieve("anna"))
    assert len(found.events) <= 70
    assert found.latest_message.text == "turn 79"
    assert found.get_slot("topic") == "payslip"


def test_many_saves_at_once_lose_none(store: SealedTrackerStore, domain: Domain) -> None:
    async def save_all() -> None:
        other = SealedTrackerStore(domain)
        await asyncio.gather(
            *((store if n % 2 else other).save(conversation(domain, f"worker-{n}", f"text {n}")) for n in range(60))
        )

    run(save_all())
    assert len(list(run(store.keys()))) == 60
    assert run(store.retrieve("worker-59")).latest_message.text == "text 59"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_database_is_in_write_ahead_mode_and_overwrites_what_is_deleted(
    store: SealedTrackerStore, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "var" / "tracker.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_an_error_of_the_database_shows_no_value(store: SealedTrackerStore, domain: Domain) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE rasa_conversation")
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is, it must not tell
        run(store.save(conversation(domain, "secret-sender")))
    assert "secret-sender" not in str(caught.value)


def test_what_could_not_be_read_a_moment_ago_is_not_overwritten(
    store: SealedTrackerStore, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(store.save(conversation(domain)))

    def away(_: str) -> bytes | None:
        raise OSError("the database is away")

    with monkeypatch.context() as patched:
        patched.setattr(store, "_read", away)
        with pytest.raises(OSError, match="away"):
            asyncio.run(store.retrieve("anna"))
    with pytest.raises(NotOverwritten):
        asyncio.run(store.save(conversation(domain, text="an answer to nothing")))
    found = asyncio.run(store.retrieve("anna"))
    assert found is not None
    assert found.latest_message.text == CANARY
    asyncio.run(store.save(found))


def test_a_wrong_key_for_a_while_destroys_no_conversation(
    store: SealedTrackerStore, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(store.save(conversation(domain)))
    monkeypatch.setenv("TRACKER_KEY", "w" * 40)
    wrong = SealedTrackerStore(domain)
    assert asyncio.run(wrong.retrieve("anna")) is None
    with pytest.raises(NotOverwritten):
        asyncio.run(wrong.save(conversation(domain, text="an answer to nothing")))
    wrong._engine.dispose()
    found = asyncio.run(store.retrieve("anna"))
    assert found is not None
    assert found.latest_message.text == CANARY
