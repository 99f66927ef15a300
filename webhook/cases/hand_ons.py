"""Handing a case on: the summary that goes out, who may be told what on whose word, and the record of it."""

from __future__ import annotations

import enum
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.hand_ons import Body
from knowledge.sign_guidance import sign_said
from webhook.cases import notes, officer_messages, timeline
from webhook.cases.desk_models import HAND_ONS, CaseHandOn
from webhook.cases.enums import WORDS, Act, Actor, Choice, State
from webhook.cases.models import Case
from webhook.cases.sharing import Identity
from webhook.cases.signs import signs_of
from webhook.cases.transcript import transcript
from webhook.database import utc_now
from webhook.privacy.vault import Vault

LONGEST = 6000


class Basis(enum.StrEnum):
    """On whose word a body is told."""

    NAMELESS = "nameless"
    WORKER_SAID_YES = "worker_said_yes"
    DANGER = "danger"


BASIS_WORDS: dict[Basis, str] = {
    Basis.NAMELESS: "Without anything that says who the worker is.",
    Basis.WORKER_SAID_YES: "The worker said yes to this body.",
    Basis.DANGER: "Danger to life or to a child, with a supervisor's written reason.",
}


class ConsentMissing(Exception):
    """This body may be told this only after the worker's own yes to it, or for danger with a supervisor's reason."""


class YesNotShown(Exception):
    """It was not said where the worker said yes: a message of theirs, or in words how."""


class NothingToPassOn(Exception):
    """Identity was to go along, but the worker shares none, or nobody has read it yet."""


class SummaryMissing(ValueError):
    """There is no summary, or it is too long for one page."""


@dataclass(frozen=True)
class Wish:
    """What an officer wants to pass on."""

    body: Body
    with_identity: bool
    basis: Basis
    summary: str = field(repr=False)
    yes_message: int | None = None
    """The worker's message in which they said yes."""
    yes_words: str = field(default="", repr=False)
    """How they said yes, where it was not in the chat."""
    reason: str = field(default="", repr=False)


@dataclass(frozen=True)
class Passed:
    """One hand-on as it is read later."""

    uid: str
    body: str
    with_identity: bool
    basis: Basis
    staff: str
    at: datetime
    summary: str = field(repr=False)


def draft(*, db: Session, vault: Vault, case: Case, body: Body, with_identity: bool, for_danger: bool = False) -> str:
    """A summary to start from: only what the choice allows. Raises CannotOpen, NothingToPassOn.

    ``for_danger``: whoever asks may decide against the choice. Then a place is left for what they open by their reason.
    """
    lines = [
        f"For: {body.name}",
        f"From: SHOP, Sandwell. Case {case.reference}",
        "",
        f"How grave: {case.level}",
    ]
    signs = signs_of(db=db, vault=vault, case=case)
    if signs:
        lines += ["What the worker told us:"]
        lines += [
            f"- {sign_said(each.sign) if each.sign else 'The message showed danger.'}"
            + (f' In their words: "{each.words}"' if each.words else "")
            for each in signs
        ]
    lines += ["", f"What the worker chose: {WORDS[Choice(case.choice)]}"]
    if with_identity:
        try:
            lines += ["", *_identity_lines(_shared(db, vault, case))]
        except NothingToPassOn:
            if not for_danger:
                raise
            lines += ["", "Who the worker is: "]
    else:
        lines += ["", "The worker is not named. Do not try to find out who it is."]
    lines += ["", "What we ask of you: "]
    return "\n".join(lines)


def check(*, db: Session, vault: Vault, case: Case, wish: Wish, supervisor: bool) -> None:
    """Whether it may go out. Raises ConsentMissing, YesNotShown, NothingToPassOn, SummaryMissing, CannotOpen."""
    if not wish.summary.strip() or len(wish.summary) > LONGEST:
        raise SummaryMissing
    if wish.basis is Basis.NAMELESS and wish.body.needs_consent(wish.with_identity):
        raise ConsentMissing
    if wish.basis is Basis.DANGER and not supervisor:
        raise ConsentMissing
    if wish.basis is Basis.WORKER_SAID_YES:
        theirs = {line.message_id for line in transcript(db=db, vault=vault, case=case) if line.sender == "worker"}
        if wish.yes_message not in theirs and len(wish.yes_words.strip()) < notes.SHORTEST_REASON:
            raise YesNotShown
    if wish.with_identity and wish.basis is not Basis.DANGER:
        _shared(db, vault, case)


def record(
    *, db: Session, vault: Vault, case: Case, wish: Wish, staff: str, supervisor: bool, at: datetime | None = None
) -> CaseHandOn:
    """Write a hand-on down; the case is then handed on. ``case`` is held or locked by the caller.

    Raises what ``check`` raises, and ReasonMissing for danger without a written reason.
    """
    check(db=db, vault=vault, case=case, wish=wish, supervisor=supervisor)
    moment, uid = at or utc_now(), secrets.token_hex(16)
    if wish.basis is Basis.DANGER:
        notes.add(db=db, vault=vault, case=case, kind=notes.HAND_ON, words=wish.reason, staff=staff, at=moment)
    elif wish.basis is Basis.WORKER_SAID_YES:
        how = wish.yes_words.strip() or f"The worker said yes to {wish.body.name} in message {wish.yes_message}."
        notes.add(db=db, vault=vault, case=case, kind=notes.HAND_ON, words=how, staff=staff, at=moment)
    row = CaseHandOn(
        case_id=case.id, uid=uid, body=wish.body.id, with_identity=wish.with_identity, basis=wish.basis, staff=staff,
        at=moment, summary=vault.encrypt(wish.summary.strip(), table=HAND_ONS, uid=uid),
    )  # fmt: skip
    db.add(row)
    timeline.note(
        db=db, case=case, act=Act.HANDED_ON, actor=Actor.OFFICER, staff=staff, at=moment, body=wish.body.id,
        basis=wish.basis, identity=wish.with_identity,
    )  # fmt: skip
    if case.state != State.HANDED_ON:
        before, case.state = case.state, State.HANDED_ON
        timeline.note(
            db=db, case=case, act=Act.STATE_CHANGED, actor=Actor.OFFICER, staff=staff, at=moment,
            before=before, state=State.HANDED_ON,
        )  # fmt: skip
    db.flush()
    return row


def of(*, db: Session, vault: Vault, case: Case) -> list[Passed]:
    """The hand-ons of a case, oldest first. Raises CannotOpen."""
    rows = db.scalars(select(CaseHandOn).where(CaseHandOn.case_id == case.id).order_by(CaseHandOn.id)).all()
    return [
        Passed(
            row.uid, row.body, row.with_identity, Basis(row.basis), row.staff, row.at,
            str(vault.decrypt(row.summary, table=HAND_ONS, uid=row.uid)),
        )
        for row in rows
    ]  # fmt: skip


def _shared(db: Session, vault: Vault, case: Case) -> Identity:
    """What the worker shares, once an officer has read it: what nobody has read cannot be passed on."""
    if officer_messages.plan_of(db=db, vault=vault, case=case) is None:
        raise NothingToPassOn
    identity = officer_messages.shared_identity(db=db, vault=vault, case=case)
    if identity is None or identity.is_empty:
        raise NothingToPassOn
    return identity


def _identity_lines(identity: Identity) -> list[str]:
    contact = identity.contact
    given = (
        ("Name", identity.name), ("How to reach them", contact.way), ("Where", contact.where),
        ("When it is safe", contact.time), ("What to say", contact.words),
        ("Safe word, ask for it first", contact.safe_word),
    )  # fmt: skip
    return [f"{key}: {value}" for key, value in given if value]
