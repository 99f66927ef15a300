"""What workers asked about, by month: topics, and what was not understood. Small numbers are held back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.database import utc_now
from webhook.questions.models import QuestionCount
from webhook.questions.noting import month_of
from webhook.statistics.suppression import Shown, hide_small

DIMENSIONS: dict[str, str] = {"topic": "Topics asked about", "not_understood": "Not understood, by language"}
"""What conversations are counted by. One can ask about several topics: they do not add up to anything."""


@dataclass(frozen=True)
class QuestionMonth:
    """One finished month: by dimension and value, in how many conversations it came. None is not shown."""

    name: str
    cells: dict[str, Shown]


def question_months(*, db: Session, now: datetime | None = None) -> tuple[QuestionMonth, ...]:
    """All finished months, oldest first."""
    running = month_of(now or utc_now())
    found: dict[str, dict[str, dict[str, int]]] = {}
    for row in db.scalars(select(QuestionCount).where(QuestionCount.month < running).order_by(QuestionCount.month)):
        of_month = found.setdefault(row.month, {dimension: {} for dimension in DIMENSIONS})
        of_month[row.dimension][row.value] = row.conversations
    return tuple(
        QuestionMonth(name, {dimension: hide_small(counts) for dimension, counts in cells.items()})
        for name, cells in found.items()
    )
