"""What is done to a case: read, its state changed, closed; and what the worker says about it later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webhook.cases import timeline
from webhook.cases.enums import Act, Actor, CloseReason, State
from webhook.cases.models import Case, CaseChoice
from webhook.cases.news import note_news
from webhook.cases.opening import open_case_of
from webhook.conversations.models import Conversation
from webhook.database import utc_now
from webhook.notifications import outbox


class CaseIsClosed(Exception):
    """The case is closed: nothing is changed on it any more."""


def find(*, db: Session, reference: str, lock: bool = False) -> Case | None:
    """The case of a reference in its plain form (``read_reference``)."""
    query = select(Case).where(Case.reference == reference)
    return db.scalars(query.with_for_update() if lock else query).one_or_none()


def case_reference(*, db: Session, conversation: Conversation) -> str | None:
    """The reference of the conversation's open case, for the worker to quote; None without one."""
    return db.scalars(
        select(Case.reference).where(Case.conversation_id == conversation.id, Case.closed_at.is_(None))
    ).one_or_none()


def mark_opened(*, db: Session, case: Case, staff: str, at: datetime | None = None, choice_too: bool = True) -> None:
    """An officer has opened the case: alerts stop, and a sharing can no longer be withdrawn.

    Without ``choice_too`` what the worker shared stays sealed, and can still be withdrawn (``mark_choice_read``).
    """
    moment = at or utc_now()
    locked = _lock(db, case)
    locked.first_read_at = locked.first_read_at or moment
    locked.news_at = locked.alarm_at = None
    if choice_too:
        mark_choice_read(db=db, case=locked, at=moment)
    outbox.cancel(db=db, case_id=locked.id)
    timeline.note(db=db, case=locked, act=Act.READ, actor=Actor.OFFICER, staff=staff, at=moment)


def mark_choice_read(*, db: Session, case: Case, at: datetime | None = None) -> None:
    """An officer reads what the worker shares: from now on it can no longer be withdrawn. ``case`` is locked."""
    db.execute(
        update(CaseChoice)
        .where(CaseChoice.case_id == case.id, CaseChoice.read_at.is_(None), CaseChoice.withdrawn_at.is_(None))
        .values(read_at=at or utc_now())
        .execution_options(synchronize_session="fetch")
    )


def change_state(*, db: Session, case: Case, state: State, staff: str, at: datetime | None = None) -> None:
    """Move an open case to another state. Raises CaseIsClosed; to close one use ``close_case``."""
    locked = _lock_open(db, case)
    if state is State.CLOSED:
        raise ValueError("a case is closed with a reason")
    before, locked.state = locked.state, state
    timeline.note(
        db=db, case=locked, act=Act.STATE_CHANGED, actor=Actor.OFFICER, staff=staff, at=at, before=before, state=state
    )


def close_case(
    *,
    db: Session,
    case: Case,
    reason: CloseReason,
    staff: str | None = None,
    actor: Actor = Actor.OFFICER,
    at: datetime | None = None,
) -> None:
    """Close a case; from now on its time of keeping runs. Raises CaseIsClosed."""
    moment = at or utc_now()
    locked = _lock_open(db, case)
    locked.state, locked.closed_at, locked.close_reason = State.CLOSED, moment, reason
    locked.news_at = locked.alarm_at = locked.claimed_by = locked.claimed_at = locked.claim_until = None
    outbox.cancel(db=db, case_id=locked.id)
    timeline.note(db=db, case=locked, act=Act.CLOSED, actor=actor, staff=staff, at=moment, reason=reason)


def note_joke(
    *, db: Session, conversation: Conversation, message_id: int | None = None, at: datetime | None = None
) -> bool:
    """Record that the worker says it was a joke or a mistake. It lowers nothing. False without an open case."""
    case = open_case_of(db=db, conversation_id=conversation.id)
    if case is None:
        return False
    note_news(db=db, case=case, at=at or utc_now())
    timeline.note(db=db, case=case, act=Act.JOKE_SAID, actor=Actor.WORKER, at=at, message=message_id)
    return True


def _lock(db: Session, case: Case) -> Case:
    return db.scalars(
        select(Case).where(Case.id == case.id).with_for_update().execution_options(populate_existing=True)
    ).one()


def _lock_open(db: Session, case: Case) -> Case:
    locked = _lock(db, case)
    if locked.closed_at is not None:
        raise CaseIsClosed
    return locked
