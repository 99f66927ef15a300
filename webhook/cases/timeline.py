"""The timeline of a case: a row for every act, with levels, states and counts and never a word of anybody's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases.enums import Act, Actor
from webhook.cases.models import Case, CaseEvent
from webhook.database import utc_now

Detail = str | int | bool | None


def note(
    *,
    db: Session,
    case: Case,
    act: Act,
    actor: Actor = Actor.SERVICE,
    staff: str | None = None,
    at: datetime | None = None,
    **detail: Detail,
) -> CaseEvent:
    """Add an act to a case's timeline."""
    event = CaseEvent(case_id=case.id, at=at or utc_now(), act=act, actor=actor, staff=staff, detail=detail)
    db.add(event)
    db.flush()
    return event


def timeline(*, db: Session, case: Case) -> Sequence[CaseEvent]:
    """Every act on a case, oldest first."""
    return db.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)).all()


def has(*, db: Session, case: Case, act: Act, cause: str) -> bool:
    """Whether the act of this cause stands in the timeline already."""
    rows = db.scalars(select(CaseEvent.detail).where(CaseEvent.case_id == case.id, CaseEvent.act == act)).all()
    return any(detail.get("cause") == cause for detail in rows)
