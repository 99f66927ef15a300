"""Something waits that no officer has read: noted on the case, and told to SHOP once until somebody has read it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webhook.cases.models import Case
from webhook.notifications import outbox


def note_news(*, db: Session, case: Case, at: datetime, emergency: bool = False, kind: str = outbox.NEWS) -> None:
    """Note it on a case locked by the caller. What waits unread already is not announced twice; an emergency is.

    Whoever set ``news_at`` without a notice would keep from SHOP what comes after it, too.
    """
    if emergency and case.alarm_at is None:
        case.alarm_at, case.news_at = at, case.news_at or at
        outbox.queue(db=db, case=case, kind=outbox.EMERGENCY, now=at)
    elif case.news_at is None:
        case.news_at = at
        outbox.queue(db=db, case=case, kind=kind, now=at)
