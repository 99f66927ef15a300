"""What the worker decides about who learns who they are: recorded with the exact words, withdrawn until it is read."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge import sharing_words
from knowledge.phrase_book import ENGLISH
from webhook.cases import timeline
from webhook.cases.enums import Act, Actor, Choice
from webhook.cases.forgetting import forget_values
from webhook.cases.models import Case, CaseChoice
from webhook.cases.news import note_news
from webhook.cases.withheld import withheld
from webhook.database import utc_now
from webhook.privacy.vault import Vault

TABLE = "case_choices"


class ChoiceAlreadyRead(Exception):
    """An officer has read the choice: it can be changed for the future, not taken back."""


class NothingToWithdraw(Exception):
    """The worker has not shared anything that could be taken back."""


class NotAChoice(ValueError):
    """Identity was given with a choice that passes none on."""


@dataclass(frozen=True)
class SafeContact:
    """How to reach a worker without anybody else learning of it. Nothing is obligatory. Its repr shows nothing."""

    way: str = field(default="", repr=False)
    """``chat``, ``call``, ``text``, ``e-mail``, or in the worker's own words."""
    where: str = field(default="", repr=False)
    """A number or an address, when it is another than the one the chat is on."""
    time: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    """What a caller should say, who to ask for."""
    safe_word: str = field(default="", repr=False)
    """Nothing that identifies the case may be said before this word was given."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was agreed. Then nobody may be contacted until the worker writes again."""
        return not any(asdict(self).values())


