"""What officers write for the record: notes, and the reasons of exceptions. Encrypted, and never changed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases import timeline
from webhook.cases.desk_models import NOTES, CaseNote
from webhook.cases.enums import Act, Actor
from webhook.cases.models import Case
from webhook.database import utc_now
from webhook.privacy.vault import Vault

NOTE, IDENTITY, CONTACT, HAND_ON = "note", "identity", "contact", "hand_on"
LONGEST = 4000
SHORTEST_REASON = 20


class ReasonMissing(ValueError):
    """An exception needs its reason in words that somebody else understands later."""


@dataclass(frozen=True)
class Note:
    """One note as it is read."""

    kind: str
    staff: str
    at: datetime
    words: str = field(repr=False)


def add(
    *, db: Session, vault: Vault, case: Case, kind: str, words: str, staff: str, at: datetime | None = None
) -> CaseNote | None:
    """Keep a note; None when nothing was written. Raises ReasonMissing when a reason is too short to be one."""
    said = words.strip()[:LONGEST]
    if kind != NOTE and len(said) < SHORTEST_REASON:
        raise ReasonMissing
    if not said:
        return None
    uid = secrets.token_hex(16)
    row = CaseNote(
        case_id=case.id, uid=uid, kind=kind, staff=staff, at=at or utc_now(),
        words=vault.encrypt(said, table=NOTES, uid=uid),
    )  # fmt: skip
    db.add(row)
    if kind == NOTE:
        timeline.note(db=db, case=case, act=Act.NOTE_ADDED, actor=Actor.OFFICER, staff=staff, at=at)
    db.flush()
    return row


def of(*, db: Session, vault: Vault, case: Case) -> list[Note]:
    """The notes of a case, oldest first. Raises CannotOpen."""
    rows = db.scalars(select(CaseNote).where(CaseNote.case_id == case.id).order_by(CaseNote.id)).all()
    return [Note(row.kind, row.staff, row.at, str(vault.decrypt(row.words, table=NOTES, uid=row.uid))) for row in rows]
