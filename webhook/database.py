"""Engine, sessions and units of work for SQLite and PostgreSQL.

``python -m webhook.database migrate`` brings the schema up to date.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.engine import URL, Connection, Dialect
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 5
"""How long a statement waits for another writer (SQLite) or a connection (PostgreSQL)."""

CONNECT_SECONDS = 3
"""How long opening a PostgreSQL connection may take: an emergency must not wait for it."""

STATEMENT_SECONDS = 20
"""How long one PostgreSQL statement may take before the server stops it."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

READ_ONLY = "care_advice_read_only"


class DatabaseUnavailable(Exception):
    """The database could not be reached or did not answer. Carries the kind of fault, never a value."""


class Base(DeclarativeBase):
    """The base of every table, with fixed names for keys and constraints so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC on both sides, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: it would be read as another instant later."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored instant back as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now() -> datetime:
    """Return the machine's time in UTC.

    Receipts, leases and expiry run on it, also when the clock of the facts (``knowledge.clock``) is set to another day:
    a lease on a standing clock would never end.
    """
    return datetime.now(UTC)


class Database:
    """One database: its engine, and units of work on it."""

    def __init__(self, url: str | URL) -> None:
        """Prepare the engine. Nothing is opened before the first unit of work."""
        self.engine = make_engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def unit_of_work(self, *, read_only: bool = False) -> Iterator[Session]:
        """Give a session; commit at the end, roll back on any error.

        Raises DatabaseUnavailable when the database cannot be reached, without the statement or its values.
        """
        with normalised_errors(), self._sessions() as session:
            if read_only:
                session.connection(execution_options={READ_ONLY: True})
            yield session
            session.commit()

    def answers(self) -> bool:
        """Say whether the database answers a query now."""
        try:
            with self.unit_of_work(read_only=True) as db:
                db.execute(text("SELECT 1"))
        except DatabaseUnavailable:
            return False
        return True

    def empty_log(self) -> None:
        """On SQLite, write the log back and cut it to nothing: it still holds pages as they were before a purge.

        While somebody is reading it stays; the next purge empties it.
        """
        if self.engine.dialect.name != "sqlite":
            return
        with normalised_errors():
            connection = self.engine.raw_connection()
        try:
            with suppress(sqlite3.OperationalError):
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


@contextmanager
def normalised_errors() -> Iterator[None]:
    """Turn every "cannot reach it" of drivers and pool into DatabaseUnavailable; other errors pass."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise DatabaseUnavailable(type(error.orig).__name__) from None
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnavailable(type(error.orig).__name__) from None
        raise
    except PoolTimeout:
        raise DatabaseUnavailable("no free connection") from None


def make_engine(url: str | URL) -> Engine:
    """Make an engine that hides parameters in its errors and gives up soon when the server is away."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(
        parsed,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=BUSY_SECONDS,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": f"-c timezone=UTC -c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={BUSY_SECONDS}s",
        },
    )


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True, pool_timeout=BUSY_SECONDS, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions on its own
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "journal_mode=WAL",
            "synchronous=FULL",  # what was accepted must survive a power cut
            "foreign_keys=ON",
            "secure_delete=ON",  # deleted text is overwritten, not only forgotten
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that begins by reading and writes later can fail at once with "locked"; one that may write
        # therefore takes its turn at the start.
        reading = connection.get_execution_options().get(READ_ONLY)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


@lru_cache(maxsize=1)
def default_database() -> Database:
    """Return this process's database, as the settings name it."""
    from webhook.settings import get_settings

    return Database(get_settings().database_url)


def main() -> int:
    """Run ``migrate`` (or ``migrate REVISION``, ``downgrade REVISION``) from the command line."""
    from webhook.migrations.run import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