@dataclass(frozen=True)
class Identity:
    """What a worker who shares passes on. Its repr shows nothing."""

    name: str = field(default="", repr=False)
    contact: SafeContact = field(default=SafeContact(), repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether neither a name nor a way of contact was given."""
        return not self.name and self.contact.is_empty


@dataclass(frozen=True)
class Preview:
    """The exact words that would be passed on, as the worker sees them, and the language they are really in."""

    text: str = field(repr=False)
    language: str = ENGLISH


@dataclass(frozen=True)
class ChoiceRecord:
    """One decision as an officer reads it. ``identity`` and ``passed_on`` are None when it was withdrawn or expired."""

    choice: Choice
    chosen_at: datetime
    read_at: datetime | None
    withdrawn_at: datetime | None
    passed_on: str | None = field(default=None, repr=False)
    identity: Identity | None = field(default=None, repr=False)


def choice_preview(*, choice: Choice, identity: Identity = Identity(), language: str = ENGLISH) -> Preview:
    """The exact words that would be passed on by this choice, in the worker's language where it has all of them.

    Raises NotAChoice for ``none_yet`` and ``withdrawn``, and for identity with a choice that passes none on.
    """
    _check(choice, identity)
    text, spoken = sharing_words.passed_on(choice.value, {"name": identity.name, **asdict(identity.contact)}, language)
    return Preview(text, spoken)


def record_choice(
    *,
    db: Session,
    vault: Vault,
    case: Case,
    choice: Choice,
    identity: Identity = Identity(),
    passed_on: str = "",
    language: str | None = None,
    at: datetime | None = None,
) -> CaseChoice:
    """Record what the worker chose, with the exact words they were shown as passed on. In the caller's transaction.

    The same choice with the same words again changes nothing. A sharing before it that no officer has read is taken
    back; one that was read stays as it was read. Raises NotAChoice.
    """
    _check(choice, identity)
    moment = at or utc_now()
    locked = _lock(db, case)
    content = {"passed_on": passed_on, "name": identity.name, "contact": asdict(identity.contact)}
    before = current_choice(db=db, case=locked)
    if before is not None and before.choice == choice and _content(vault, before) == content:
        return before
    if before is not None and before.choice == Choice.SHARE and before.read_at is None:
        _take_back(db, vault, locked, before, moment, keep=identity)
    uid = secrets.token_hex(16)
    row = CaseChoice(
        case_id=locked.id,
        uid=uid,
        choice=choice,
        chosen_at=moment,
        language=language,
        passed_on=vault.encrypt(content, table=TABLE, uid=uid),
    )
    db.add(row)
    locked.choice = choice
    note_news(db=db, case=locked, at=moment)
    timeline.note(db=db, case=locked, act=Act.CHOICE_MADE, actor=Actor.WORKER, at=moment, choice=choice)
    return row


def withdraw(*, db: Session, vault: Vault, case: Case, at: datetime | None = None) -> None:
    """Take a sharing back, so that no identity is left: in the record, the kept conversation, or what the worker said.

    Raises NothingToWithdraw, and ChoiceAlreadyRead once an officer has read it. Dialogue that holds the name elsewhere
    (Rasa's slots) is the caller's to clear.
    """
    moment = at or utc_now()
    locked = _lock(db, case)
    row = current_choice(db=db, case=locked)
    if row is None or row.choice != Choice.SHARE:
        raise NothingToWithdraw
    if row.read_at is not None:
        raise ChoiceAlreadyRead
    said_before = withheld(
        db=db, vault=vault, case=locked
    )  # changed before it was passed on, and still in what was said
    _take_back(db, vault, locked, row, moment)
    forget_values(db=db, vault=vault, case=locked, values=said_before)
    locked.choice = Choice.WITHDRAWN
    timeline.note(db=db, case=locked, act=Act.CHOICE_WITHDRAWN, actor=Actor.WORKER, at=moment)


def current_choice(*, db: Session, case: Case) -> CaseChoice | None:
    """The decision that holds now; None when there is none or it was withdrawn."""
    return db.scalars(
        select(CaseChoice)
        .where(CaseChoice.case_id == case.id, CaseChoice.withdrawn_at.is_(None))
        .order_by(CaseChoice.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()


def read_choice(*, vault: Vault, row: CaseChoice) -> ChoiceRecord:
    """A decision with what it passed on. Raises CannotOpen."""
    content = _content(vault, row)
    identity = None
    if content is not None:
        identity = Identity(content["name"], SafeContact(**content["contact"]))
    return ChoiceRecord(
        Choice(row.choice),
        row.chosen_at,
        row.read_at,
        row.withdrawn_at,
        None if content is None else content["passed_on"],
        identity,
    )


def strip_choices(*, db: Session, vault: Vault, case: Case) -> None:
    """Leave of every decision only that it was made: for a worker who has deleted everything."""
    rows = db.scalars(select(CaseChoice).where(CaseChoice.case_id == case.id, CaseChoice.passed_on.is_not(None))).all()
    for row in rows:
        forget_values(db=db, vault=vault, case=case, values=_identifying(read_choice(vault=vault, row=row).identity))
        row.passed_on = None
    db.flush()


def _check(choice: Choice, identity: Identity) -> None:
    if choice not in (Choice.SHARE, Choice.HELPLINE_ONLY, Choice.ANONYMOUS):
        raise NotAChoice("not a choice a worker makes")
    if choice is not Choice.SHARE and not identity.is_empty:
        raise NotAChoice("this choice passes no identity on")


def _lock(db: Session, case: Case) -> Case:
    return db.scalars(
        select(Case).where(Case.id == case.id).with_for_update().execution_options(populate_existing=True)
    ).one()


def _content(vault: Vault, row: CaseChoice) -> dict[str, Any] | None:
    return None if row.passed_on is None else dict(vault.decrypt(row.passed_on, table=TABLE, uid=row.uid))


def _take_back(
    db: Session, vault: Vault, case: Case, row: CaseChoice, at: datetime, keep: Identity | None = None
) -> None:
    """Empty a decision, and forget what it gave wherever it was said; but what a new decision gives again."""
    values = _identifying(read_choice(vault=vault, row=row).identity) - _identifying(keep)
    row.passed_on, row.withdrawn_at = None, at
    forget_values(db=db, vault=vault, case=case, values=values)


def _identifying(identity: Identity | None) -> set[str]:
    if identity is None:
        return set()
    given = {identity.name, identity.contact.where, identity.contact.safe_word, identity.contact.words}
    parts = {part for part in identity.name.split() if len(part) > 2}
    return {value.strip() for value in given | parts if len(value.strip()) > 1}
