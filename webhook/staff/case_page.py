"""What the page of a case shows, gathered in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from knowledge.sign_guidance import SignGuidance, SignNotListed, sign_guidance
from webhook.accounts import accounts
from webhook.accounts.sessions import Staff
from webhook.cases import marks, notes
from webhook.cases import service as cases
from webhook.cases.enums import WORDS, Act, Actor
from webhook.cases.models import Case
from webhook.cases.notes import Note
from webhook.cases.signs import KeptSign
from webhook.cases.summary import Summary
from webhook.cases.transcript import Line
from webhook.conversations import service
from webhook.conversations.models import Conversation
from webhook.privacy.keyring import CannotOpen
from webhook.privacy.vault import Vault


@dataclass(frozen=True)
class SignShown:
    """A sign with the guidance on it, and whether an officer found it rightly read."""

    kept: KeptSign
    guidance: SignGuidance | None
    right: bool | None


@dataclass(frozen=True)
class Event:
    """A line of the timeline."""

    at: datetime
    words: str
    who: str
    detail: Mapping[str, object]


@dataclass(frozen=True)
class CasePage:
    """Everything the page shows. Nothing in it says who the worker is."""

    summary: Summary
    claimed_by: str | None
    holder: str
    mine: bool
    claim_until: datetime | None
    signs: Sequence[SignShown]
    lines: Sequence[Line]
    unreadable: bool
    """A key is missing: words are there that cannot be shown."""
    notes: Sequence[Note]
    events: Sequence[Event]
    names: Mapping[str, str]
    taken_over: bool
    opted_out: bool


def gather(*, db: Session, vault: Vault, case: Case, staff: Staff) -> CasePage:
    """What this person sees of a case."""
    conversation = db.get(Conversation, case.conversation_id) if case.conversation_id is not None else None
    timeline = cases.timeline(db=db, case=case)
    unreadable, signs, lines, written = False, list[KeptSign](), list[Line](), list[Note]()
    try:
        signs = cases.signs_of(db=db, vault=vault, case=case)
        written = notes.of(db=db, vault=vault, case=case)
        lines = cases.transcript(db=db, vault=vault, case=case)
    except CannotOpen:
        unreadable = True
    people = [case.claimed_by, *(event.staff for event in timeline), *(note.staff for note in written)]
    names = accounts.names(db=db, uids=people)
    marked = marks.of(db=db, case=case)
    return CasePage(
        summary=cases.summary(db=db, case=case),
        claimed_by=case.claimed_by,
        holder=names.get(case.claimed_by or "", "an officer") if case.claimed_by else "",
        mine=case.claimed_by == staff.uid,
        claim_until=case.claim_until,
        signs=[SignShown(kept, _guidance(kept.sign), marked.get(kept.uid)) for kept in signs],
        lines=lines,
        unreadable=unreadable,
        notes=written,
        events=[
            Event(each.at, WORDS[Act(each.act)], names.get(each.staff or "", WORDS[Actor(each.actor)]), each.detail)
            for each in timeline
        ],
        names=names,
        taken_over=conversation is not None and conversation.taken_over,
        opted_out=conversation is not None
        and service.is_opted_out(db=db, channel=conversation.channel, pseudonym=conversation.pseudonym),
    )


def _guidance(sign: str | None) -> SignGuidance | None:
    if sign is None:
        return None
    try:
        return sign_guidance(sign)
    except SignNotListed:
        return None
