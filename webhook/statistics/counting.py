"""Counting cases by month, and holding back what is too small to be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from webhook.cases.models import Case, CaseSign
from webhook.database import utc_now
from webhook.questions.counts import QuestionMonth, question_months
from webhook.questions.noting import LONDON, month_of
from webhook.statistics.suppression import SMALLEST, Counts, Shown, hide_small, hide_with_total

WAITS = ((5, "within 5 minutes"), (60, "within an hour"), (24 * 60, "within a day"))
LATER, NEVER = "later", "not opened"
FIRST_OPENING, SIGN = "first_opening", "sign"
_MEDIAN = "median"
DIMENSIONS: dict[str, str] = {
    "level": "Level",
    "channel": "Channel",
    "language": "Language",
    "choice": "Choice of the worker",
    "why": "Why it was raised",
    FIRST_OPENING: "Time to the first opening",
    "outcome": "Outcome",
    SIGN: "Sign",
}
"""What cases are counted by. A case can show several signs: they do not add up to the number of cases."""
COUNTED = ("level", "channel", "language", "choice", "why", "outcome")
"""Of these, what stands with each case as it is."""


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
    questions: tuple[QuestionMonth, ...] = ()
    """What workers asked about, cases or not."""


def statistics(*, db: Session, now: datetime | None = None) -> Statistics:
    """Count all cases. The month that still runs is left out: from day to day its numbers would tell single cases.

    The database counts; what comes back are numbers, however many cases there are.
    """
    moment = now or utc_now()
    cases, questions = _finished(db, moment), question_months(db=db, now=moment)
    if cases is None:
        return Statistics((), 0, questions)
    cells: dict[str, dict[str, Counts]] = defaultdict(lambda: {name: {} for name in DIMENSIONS})
    medians: dict[str, int] = {}
    for month, dimension, value, number in db.execute(_counts(cases)).all():
        if dimension == _MEDIAN:
            medians[month] = round(number / 2)
        else:
            cells[month][dimension][value] = number
    totals = hide_with_total({month: sum(cells[month]["level"].values()) for month in sorted(cells)})
    months = tuple(_shown(month, cells[month], medians.get(month), totals[month]) for month in sorted(cells))
    total = sum(sum(each["level"].values()) for each in cells.values())
    return Statistics(months, total if total == 0 or total >= SMALLEST else None, questions)


def _shown(name: str, cells: Mapping[str, Counts], median_minutes: int | None, total: int | None) -> Month:
    if total is None:
        # Whatever of this month is shown would tell its total.
        return Month(name, None, {dimension: {} for dimension in DIMENSIONS}, None)
    shown = {
        dimension: hide_small(counts) if dimension == SIGN else hide_with_total(counts)
        for dimension, counts in cells.items()
    }
    return Month(name, total, shown, median_minutes)


def _finished(db: Session, now: datetime) -> CTE | None:
    """Every case of a finished month with its month, what it is counted by, and the minutes to its first opening."""
    first = db.scalar(select(func.min(Case.opened_at)))
    running = month_of(now)
    if first is None or month_of(first) >= running:
        return None
    ends = list(_ends(first, now))
    return (
        select(
            Case.id,
            case(*((Case.opened_at < end, name) for name, end in ends)).label("month"),
            Case.level,
            Case.channel,
            func.coalesce(Case.language, "not known").label("language"),
            Case.choice,
            Case.why,
            func.coalesce(Case.close_reason, "not closed").label("outcome"),
            _minutes(db).label("minutes"),
        )
        .where(Case.opened_at < ends[-1][1])
        .cte("finished")
    )


def _ends(first: datetime, now: datetime) -> Iterator[tuple[str, datetime]]:
    """Each finished month since the first case, with the instant at which it ends in London."""
    year, month = first.astimezone(LONDON).year, first.astimezone(LONDON).month
    while (name := f"{year}-{month:02}") < month_of(now):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        yield name, datetime(year, month, 1, tzinfo=LONDON).astimezone(timezone.utc)


def _minutes(db: Session) -> ColumnElement[int]:
    """The minutes to the first opening, rounded up: what took five minutes and a second took longer than five."""
    waited: Any
    if db.get_bind().dialect.name == "postgresql":
        waited = func.extract("epoch", Case.first_read_at - Case.opened_at) / 60
        return cast(func.ceil(waited), Integer)
    # A day as a fraction is exact to some thousandths of a second.
    waited = func.round((func.julianday(Case.first_read_at) - func.julianday(Case.opened_at)) * 24 * 60, 3)
    whole = cast(waited, Integer)
    return whole + case((waited > whole, 1), else_=0)


def _counts(cases: CTE) -> CompoundSelect[Any]:
    """Month, dimension, value, and how many cases have it, for every dimension; and the medians.

    One query, so that the database works the months and minutes out once and not for each dimension again.
    """
    columns: dict[str, ColumnElement[Any]] = {name: cases.c[name] for name in COUNTED}
    columns[FIRST_OPENING] = case(
        (cases.c.minutes.is_(None), NEVER), *((cases.c.minutes <= most, name) for most, name in WAITS), else_=LATER
    )
    counted = [
        select(cases.c.month, literal(name).label("dimension"), column.label("value"), func.count())
        .group_by(cases.c.month, literal_column("value"))
        for name, column in columns.items()
    ]  # fmt: skip
    signs = (
        select(cases.c.month, literal(SIGN), CaseSign.sign, func.count(cases.c.id.distinct()))
        .join(CaseSign, CaseSign.case_id == cases.c.id)
        .where(CaseSign.sign.is_not(None))
        .group_by(cases.c.month, CaseSign.sign)
    )
    return union_all(*counted, signs, _medians(cases))


def _medians(cases: CTE) -> Select[Any]:
    """Twice the median of the minutes to the first opening, a whole number, of each month with enough openings."""
    within = (
        select(
            cases.c.month,
            cases.c.minutes,
            func.row_number().over(partition_by=cases.c.month, order_by=cases.c.minutes).label("place"),
            func.count().over(partition_by=cases.c.month).label("opened"),
        )
        .where(cases.c.minutes.is_not(None))
        .subquery()
    )
    opened = within.c.opened
    middle = or_(
        within.c.place == (opened + 1) // 2, within.c.place == (opened + 2) // 2
    )  # one, or two of an even number
    return (
        select(within.c.month, literal(_MEDIAN), literal(""), func.sum(within.c.minutes) * 2 // func.count())
        .where(middle, opened >= SMALLEST)
        .group_by(within.c.month)
    )
