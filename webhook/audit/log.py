"""Writing the audit log, and verifying that nobody has changed it.

Each entry carries an HMAC over itself and the mark of the entry before, under a key of the service: an entry that was
changed, put in or taken out breaks the chain, and whoever has only the database cannot mend it.
``python -m webhook.audit.verify`` verifies it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webhook.audit.models import AuditEntry
from webhook.database import utc_now
from webhook.privacy.vault import Vault

START = "0" * 64
ONE_AT_A_TIME = 4_207_402
"""PostgreSQL's advisory lock for writing: the chain has one end. SQLite has one writer anyway."""
LONGEST_DETAIL = 64

Detail = str | int | bool | None


class DetailUnfit(ValueError):
    """A detail is longer than an id, a state or a count can be: it may hold somebody's words."""


@dataclass(frozen=True)
class Verified:
    """What a verification found. ``fault`` is None when the chain is whole."""

    entries: int
    first: int | None
    last: int | None
    head: str
    fault: str | None = None


def write(
    *,
    db: Session,
    vault: Vault,
    act: str,
    staff: str | None,
    about: str | None = None,
    at: datetime | None = None,
    **detail: Detail,
) -> AuditEntry:
    """Add an entry in the caller's transaction: the act and its record stand or fall together. Raises DetailUnfit."""
    if any(isinstance(value, str) and len(value) > LONGEST_DETAIL for value in detail.values()):
        raise DetailUnfit
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
    before = db.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).first()
    entry = AuditEntry(
        at=at or utc_now(),
        act=act,
        staff=staff,
        about=about,
        detail=detail,
        previous=before.mark if before else START,
        previous_at=before.at if before else None,
    )
    entry.mark = _mark(_key(vault), entry)
    db.add(entry)
    db.flush()
    return entry


def verify(*, db: Session, vault: Vault, kept_for: timedelta, now: datetime | None = None) -> Verified:
    """Go through the whole log. Entries may be missing at its beginning only, and only old ones."""
    moment, key = now or utc_now(), _key(vault)
    count, first, last, head = 0, None, None, START
    for entry in _all(db):
        if first is None:
            first = entry.id
            if entry.previous != START and (entry.previous_at is None or entry.previous_at > moment - kept_for):
                return Verified(count, first, last, head, f"entries before {entry.id} are missing before their time")
        elif entry.previous != head:
            return Verified(count, first, last, head, f"entry {entry.id} does not follow the one before it")
        if not hmac.compare_digest(entry.mark, _mark(key, entry)):
            return Verified(count, first, last, head, f"entry {entry.id} was changed")
        count, last, head = count + 1, entry.id, entry.mark
    return Verified(count, first, last, head)


def entries(
    *, db: Session, about: str | None = None, staff: str | None = None, act: str | None = None,
    before: int | None = None, limit: int = 50,
) -> Sequence[AuditEntry]:  # fmt: skip
    """Entries, newest first."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    for column, value in ((AuditEntry.about, about), (AuditEntry.staff, staff), (AuditEntry.act, act)):
        if value:
            query = query.where(column == value)
    if before:
        query = query.where(AuditEntry.id < before)
    return db.scalars(query).all()


def _all(db: Session) -> Iterable[AuditEntry]:
    return db.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000))


def _key(vault: Vault) -> bytes:
    # The pseudonym key is the one key that is never changed.
    return hmac.new(vault.pseudonym_key, b"audit log", hashlib.sha256).digest()


def _mark(key: bytes, entry: AuditEntry) -> str:
    written = [
        entry.at.isoformat(), entry.act, entry.staff, entry.about, entry.detail, entry.previous,
        entry.previous_at.isoformat() if entry.previous_at else None,
    ]  # fmt: skip
    content = json.dumps(written, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(key, content.encode("ascii"), hashlib.sha256).hexdigest()
