"""The audit log: whole, or shown not to be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError

from webhook.audit import log
from webhook.audit.models import AuditEntry
from webhook.audit.verify import report
from webhook.database import Database, DatabaseUnavailable, utc_now
from webhook.privacy.retention import purge
from webhook.privacy.vault import Vault
from webhook.settings import get_settings

YEARS = timedelta(days=2190)


@pytest.fixture
def filled(database: Database, vault: Vault) -> Database:
    for number in range(5):
        with database.unit_of_work() as db:
            log.write(db=db, vault=vault, act="case_read", staff="someone", about=f"SW-{number}", unread=True)
    return database


def fault(database: Database, vault: Vault) -> str | None:
    with database.unit_of_work(read_only=True) as db:
        return log.verify(db=db, vault=vault, kept_for=YEARS).fault


def change(database: Database, statement: str) -> None:
    """As somebody would who has the database and takes the guard away first."""
    with database.engine.begin() as connection:
        drop = "DROP TRIGGER audit_entries_unchanged"
        connection.execute(text(drop if database.engine.dialect.name == "sqlite" else f"{drop} ON audit_entries"))
    try:
        with database.engine.begin() as connection:
            connection.execute(text(statement))
    finally:
        if database.engine.dialect.name == "postgresql":
            with database.engine.begin() as connection:
                connection.execute(
                    text(
                        "CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE ON audit_entries "
                        "FOR EACH ROW EXECUTE FUNCTION audit_entries_unchanged()"
                    )
                )


def test_a_log_that_nobody_touched_is_whole(filled: Database, vault: Vault) -> None:
    assert fault(filled, vault) is None
    assert report(filled, vault, get_settings(), None) == 0


def test_the_database_itself_refuses_to_change_an_entry(filled: Database) -> None:
    with pytest.raises((DBAPIError, DatabaseUnavailable)), filled.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entries SET staff = 'another' WHERE id = 2"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET staff = 'another' WHERE id = 3",
        "UPDATE audit_entries SET about = NULL WHERE id = 3",
        "UPDATE audit_entries SET act = 'other' WHERE id = 5",
        "UPDATE audit_entries SET detail = '{}' WHERE id = 1",
        "UPDATE audit_entries SET at = '2020-01-01 00:00:00' WHERE id = 3",
        "DELETE FROM audit_entries WHERE id = 3",
        "DELETE FROM audit_entries WHERE id < 3",
    ],
)
def test_an_entry_changed_or_taken_out_is_found(filled: Database, vault: Vault, statement: str) -> None:
    change(filled, statement)
    assert fault(filled, vault) is not None


def test_newest_entries_cut_off_are_found_by_the_number_and_mark_written_down_before(
    filled: Database, vault: Vault
) -> None:
    with filled.unit_of_work() as db:
        last = log.entries(db=db, limit=1)[0]
        db.execute(delete(AuditEntry).where(AuditEntry.id == last.id))
    assert fault(filled, vault) is None
    assert report(filled, vault, get_settings(), (last.id, last.mark)) == 1


def test_what_was_purged_in_its_time_does_not_break_the_chain(filled: Database, vault: Vault) -> None:
    later = utc_now() + YEARS + timedelta(days=1)
    with filled.unit_of_work() as db:
        log.write(db=db, vault=vault, act="case_read", staff="someone", at=later)
    purge(filled, now=later, settings=get_settings())
    with filled.unit_of_work(read_only=True) as db:
        found = log.verify(db=db, vault=vault, kept_for=YEARS, now=later)
    assert (found.entries, found.fault) == (1, None)


def test_an_entry_whose_act_is_rolled_back_is_not_there(filled: Database, vault: Vault) -> None:
    def act() -> None:
        with filled.unit_of_work() as db:
            log.write(db=db, vault=vault, act="x", staff=None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert fault(filled, vault) is None


def test_many_at_once_make_one_chain(database: Database, vault: Vault) -> None:
    def write(number: int) -> None:
        with database.unit_of_work() as db:
            log.write(db=db, vault=vault, act="x", staff=str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with database.unit_of_work(read_only=True) as db:
        found = log.verify(db=db, vault=vault, kept_for=YEARS)
    assert (found.entries, found.fault) == (40, None)


def test_words_do_not_fit_into_an_entry(database: Database, vault: Vault) -> None:
    with pytest.raises(log.DetailUnfit), database.unit_of_work() as db:
        log.write(db=db, vault=vault, act="x", staff=None, note="He keeps my passport and says " * 3)
