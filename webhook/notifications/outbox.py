"""The outbox: what SHOP must be told, queued in the transaction of the case and sent later, each once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from webhook.cases.models import Case
from webhook.conversations.upsert import insert_new
from webhook.database import utc_now
from webhook.notifications.models import Notice

NEW_CASE, EMERGENCY, NEWS, RETURNED = "new_case", "emergency", "news", "returned"
QUEUED, SENDING, SENT, CANCELLED = "queued", "sending", "sent", "cancelled"

LEASE_SECONDS = 180
"""How long one try may take before another process tries again: more than a mail's steps, each with its limit, take."""


class NoticeTakenOver(Exception):
    """The notice was cancelled, or another process sends it now."""


def queue(*, db: Session, case: Case, kind: str, number: int | None = None, now: datetime | None = None) -> bool:
    """Queue a notice in the caller's transaction. With ``number`` only if the case has none of that number yet."""
    chosen = number if number is not None else last_number(db=db, case_id=case.id) + 1
    return insert_new(
        db,
        Notice,
        case_id=case.id,
        number=chosen,
        uid=secrets.token_hex(16),
        kind=kind,
        status=QUEUED,
        queued_at=now or utc_now(),
        attempts=0,
    )


def last_number(*, db: Session, case_id: int) -> int:
    """The number of a case's newest notice; nought when it has none."""
    return db.scalars(select(func.max(Notice.number)).where(Notice.case_id == case_id)).one() or 0


def claim(*, db: Session, limit: int = 1, now: datetime | None = None) -> Sequence[Notice]:
    """Take notices to send, emergencies first, each leased under ``notice.lease``; commit before sending.

    A notice whose sender was killed comes back when its lease ends.
    """
    moment = now or utc_now()
    notices = db.scalars(
        select(Notice)
        .where(
            Notice.status.in_((QUEUED, SENDING)),
            or_(Notice.leased_until.is_(None), Notice.leased_until <= moment),
        )
        .order_by((Notice.kind != EMERGENCY), Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for notice in notices:
        notice.status = SENDING
        notice.lease = secrets.token_hex(16)
        notice.leased_until = moment + timedelta(seconds=LEASE_SECONDS)
        notice.attempts += 1
    db.flush()
    return notices


def mark_sent(*, db: Session, notice_id: int, lease: str | None, now: datetime | None = None) -> Notice:
    """Note that the mail server took it. Raises NoticeTakenOver."""
    notice = _held(db, notice_id, lease)
    notice.status, notice.sent_at, notice.last_error = SENT, now or utc_now(), None
    notice.lease, notice.leased_until = None, None
    db.flush()
    return notice


def put_off(*, db: Session, notice_id: int, lease: str | None, error: str, at: datetime) -> None:
    """Try again from ``at`` on. Raises NoticeTakenOver."""
    notice = _held(db, notice_id, lease)
    notice.status, notice.last_error = QUEUED, error[:32]
    notice.lease, notice.leased_until = None, at
    db.flush()


def cancel(*, db: Session, case_id: int) -> int:
    """Cancel what still waits for a case that somebody has read; return how many."""
    rows = db.execute(
        update(Notice)
        .where(Notice.case_id == case_id, Notice.status.in_((QUEUED, SENDING)))
        .values(status=CANCELLED, lease=None, leased_until=None)
        .returning(Notice.id)
        .execution_options(synchronize_session="fetch")
    ).all()
    return len(rows)


def count_waiting(*, db: Session) -> int:
    """How many notices are not sent yet."""
    return db.scalars(select(func.count(Notice.id)).where(Notice.status.in_((QUEUED, SENDING)))).one()


def _held(db: Session, notice_id: int, lease: str | None) -> Notice:
    notice = db.scalars(
        select(Notice)
        .where(Notice.id == notice_id, Notice.lease == lease, Notice.status == SENDING)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if notice is None:
        raise NoticeTakenOver(notice_id)
    return notice
