"""Messages, alerts and delivery statuses written down locally while the database is away, taken over once it is back.

Each record is encrypted and carries its own id; the database remembers the ids it has taken over, so that a drain that
dies half-way takes nothing over twice.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from webhook import metrics
from webhook.conversations.models import DrainedRecord
from webhook.conversations.upsert import insert_new
from webhook.database import Database, DatabaseUnavailable, utc_now
from webhook.journal import Journal, SpoolFull, SpoolUnavailable, read_lines
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen, Keyring
from webhook.settings import Settings, get_settings
from webhook.unwritten import Unwritten

__all__ = ["DrainCounts", "Spool", "SpoolFull", "SpoolRecord", "SpoolUnavailable"]

BOUND_TO = "spool"

log = logger(__name__)


@dataclass(frozen=True)
class SpoolRecord:
    """One thing written down: ``inbound``, ``alert``, ``words`` or ``status``, when, and what."""

    id: str
    kind: str
    at: datetime
    body: dict[str, Any]

    def __repr__(self) -> str:
        """Show no content."""
        return f"SpoolRecord({self.kind})"


Handler = Callable[[Session, SpoolRecord], None]


@dataclass(frozen=True)
class DrainCounts:
    """What a drain did: taken over, known already, unreadable, and left for the next time."""

    taken_over: int = 0
    known: int = 0
    damaged: int = 0
    left: int = 0


class Spool:
    """The local journal of one machine. Safe for several processes at once."""

    def __init__(self, journal: Journal, keys: Keyring) -> None:
        """Use a journal under the text keys."""
        self.journal, self.keys = journal, keys
        self.unwritten = Unwritten()

    @classmethod
    def open(cls, settings: Settings, keys: Keyring) -> Spool:
        """Return the spool the settings name, with its reserve on the disk."""
        journal = Journal(settings.spool_directory, "spool", max_bytes=settings.spool_max_bytes)
        try:
            journal.set_reserve_aside()
        except OSError:
            log.warning("spool_reserve_not_set_aside")
        return cls(journal, keys)

    def write(
        self,
        kind: str,
        body: Mapping[str, Any],
        *,
        record_id: str | None = None,
        urgent: bool = False,
        or_hold: bool = False,
    ) -> str:
        """Write a record to the disk; return its id. Raises SpoolFull, SpoolUnavailable.

        The same ``record_id`` written twice is taken over once. ``urgent`` (alerts, emergencies) may use the reserve.
        ``or_hold``: what the disk does not take is held in memory, for what nobody will be asked to send again.
        """
        chosen = record_id or secrets.token_hex(16)
        value = {"id": chosen, "kind": kind, "at": utc_now().isoformat(), "body": dict(body)}
        line = self._close(value)
        try:
            self.journal.append(line, urgent=urgent)
        except SpoolUnavailable as fault:
            if not or_hold or not self.unwritten.hold(line):
                raise
            log.critical("record_held_in_memory", record_kind=kind, reason=str(fault))
        return chosen

    def _close(self, value: dict[str, Any]) -> bytes:
        plain = json.dumps(value, separators=(",", ":")).encode("ascii")
        return base64.b64encode(self.keys.close(plain, bound_to=BOUND_TO))

    def _open(self, line: bytes) -> SpoolRecord:
        try:
            value = json.loads(self.keys.open(base64.b64decode(line, validate=True), bound_to=BOUND_TO))
        except (binascii.Error, ValueError):
            raise CannotOpen("not a record") from None
        return SpoolRecord(value["id"], value["kind"], datetime.fromisoformat(value["at"]), value["body"])

    def size(self) -> int:
        """The bytes that wait to be taken over, on the disk and in this process's memory."""
        return self.journal.size() + self.unwritten.size()

    def is_empty(self) -> bool:
        """Say whether nothing waits to be taken over."""
        return self.size() == 0

    def drain(self, database: Database, handlers: Mapping[str, Handler]) -> DrainCounts:
        """Take every record over into the database, each in a transaction of its own.

        What cannot be taken over now stays for the next time: nothing is lost. Of several callers one drains.
        """
        if self.is_empty():
            return DrainCounts()
        counts = {"taken_over": 0, "known": 0, "damaged": 0, "left": 0}
        try:
            self._drain_files(database, handlers, counts)
        finally:  # what is only in memory does not wait for a disk that is full

            def may_go(line: bytes) -> bool:
                outcome = self._take_over(line, database, handlers)
                counts[outcome] += 1
                return outcome != "left"

            self.unwritten.taken_over(may_go)
        log.info("spool_drained", **counts)
        return DrainCounts(**counts)

    def _drain_files(self, database: Database, handlers: Mapping[str, Handler], counts: dict[str, int]) -> None:
        with self.journal.only_one() as alone:
            if not alone:
                return
            for path in self.journal.take():
                left: list[bytes] = []
                for line in read_lines(path):
                    outcome = self._take_over(line, database, handlers)
                    counts[outcome] += 1
                    if outcome == "left":
                        left.append(line)
                    elif outcome == "damaged":
                        self.journal.put_aside_damaged(line)
                        metrics.count(metrics.SPOOL_DAMAGED)
                self.journal.replace(path, left)
            with suppress(OSError):  # tried again at the next drain
                self.journal.set_reserve_aside()

    def _take_over(self, line: bytes, database: Database, handlers: Mapping[str, Handler]) -> str:
        try:
            record = self._open(line)
        except CannotOpen:
            return "damaged"
        handler = handlers.get(record.kind)
        if handler is None:
            return "left"
        try:
            with database.unit_of_work() as db:
                if not insert_new(db, DrainedRecord, id=record.id, drained_at=utc_now()):
                    return "known"
                handler(db, record)
        except DatabaseUnavailable:
            return "left"
        except Exception as error:  # noqa: BLE001 - one record's fault must not hold up those behind it
            log.error("spool_record_not_taken_over", record_kind=record.kind, error=type(error).__name__)
            return "damaged" if self._is_past_hope(record) else "left"
        return "taken_over"

    def _is_past_hope(self, record: SpoolRecord) -> bool:
        """Words are not kept longer here than in the database; an alert is never given up."""
        return record.kind != "alert" and record.at <= utc_now() - timedelta(days=get_settings().text_days)

    def erase(self, pseudonym: str, *, before: datetime, keep: str) -> int:
        """Remove one person's waiting records but those of the kind ``keep``; return how many.

        Raises SpoolUnavailable when busy.
        """
        erased = 0

        def is_theirs(line: bytes) -> bool:
            nonlocal erased
            theirs = self._is_of(line, pseudonym, before, keep)
            erased += theirs
            return theirs

        self.unwritten.taken_over(is_theirs)
        with self.journal.only_one() as alone:
            if not alone:
                raise SpoolUnavailable("being drained")
            for path in self.journal.take():
                lines = read_lines(path)
                kept = [line for line in lines if not self._is_of(line, pseudonym, before, keep)]
                erased += len(lines) - len(kept)
                self.journal.replace(path, kept)
            return erased

    def _is_of(self, line: bytes, pseudonym: str, before: datetime, keep: str) -> bool:
        try:
            record = self._open(line)
        except CannotOpen:
            return False
        return record.kind != keep and record.at <= before and record.body.get("pseudonym") == pseudonym
