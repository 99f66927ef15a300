"""The database: reached, not reached, and its schema's history."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from tests.webhook.postgres_cluster import Cluster
from webhook.conversations.models import EarlyCallback, OptOut
from webhook.conversations.upsert import insert_new
from webhook.database import Base, Database, DatabaseUnavailable, utc_now
from webhook.migrations.run import current, downgrade, main, migrate, newest

CANARY = "canary-of-a-value"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/empty.db")
    else:
        cluster: Cluster = request.getfixturevalue("postgres")
        database = Database(cluster.create_database(f"empty_{time.time_ns()}"))
    yield database
    database.dispose()


def test_the_migrated_schema_is_that_of_the_models(empty: Database) -> None:
    migrate(empty)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert current(empty) == newest()


def test_migrations_go_up_down_and_up_again(empty: Database) -> None:
    migrate(empty)
    downgrade(empty, "base")
    assert set(inspect(empty.engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    migrate(empty)
    migrate(empty)
    assert current(empty) == newest()


def test_processes_that_start_together_migrate_once(empty: Database) -> None:
    url = empty.engine.url.render_as_string(hide_password=False)
    environment = {**os.environ, "CARE_ADVICE_DATABASE_URL": url}
    command = [sys.executable, "-m", "webhook.database", "migrate"]
    root = Path(__file__).parents[2]
    together = [subprocess.Popen(command, env=environment, cwd=root) for _ in range(3)]
    assert [process.wait() for process in together] == [0, 0, 0]
    assert current(empty) == newest()


def test_what_fails_half_way_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.unit_of_work() as db:
            insert_new(db, OptOut, channel="sms", pseudonym="p", since=utc_now().date())
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(OptOut)).all() == []


def test_an_instant_comes_back_the_same_from_any_zone(database: Database) -> None:
    moment = datetime(2026, 10, 25, 1, 30, tzinfo=timezone(timedelta(hours=1)))
    with database.unit_of_work() as db:
        db.add(EarlyCallback(provider="p", provider_id="1", status="sent", received_at=moment))
    with database.unit_of_work(read_only=True) as db:
        read = db.scalars(select(EarlyCallback.received_at)).one()
        assert read == moment
        assert read.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="without a time zone"), database.unit_of_work() as db:
        db.add(EarlyCallback(provider="p", provider_id="1", status="sent", received_at=datetime(2026, 1, 1)))


def test_errors_of_the_database_show_no_value(database: Database) -> None:
    today = "2026-11-21" if database.engine.dialect.name == "sqlite" else utc_now().date()
    insert = text("INSERT INTO deletions (reference, channel, asked_on, counts) VALUES (:r, 'sms', :d, '{}')")

    def twice() -> None:
        with database.unit_of_work() as db:
            db.execute(insert, {"r": CANARY, "d": today})
            db.execute(insert, {"r": CANARY, "d": today})

    with pytest.raises(IntegrityError) as caught:
        twice()
    assert "[SQL parameters hidden" in str(caught.value)


def test_a_database_that_is_not_there_is_said_without_its_address(tmp_path: Path) -> None:
    for url in (f"postgresql://{CANARY}:{CANARY}@/x?host={tmp_path}", f"sqlite:////{tmp_path}/{CANARY}/x.db"):
        database = Database(url)
        with pytest.raises(DatabaseUnavailable) as caught, database.unit_of_work() as db:
            db.execute(text("SELECT 1"))
        assert CANARY not in str(caught.value)
        assert not database.answers()


def test_a_locked_sqlite_file_is_unavailable_and_not_a_crash(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webhook.database.BUSY_SECONDS", 0)
    holder, other = Database(sqlite_url), Database(sqlite_url)

    def write(database: Database) -> None:
        with database.unit_of_work() as db:
            db.add(OptOut(channel="sms", pseudonym="p", since=utc_now().date()))

    with holder.unit_of_work() as held, other.unit_of_work(read_only=True) as db:
        held.execute(text("SELECT 1"))
        with pytest.raises(DatabaseUnavailable):
            write(other)
        assert db.scalars(select(OptOut)).all() == [], "readers do not wait for a writer"


def test_many_writers_of_one_sqlite_file_take_turns(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    def write(number: int) -> None:
        with database.unit_of_work() as db:
            db.scalars(select(OptOut)).all()
            db.add(OptOut(channel="sms", pseudonym=str(number), since=utc_now().date()))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with database.unit_of_work(read_only=True) as db:
        assert len(db.scalars(select(OptOut)).all()) == 40


def test_a_killed_postgresql_is_unavailable_and_used_again_once_it_is_back() -> None:
    from tests.webhook import postgres_cluster

    with postgres_cluster.running() as cluster:
        database = Database(cluster.create_database("advice"))
        migrate(database)
        with database.unit_of_work() as db:
            db.add(OptOut(channel="sms", pseudonym="kept", since=utc_now().date()))

        def killed_under_it() -> None:
            with database.unit_of_work() as db:
                db.add(OptOut(channel="sms", pseudonym="lost", since=utc_now().date()))
                db.flush()
                cluster.kill()

        with pytest.raises(DatabaseUnavailable):
            killed_under_it()
        assert not database.answers()
        cluster.start()
        with database.unit_of_work(read_only=True) as db:
            assert db.scalars(select(OptOut.pseudonym)).all() == ["kept"]
        database.dispose()


def test_the_command_migrates_says_where_it_is_and_goes_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert main(["status"]) == 0
    assert f"at {newest()}" in capsys.readouterr().out
    assert main(["downgrade", "base"]) == 0
    assert main(["status"]) == 0
    assert "at nothing" in capsys.readouterr().out
    assert main([]) == 2


def test_the_command_says_plainly_that_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("CARE_ADVICE_DATABASE_URL", f"postgresql://x@/x?host={tmp_path}")
    assert main(["migrate"]) == 1
    assert capsys.readouterr().err == "The database cannot be reached.\n"
