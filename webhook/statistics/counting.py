"""Counting cases by month, and holding back what is too small to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases.models import Case, CaseSign
from webhook.database import utc_now
from webhook.statistics.suppression import SMALLEST, Shown, hide_small, hide_with_total

LONDON = ZoneInfo("Europe/London")
WAITS = ((5, "within 5 minutes"), (60, "within an hour"), (24 * 60, "within a day"))
LATER, NEVER = "later", "not opened"
SIGN = "sign"
DIMENSIONS: dict[str, str] = {
    "level": "Level",
    "channel": "Channel",
    "language": "Language",
    "choice": "Choice of the worker",
    "why": "Why it was raised",
    "first_opening": "Time to the first opening",
    "outcome": "Outcome",
    SIGN: "Sign",
}
"""What cases are counted by. A case can show several signs: they do not add up to the number of cases."""


@dataclass(frozen=True)
class Month:
    """The cases opened in one month. A count of None is not shown."""

    name: str
    """Such as ``2026-10``."""
    total: int | None
    cells: Mapping[str, Shown]
    """By dimension, then by value."""
    median_minutes: int | None
    """How long half of the cases waited for their first opening at most."""


@dataclass(frozen=True)
class Statistics:
    """All finished months, oldest first. ``total`` is None where it would tell a month that is not shown."""

    months: tuple[Month, ...]
    total: int | None


@dataclass(frozen=True)
class Counted:
    """What is counted of one case: no name, no word, no day."""

    month: str
    values: Mapping[str, str]
    minutes: float | None


def statistics(*, db: Session, now: datetime | None = None) -> Statistics:
    """Count all cases. The month that still runs is left out: from day to day its numbers would tell single cases."""
    running = _month(now or utc_now())
    rows = [each for each in _cases(db) if each.month < running]
    signs = _signs(db)
    by_month: dict[str, list[Counted]] = {}
    for each in rows:
        by_month.setdefault(each.month, []).append(each)
    totals = hide_with_total({name: len(cases) for name, cases in sorted(by_month.items())})
    months = tuple(_shown(name, by_month[name], signs.get(name, Counter()), totals[name]) for name in sorted(by_month))
    total = len(rows)
    return Statistics(months, total if total == 0 or total >= SMALLEST else None)


def _shown(name: str, cases: list[Counted], signs: Mapping[str, int], total: int | None) -> Month:
    if total is None:
        # Whatever of this month is shown would tell its total.
        return Month(name, None, {dimension: {} for dimension in DIMENSIONS}, None)
    cells: dict[str, Shown] = {}
    for dimension in DIMENSIONS:
        if dimension == SIGN:
            cells[dimension] = hide_small(signs)
        else:
            cells[dimension] = hide_with_total(Counter(each.values[dimension] for each in cases))
    waits = [each.minutes for each in cases if each.minutes is not None]
    return Month(name, total, cells, round(median(waits)) if len(waits) >= SMALLEST else None)


def _cases(db: Session) -> Iterable[Counted]:
    columns = (
        Case.opened_at, Case.first_read_at, Case.level, Case.channel, Case.language, Case.choice, Case.why, Case.state,
        Case.close_reason,
    )  # fmt: skip
    for row in db.execute(select(*columns)).all():
        minutes = None if row.first_read_at is None else (row.first_read_at - row.opened_at).total_seconds() / 60
        yield Counted(
            month=_month(row.opened_at),
            values={
                "level": row.level,
                "channel": row.channel,
                "language": row.language or "not known",
                "choice": row.choice,
                "why": row.why,
                "first_opening": _wait(minutes),
                "outcome": row.close_reason or "not closed",
            },
            minutes=minutes,
        )


def _signs(db: Session) -> dict[str, Counter[str]]:
    """How many cases of each month showed each sign."""
    rows = db.execute(
        select(Case.opened_at, CaseSign.sign, CaseSign.case_id)
        .join(CaseSign, CaseSign.case_id == Case.id)
        .where(CaseSign.sign.is_not(None))
        .distinct()
    ).all()
    found: dict[str, Counter[str]] = {}
    for opened_at, sign, _ in rows:
        found.setdefault(_month(opened_at), Counter())[str(sign)] += 1
    return found


def _wait(minutes: float | None) -> str:
    if minutes is None:
        return NEVER
    return next((name for most, name in WAITS if minutes <= most), LATER)


def _month(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%Y-%m}"
