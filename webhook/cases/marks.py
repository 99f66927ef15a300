"""Signs marked as read rightly or wrongly, for the learning loop. A mark lowers no level and closes no case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases import timeline
from webhook.cases.desk_models import CaseMark
from webhook.cases.enums import Act, Actor
from webhook.cases.models import Case, CaseSign
from webhook.database import utc_now


class SignNotKnown(LookupError):
    """The case has no such sign."""


def mark(*, db: Session, case: Case, sign_uid: str, right: bool, staff: str, at: datetime | None = None) -> None:
    """Note whether a sign of the case was read rightly; a later word replaces it. Raises SignNotKnown."""
    sign = db.scalars(select(CaseSign).where(CaseSign.uid == sign_uid, CaseSign.case_id == case.id)).one_or_none()
    if sign is None:
        raise SignNotKnown
    moment = at or utc_now()
    row = db.get(CaseMark, sign.id)
    if row is None:
        db.add(CaseMark(sign_id=sign.id, case_id=case.id, right=right, staff=staff, at=moment))
    else:
        row.right, row.staff, row.at = right, staff, moment
    timeline.note(
        db=db, case=case, act=Act.SIGN_MARKED, actor=Actor.OFFICER, staff=staff, at=moment, sign=sign.sign, right=right
    )


def of(*, db: Session, case: Case) -> dict[str, bool]:
    """The marks of a case's signs, by the uid of the sign."""
    rows = db.execute(
        select(CaseSign.uid, CaseMark.right)
        .join(CaseMark, CaseMark.sign_id == CaseSign.id)
        .where(CaseMark.case_id == case.id)
    ).all()
    return {row.uid: row.right for row in rows}
