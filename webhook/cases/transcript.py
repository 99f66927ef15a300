"""The conversation of a case without names and numbers: read on demand, kept before its words expire."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases import timeline
from webhook.cases.enums import Act
from webhook.cases.models import Case, CaseTranscript
from webhook.cases.redaction import redact_all
from webhook.cases.spellings import spelling
from webhook.cases.withheld import WITHHELD, withheld
from webhook.conversations.content import read_content
from webhook.conversations.models import Message
from webhook.database import Database, DatabaseUnavailable, utc_now
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen
from webhook.privacy.vault import Vault

log = logger(__name__)
TABLE = "case_transcripts"


@dataclass(frozen=True)
class Line:
    """One message of the conversation, redacted. ``sender`` is ``worker``, ``service`` or ``officer``."""

    message_id: int
    sender: str
    kind: str
    language: str
    at: str
    """When, in UTC (ISO)."""
    text: str = field(repr=False)


def transcript(*, db: Session, vault: Vault, case: Case) -> list[Line]:
    """The whole conversation, redacted: what was copied before and what is there now. Raises CannotOpen."""
    kept = _kept(db, vault, case)
    live = _live(db, vault, case, after=max((line.message_id for line in kept), default=0))
    return _without(withheld(db=db, vault=vault, case=case), _redacted([*kept, *live]))


def keep_transcript(*, db: Session, vault: Vault, case: Case) -> list[Line]:
    """Copy the redacted conversation into the case, over what was copied before; return it. Raises CannotOpen.

    Idempotent. Lines copied before stay as they are, also when their messages are gone.
    """
    lines = transcript(db=db, vault=vault, case=case)
    row = db.get(CaseTranscript, case.id)
    fresh = len(lines) - (len(_kept(db, vault, case)) if row else 0)
    last = max((line.message_id for line in lines), default=0)
    if row is not None and not fresh:
        return lines
    uid = row.uid if row else secrets.token_hex(16)
    box = vault.encrypt([asdict(line) for line in lines], table=TABLE, uid=uid)
    if row is None:
        db.add(CaseTranscript(case_id=case.id, uid=uid, copied_at=utc_now(), lines=box))
    else:
        row.lines, row.copied_at = box, utc_now()
    case.copied_up_to = max(case.copied_up_to, last)
    timeline.note(db=db, case=case, act=Act.TRANSCRIPT_KEPT, messages=len(lines))
    return lines


def replace_lines(*, db: Session, vault: Vault, case: Case, lines: Sequence[Line]) -> None:
    """Put other lines in place of those copied, if any were."""
    row = db.get(CaseTranscript, case.id)
    if row is not None:
        row.lines = vault.encrypt([asdict(line) for line in lines], table=TABLE, uid=row.uid)
        db.flush()


def kept_lines(*, db: Session, vault: Vault, case: Case) -> list[Line]:
    """What was copied. Raises CannotOpen."""
    return _kept(db, vault, case)


def keep_expiring(database: Database, vault: Vault, *, now: datetime | None = None, batch: int = 200) -> int:
    """Copy the conversations of open cases whose words expire by ``now``; return how many cases were copied.

    The purge leaves the words of an open case alone until they are copied. One case that cannot be read stops no other.
    """
    moment = now or utc_now()
    with database.unit_of_work(read_only=True) as db:
        due = db.scalars(
            select(Case.id)
            .join(Message, Message.conversation_id == Case.conversation_id)
            .where(
                Case.closed_at.is_(None),
                Message.payload.is_not(None),
                Message.expires_at <= moment,
                Message.id > Case.copied_up_to,
            )
            .distinct()
            .limit(batch)
        ).all()
    done = 0
    for case_id in due:
        try:
            with database.unit_of_work() as db:
                case = db.scalars(select(Case).where(Case.id == case_id).with_for_update()).one()
                keep_transcript(db=db, vault=vault, case=case)
                done += 1
        except DatabaseUnavailable:
            raise
        except CannotOpen:
            log.error("transcript_cannot_be_opened", case=case_id)
    return done


def _kept(db: Session, vault: Vault, case: Case) -> list[Line]:
    row = db.get(CaseTranscript, case.id)
    if row is None:
        return []
    values: list[dict[str, Any]] = vault.decrypt(row.lines, table=TABLE, uid=row.uid)
    return [Line(**value) for value in values]


def _live(db: Session, vault: Vault, case: Case, after: int) -> list[Line]:
    if case.conversation_id is None:
        return []
    messages = db.scalars(
        select(Message).where(Message.conversation_id == case.conversation_id, Message.id > after).order_by(Message.id)
    ).all()
    return [line for message in messages if (line := _line(vault, message)) is not None]


def _line(vault: Vault, message: Message) -> Line | None:
    content = read_content(vault, message)
    if content is None:
        return None
    return Line(
        message_id=message.id,
        sender=message.sender,
        kind=message.kind,
        language=content.language,
        at=message.received_at.isoformat(),
        text=content.text,
    )


def _without(values: Iterable[str], lines: list[Line]) -> list[Line]:
    pattern = spelling(values)
    if pattern is None:
        return lines
    return [replace(line, text=pattern.sub(f"[{WITHHELD}]", line.text)) for line in lines]


def _redacted(lines: Iterable[Line]) -> list[Line]:
    """Redact all lines together, so that a name said once is masked in every other line too.

    What the service itself said holds its own helplines' numbers and web addresses; those stay.
    """
    listed = list(lines)
    texts = redact_all([(line.text, line.sender == "worker" or line.sender == "officer") for line in listed])
    return [
        Line(line.message_id, line.sender, line.kind, line.language, line.at, text)
        for line, text in zip(listed, texts, strict=True)
    ]
