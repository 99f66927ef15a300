"""Words that did not reach a worker: an officer's, or the fixed words for danger. SHOP must learn of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from webhook.cases import timeline
from webhook.cases.enums import Act
from webhook.cases.models import Case
from webhook.cases.news import note_news
from webhook.conversations.models import Message
from webhook.database import Database, utc_now

FAILED = ("failed", "undelivered")
LOOKED_AT = timedelta(days=1)
"""How far back is looked: a provider tells within minutes."""


def note_failures(database: Database, *, now: datetime | None = None) -> int:
    """Note on each open case what failed to reach its worker, once, and tell SHOP; return how many messages.

    Safe to run twice and at once. Raises DatabaseUnavailable.
    """
    moment = now or utc_now()
    with database.unit_of_work(read_only=True) as db:
        found = db.execute(
            select(Case.id, Message.id)
            .join(Message, Message.conversation_id == Case.conversation_id)
            .where(
                Case.closed_at.is_(None),
                Message.direction == "out",
                Message.status.in_(FAILED),
                Message.received_at > moment - LOOKED_AT,
                or_(Message.sender == "officer", Message.kind == "safety"),
            )
        ).all()
    noted = 0
    for case_id, message_id in found:
        with database.unit_of_work() as db:
            case = db.scalars(select(Case).where(Case.id == case_id).with_for_update()).one()
            cause = str(message_id)
            if case.closed_at is not None or timeline.has(db=db, case=case, act=Act.NOT_DELIVERED, cause=cause):
                continue
            timeline.note(db=db, case=case, act=Act.NOT_DELIVERED, cause=cause)
            note_news(db=db, case=case, at=moment)
            noted += 1
    return noted
