"""A worker's words for the officer: English beside the original, made of the redacted lines only.

A translation belongs to the exact words it was made of. When more is redacted, or a worker takes something back, those
are other words: the old translation is not shown any more and a new one is made.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from understanding import language as languages
from webhook.cases.models import Case
from webhook.cases.redaction import redact_all
from webhook.cases.transcript import Line, transcript
from webhook.conversations.models import Message
from webhook.database import Database, utc_now
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen
from webhook.privacy.vault import Vault
from webhook.translation.models import CASE_TRANSLATIONS, CaseTranslation
from webhook.translation.packages import ENGLISH, can_translate, installed
from webhook.translation.process import NOT_STARTED
from webhook.translation.translator import NeverTranslated, NoTranslation, PairNotInstalled, Translator

log = logger(__name__)

State = tuple[int, int, int, int]
MOST_TRIES = 3
"""A text on which the process hung or died so often is left alone."""


@dataclass(frozen=True)
class Beside:
    """What stands beside a line: its English, or why there is none."""

    language: str
    text: str | None = field(repr=False)
    withheld: str | None = None


@dataclass(frozen=True)
class Wanted:
    """A line that has no translation of its words yet."""

    case_id: int
    message_id: int
    language: str
    text: str = field(repr=False)


def beside(*, db: Session, vault: Vault, case: Case, lines: Sequence[Line]) -> Mapping[int, Beside]:
    """The translations of these lines, by the id of their message. Raises CannotOpen."""
    by_id = {line.message_id: line for line in lines}
    found: dict[int, Beside] = {}
    for row in db.scalars(select(CaseTranslation).where(CaseTranslation.case_id == case.id)).all():
        line = by_id.get(row.message_id)
        if line is None:
            continue
        words = vault.decrypt(row.words, table=CASE_TRANSLATIONS, uid=row.uid)
        if words["of"] == _mark(line.text):
            found[row.message_id] = Beside(words["language"], words["text"], words["withheld"])
    return found


def wanted(database: Database, vault: Vault, *, seen: dict[int, State] | None = None) -> Iterator[Wanted]:
    """The lines of open cases that wait for English, newest case first. `seen` leaves out what has not changed.

    Raises DatabaseUnavailable.
    """
    remembered = seen if seen is not None else {}
    with database.unit_of_work(read_only=True) as db:
        states = _states(db)
    for case_id, state in states.items():
        if remembered.get(case_id) == state:
            continue
        try:
            with database.unit_of_work(read_only=True) as db:
                case = db.get(Case, case_id)
                found = _wanted_of(db, vault, case) if case is not None else []
        except CannotOpen:
            log.error("case_not_translated", case=case_id)
            found = []
        yield from found  # what is done with them takes seconds: no transaction is open meanwhile
        remembered[case_id] = state


def translate_line(database: Database, vault: Vault, translator: Translator, line: Wanted) -> bool:
    """Make one translation and keep it, or why there is none. False when no process came up, which is no try.

    Raises DatabaseUnavailable.
    """
    try:
        made = translator.translate(line.text, line.language, ENGLISH)
    except (NeverTranslated, PairNotInstalled):
        return True
    except NoTranslation as fault:
        log.warning("not_translated", reason=fault.reason)
        if fault.reason == NOT_STARTED:
            return False
        _keep(database, vault, line, None, fault.reason, failed=True)
        return True
    text = redact_all([(made.text, True)])[0] if made.text is not None else None
    _keep(database, vault, line, text, made.withheld)
    return True


def _states(db: Session) -> dict[int, State]:
    """Of every open case the worker's newest message, its translations, their tries, and the packages: what changed."""
    newest = (
        select(Case.id, func.max(Message.id))
        .join(Message, Message.conversation_id == Case.conversation_id)
        .where(Case.closed_at.is_(None), Message.direction == "in")
        .group_by(Case.id)
        .order_by(func.max(Message.id).desc())
    )
    counted = select(CaseTranslation.case_id, func.count(), func.sum(CaseTranslation.tries))
    made = {row[0]: (row[1], int(row[2])) for row in db.execute(counted.group_by(CaseTranslation.case_id)).all()}
    packages = len(installed())
    return {case_id: (last, *made.get(case_id, (0, 0)), packages) for case_id, last in db.execute(newest).all()}


def _wanted_of(db: Session, vault: Vault, case: Case) -> list[Wanted]:
    lines = [line for line in transcript(db=db, vault=vault, case=case) if line.sender == "worker" and line.text]
    there = beside(db=db, vault=vault, case=case, lines=lines)
    tried = {
        row.message_id: row.tries
        for row in db.scalars(select(CaseTranslation).where(CaseTranslation.case_id == case.id)).all()
    }
    found = []
    for line in lines:
        kept = there.get(line.message_id)
        if kept is not None and (kept.text or not 0 < tried.get(line.message_id, 0) < MOST_TRIES):
            continue
        spoken = spoken_in(line.text, case.language)
        if spoken and can_translate(spoken, ENGLISH):
            found.append(Wanted(case.id, line.message_id, spoken, line.text))
    return found


def spoken_in(text: str, before: str | None) -> str | None:
    """The language of a line, where it is another than English."""
    found = languages.guess(text, keep=before).language
    return None if found in (ENGLISH, "und") else found


def _keep(
    database: Database, vault: Vault, line: Wanted, text: str | None, withheld: str | None, *, failed: bool = False
) -> None:
    with database.unit_of_work() as db:
        if db.get(Case, line.case_id) is None:
            return
        row = db.get(CaseTranslation, (line.case_id, line.message_id), with_for_update=True)
        if row is None:
            row = CaseTranslation(
                case_id=line.case_id, message_id=line.message_id, uid=secrets.token_hex(16), tries=0,
                made_at=utc_now(), words=b"",
            )  # fmt: skip
            db.add(row)
        words = {"of": _mark(line.text), "language": line.language, "text": text, "withheld": withheld}
        row.words = vault.encrypt(words, table=CASE_TRANSLATIONS, uid=row.uid)
        row.tries = row.tries + 1 if failed else 0
        row.made_at = utc_now()


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
