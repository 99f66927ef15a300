"""What the page of a case shows, gathered in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from knowledge.hand_ons import Body, bodies
from knowledge.sign_guidance import SignGuidance, SignNotListed, sign_guidance
from webhook.accounts import accounts
from webhook.accounts.sessions import Staff
from webhook.cases import checklists, hand_ons, marks, notes, officer_messages
from webhook.cases import service as cases
from webhook.cases.checklists import Checklist
from webhook.cases.contact import WORDS as WAY_WORDS
from webhook.cases.contact import Situation, way_out
from webhook.cases.enums import WORDS, Act, Actor
from webhook.cases.hand_ons import Passed
from webhook.cases.models import Case
from webhook.cases.notes import Note
from webhook.cases.officer_messages import Delivery
from webhook.cases.signs import KeptSign
from webhook.cases.summary import Summary
from webhook.cases.transcript import Line
from webhook.conversations import service
from webhook.conversations.models import Conversation
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.privacy.keyring import CannotOpen
from webhook.translation.case_words import Beside, beside


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
    situation: Situation | None
    way: str
    """How an officer's words would leave now, in words."""
    window_open: bool
    deliveries: Mapping[int, Delivery]
    translations: Mapping[int, Beside]
    """A machine's English beside the worker's messages, by their id."""
    hand_ons: Sequence[Passed]
    checklists: Sequence[Checklist]
    begun: Sequence[str]
    """The ids of those that were filled in."""
    bodies: Mapping[str, Body]


def gather(*, db: Session, gateway: Gateway, case: Case, staff: Staff) -> CasePage:
    """What this person sees of a case."""
    vault, now = gateway.vault, utc_now()
    conversation = db.get(Conversation, case.conversation_id) if case.conversation_id is not None else None
    timeline = cases.timeline(db=db, case=case)
    unreadable, signs, lines, written, passed = False, list[KeptSign](), list[Line](), list[Note](), list[Passed]()
    found: Situation | None = None
    translations: Mapping[int, Beside] = {}
    try:
        silence = timedelta(minutes=gateway.settings.silence_minutes)
        found = officer_messages.situation(db=db, vault=vault, case=case, silence=silence, now=now)
        passed = hand_ons.of(db=db, vault=vault, case=case)
        signs = cases.signs_of(db=db, vault=vault, case=case)
        written = notes.of(db=db, vault=vault, case=case)
        lines = cases.transcript(db=db, vault=vault, case=case)
        translations = beside(db=db, vault=vault, case=case, lines=lines)
    except CannotOpen:
        unreadable = True
    people = [case.claimed_by, *(each.staff for each in timeline), *(each.staff for each in written)]
    patience = timedelta(minutes=gateway.settings.late_reply_minutes)
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
        situation=found,
        way=WAY_WORDS[way_out(found, now=now, patience=patience)] if found else "",
        window_open=found is None or found.window_open(now),
        deliveries=officer_messages.deliveries(db=db, case=case),
        translations=translations,
        hand_ons=passed,
        checklists=checklists.all_checklists(),
        begun=checklists.begun(db=db, case=case),
        bodies=bodies(),
    )


def _guidance(sign: str | None) -> SignGuidance | None:
    if sign is None:
        return None
    try:
        return sign_guidance(sign)
    except SignNotListed:
        return None
