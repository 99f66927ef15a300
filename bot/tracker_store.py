"""Rasa's memory of conversations: one sealed row each, which survives restarts, expires and can be erased.

SQLite by default (write-ahead log, deleted pages overwritten), PostgreSQL where TRACKER_URL says so. The sender is
already a pseudonym when it comes here. The database only ever sees sealed bytes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.dialects import postgresql, sqlite

from bot.forgetting import what_is_kept
from bot.sealing import CannotOpen, Seal
from bot.settings import Settings, private_folder

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

_BUSY_SECONDS = 10
_metadata = sa.MetaData()
_conversations = sa.Table(
    "rasa_conversation",
    _metadata,
    sa.Column("sender", sa.String(200), primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False, index=True),
)


class NotOverwritten(Exception):
    """The conversation that is kept could not be read a moment ago: an empty one must not take its place."""


class SealedTrackerStore(TrackerStore):  # type: ignore[misc]
    """Keeps each conversation as one sealed row until it expires. Database work runs beside the event loop."""

    def __init__(self, domain: Domain | None, event_broker: Any = None, **_: Any) -> None:
        super().__init__(domain, event_broker)
        settings = Settings.from_environment()
        self._limit = settings.tracker_events
        self._keep_seconds = settings.tracker_keep_hours * 3600
        self._seal = Seal(settings.secret("tracker_key"))
        self._unread: set[str] = set()
        """Senders whose conversation was there at the last try and could not be read."""
        self._engine = _engine(settings.tracker_url)
        _metadata.create_all(self._engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation in place of what was kept of it before.

        Raises NotOverwritten when that could not be read: Rasa then answered as if there had been none.
        """
        if tracker.sender_id in self._unread:
            raise NotOverwritten
        await self.stream_events(tracker)
        events = what_is_kept(list(tracker.events), self._limit, self.domain)
        plain = json.dumps([event.as_dict() for event in events], default=float).encode()
        await self._beside(self._write, tracker.sender_id, plain)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or None when there is none, it has expired, or it can no longer be opened."""
        self._unread.discard(sender_id)
        try:
            sealed = await self._beside(self._read, sender_id)
        except Exception:
            self._unread.add(sender_id)
            raise
        if sealed is None:
            return None
        try:
            events = deserialise_events(json.loads(self._seal.open(sealed, sender_id)))
        except CannotOpen:
            logger.error("A kept conversation cannot be opened with this key: it is answered as a new one.")
            self._unread.add(sender_id)
            return None
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """The senders of the conversations that are kept."""
        return await self._beside(self._senders)

    async def delete(self, sender_id: str) -> bool:
        """Erase a conversation. True when there was one."""
        return await self._beside(self._erase, sender_id)

    async def purge(self) -> int:
        """Erase every conversation that has expired; how many there were."""
        return await self._beside(self._erase_expired)

    async def _beside(self, work: Callable[..., Result], *args: Any) -> Result:
        return await asyncio.get_running_loop().run_in_executor(None, work, *args)

    def _write(self, sender: str, plain: bytes) -> None:
        values = {"sealed": self._seal.close(plain, sender), "expires_at": int(time.time() + self._keep_seconds)}
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        statement = insert(_conversations).values(sender=sender, **values)
        statement = statement.on_conflict_do_update(index_elements=[_conversations.c.sender], set_=values)
        with self._engine.begin() as connection:
            connection.execute(statement)

    def _read(self, sender: str) -> bytes | None:
        query = sa.select(_conversations.c.sealed).where(
            _conversations.c.sender == sender, _conversations.c.expires_at > time.time()
        )
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else bytes(found)

    def _senders(self) -> list[str]:
        with self._engine.connect() as connection:
            return [row.sender for row in connection.execute(sa.select(_conversations.c.sender))]

    def _erase(self, sender: str) -> bool:
        with self._engine.begin() as connection:
            done = connection.execute(sa.delete(_conversations).where(_conversations.c.sender == sender))
        self._empty_log()
        return bool(done.rowcount)

    def _erase_expired(self) -> int:
        with self._engine.begin() as connection:
            done = connection.execute(sa.delete(_conversations).where(_conversations.c.expires_at <= time.time()))
        self._empty_log()
        return int(done.rowcount)

    def _empty_log(self) -> None:
        """What was erased still stands in SQLite's log of writes, until that is emptied into the file."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _engine(url: str) -> sa.engine.Engine:
    address = sa.engine.make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg2")  # the one that this environment has
    # Errors of SQLAlchemy show the statement; its values stay hidden.
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(
            address, pool_pre_ping=True, pool_size=5, max_overflow=10, hide_parameters=True, future=True
        )
    if address.database and address.database != ":memory:":
        path = Path(address.database)
        private_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    # A file is opened and prepared once, not at every message: by itself SQLAlchemy keeps no connection to it.
    kept = {"poolclass": sa.pool.QueuePool} if address.database not in (None, "", ":memory:") else {}
    engine = sa.create_engine(
        address,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,
        future=True,
        **kept,
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
