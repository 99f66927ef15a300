"""Who works on a case: taken by one officer at a time, put back, and returned to the queue when time runs out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from webhook.cases import timeline
from webhook.cases.acts import CaseIsClosed, mark_opened
from webhook.cases.enums import Act, Actor, State
from webhook.cases.models import Case
from webhook.conversations.models import Conversation
from webhook.database import Database, utc_now
from webhook.logs import logger
from webhook.notifications import outbox
from webhook.settings import Settings

log = logger(__name__)

WORKED_ON = (State.NEW, State.OPEN)
"""States in which a case must not lie still. In the others somebody else's answer is awaited."""


class TakenByAnother(Exception):
    """Another officer has the case."""


class NotYours(Exception):
    """Only who has taken the case may do this."""


def lasts(level: str, settings: Settings) -> timedelta:
    """How long a claim of a case of this level holds without an act."""
    minutes = {"emergency": settings.claim_emergency_minutes, "high": settings.claim_high_minutes}
    return timedelta(minutes=minutes.get(level, settings.claim_minutes))


def claim(*, db: Session, case: Case, staff: str, settings: Settings, at: datetime | None = None) -> None:
    """Take a case: of two officers at once one has it. Its alerts stop. Raises TakenByAnother, CaseIsClosed."""
    moment = at or utc_now()
    taken = db.execute(
        update(Case)
        .where(
            Case.id == case.id,
            Case.closed_at.is_(None),
            or_(Case.claimed_by.is_(None), Case.claimed_by == staff, _overdue(moment)),
        )
        .values(claimed_by=staff, claimed_at=moment, claim_until=moment + lasts(case.level, settings))
        .returning(Case.id)
        .execution_options(synchronize_session="fetch")
    ).first()
    db.refresh(case)
    if taken is None:
        raise CaseIsClosed if case.closed_at is not None else TakenByAnother
    timeline.note(db=db, case=case, act=Act.CLAIMED, actor=Actor.OFFICER, staff=staff, at=moment)
    mark_opened(db=db, case=case, staff=staff, at=moment, choice_too=False)
    if case.state == State.NEW:
        case.state = State.OPEN
        timeline.note(
            db=db, case=case, act=Act.STATE_CHANGED, actor=Actor.OFFICER, staff=staff, at=moment,
            before=State.NEW, state=State.OPEN,
        )  # fmt: skip


def hold(*, db: Session, reference: str, staff: str, settings: Settings, at: datetime | None = None) -> Case:
    """The case, locked, for an act of the officer who has it; the claim holds anew from now.

    Its conversation is locked first, as everybody does who holds both. Raises NotYours, CaseIsClosed.
    """
    moment = at or utc_now()
    case = _locked(db, reference)
    if case.claimed_by != staff:
        raise NotYours
    case.claim_until = moment + lasts(case.level, settings)
    return case


def _locked(db: Session, reference: str) -> Case:
    """The case, locked, its conversation before it. Raises CaseIsClosed."""
    conversation_id = db.scalars(select(Case.conversation_id).where(Case.reference == reference)).one_or_none()
    if conversation_id is not None:
        db.scalars(select(Conversation).where(Conversation.id == conversation_id).with_for_update()).one_or_none()
    case = db.scalars(
        select(Case).where(Case.reference == reference).with_for_update().execution_options(populate_existing=True)
    ).one()
    if case.closed_at is not None:
        raise CaseIsClosed
    return case


def seen_by_holder(*, db: Session, case: Case) -> None:
    """The officer who has the case, locked by the caller, has seen what is new in it: its alerts stop."""
    if case.news_at is None and case.alarm_at is None:
        return
    case.news_at = case.alarm_at = None
    outbox.cancel(db=db, case_id=case.id)


def release(*, db: Session, case: Case, staff: str, act: Act = Act.RELEASED, at: datetime | None = None) -> None:
    """Put a case, locked by the caller, back into the queue; the service talks to the worker again."""
    case.claimed_by = case.claimed_at = case.claim_until = None
    conversation = db.get(Conversation, case.conversation_id) if case.conversation_id is not None else None
    if conversation is not None and conversation.taken_over:
        conversation.taken_over = False
        timeline.note(db=db, case=case, act=Act.HANDED_BACK, staff=staff, at=at)
    timeline.note(db=db, case=case, act=act, actor=Actor.OFFICER, staff=staff, at=at)
    db.flush()


def release_for_others(*, db: Session, reference: str, staff: str, at: datetime | None = None) -> str | None:
    """A supervisor puts a case of another officer back; it rings again. Return whose it was; None when nobody's.

    Raises CaseIsClosed.
    """
    moment = at or utc_now()
    case = _locked(db, reference)
    before = case.claimed_by
    if before is None:
        return None
    release(db=db, case=case, staff=staff, act=Act.RELEASED_FOR_OTHERS, at=moment)
    _ring_again(db, case, outbox.NEWS, moment)
    return before


def return_overdue(database: Database, *, now: datetime | None = None) -> int:
    """Put every case that was taken and left alone back into the queue, and tell SHOP; return how many.

    Safe to run twice and at once. Raises DatabaseUnavailable.
    """
    moment = now or utc_now()
    with database.unit_of_work(read_only=True) as db:
        due = db.execute(select(Case.id, Case.conversation_id).where(_overdue(moment))).all()
    returned = 0
    for case_id, conversation_id in due:
        with database.unit_of_work() as db:
            if conversation_id is not None:
                db.scalars(select(Conversation).where(Conversation.id == conversation_id).with_for_update()).first()
            case = db.scalars(
                select(Case).where(Case.id == case_id, _overdue(moment)).with_for_update(skip_locked=True)
            ).one_or_none()
            if case is None or case.claimed_by is None:
                continue
            release(db=db, case=case, staff=case.claimed_by, act=Act.RETURNED, at=moment)
            _ring_again(db, case, outbox.RETURNED, moment)
            returned += 1
    if returned:
        log.warning("cases_returned", count=returned)
    return returned


def _ring_again(db: Session, case: Case, kind: str, moment: datetime) -> None:
    """Nobody has the case any more: it waits unread, and SHOP is told."""
    case.news_at = case.news_at or moment
    if case.level == "emergency":
        case.alarm_at = case.alarm_at or moment
    outbox.queue(db=db, case=case, kind=kind, now=moment)


def _overdue(moment: datetime) -> ColumnElement[bool]:
    return and_(
        Case.closed_at.is_(None),
        Case.claim_until.is_not(None),
        Case.claim_until <= moment,
        or_(Case.state.in_(WORKED_ON), Case.news_at.is_not(None)),
    )
