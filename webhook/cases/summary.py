"""A case in short, for a queue or the head of its page: no word and no identity of the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases.enums import Choice, CloseReason, State
from webhook.cases.models import Case, CaseSign
from webhook.database import utc_now


@dataclass(frozen=True)
class Head:
    """What stands of a case in the queue and on its own page."""

    name: str
    reference: str
    level: str
    state: State
    choice: Choice
    channel: str
    language: str | None
    opened_at: datetime
    unread: bool
    alarm: bool

    @staticmethod
    def of(case: Case) -> dict[str, Any]:
        """Its values, for whatever has more besides."""
        return {
            "name": case.name, "reference": case.reference, "level": case.level, "state": State(case.state),
            "choice": Choice(case.choice), "channel": case.channel, "language": case.language,
            "opened_at": case.opened_at, "unread": case.news_at is not None, "alarm": case.alarm_at is not None,
        }  # fmt: skip


@dataclass(frozen=True)
class Summary(Head):
    """What an officer sees before opening a case."""

    signs: tuple[str, ...]
    """Ids in knowledge/signs.yml, each once, in the order they were first shown."""
    waiting: timedelta
    """How long nobody has read it; nought once somebody has."""
    deletion_asked: bool
    reachable: bool
    """Whether its conversation is still there."""
    close_reason: CloseReason | None


def summary(*, db: Session, case: Case, now: datetime | None = None) -> Summary:
    """The case in short."""
    rows = db.scalars(
        select(CaseSign.sign).where(CaseSign.case_id == case.id, CaseSign.sign.is_not(None)).order_by(CaseSign.id)
    ).all()
    moment = now or utc_now()
    return Summary(
        **Head.of(case),
        signs=tuple(dict.fromkeys(str(row) for row in rows)),
        waiting=timedelta() if case.first_read_at else max(moment - case.opened_at, timedelta()),
        deletion_asked=case.deletion_asked_at is not None,
        reachable=case.conversation_id is not None,
        close_reason=CloseReason(case.close_reason) if case.close_reason else None,
    )
