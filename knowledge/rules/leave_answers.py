"""What a worker tells the holiday check, and why an answer cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from knowledge.rules.outcome import AnswersRefused, Refusal
from knowledge.rules.pay_answers import DAYS_IN_WEEK, HOURS_IN_DAY, ZERO
from knowledge.rules.pay_period import months_later

__all__ = ["AnswersRefused", "LeaveAnswers", "Pattern", "refusals"]
MONTHS_IN_LEAVE_YEAR = 12
MOST_DAYS_TAKEN = 366
MOST_WEEK_PAY = 10_000  # beyond this somebody has given a month's or a year's pay; no rule of law


class Pattern(str, Enum):
    """How the work is spread. HOURS: the same hours each week, on days of different length (compressed hours)."""

    DAYS = "days"
    HOURS = "hours"
    IRREGULAR = "irregular"


@dataclass(frozen=True)
class LeaveAnswers:
    """One leave year, its first day being `year_start`.

    `started` and `left` are the first and last day of the job where they fall inside that year. `taken` is in days for
    DAYS, in hours for the others. `period_hours`: for IRREGULAR, the hours worked in each pay period, in order.
    `average_week`: hours of an average week, for an irregular year under the older rule. `week_pay`: a week's normal
    pay; `weekly_pays`: pay of past weeks, the latest first, where pay changes.
    """

    year_start: date | None = None
    pattern: Pattern = Pattern.DAYS
    days_a_week: Decimal | None = None
    hours_a_week: Decimal | None = None
    period_hours: tuple[Decimal, ...] = ()
    average_week: Decimal | None = None
    started: date | None = None
    left: date | None = None
    taken: Decimal = ZERO
    week_pay: Decimal | None = None
    weekly_pays: tuple[Decimal, ...] = ()

    @property
    def year_end(self) -> date | None:
        """The last day of the leave year."""
        return self.year_start and months_later(self.year_start, MONTHS_IN_LEAVE_YEAR) - timedelta(days=1)


def refusals(answers: LeaveAnswers, today: date) -> tuple[Refusal, ...]:
    """Every question that must be asked again, with the reason."""
    return (*_dates(answers, today), *_work(answers), *_pay(answers))


def _dates(answers: LeaveAnswers, today: date) -> Iterator[Refusal]:
    start, end = answers.year_start, answers.year_end
    if start is None or end is None:
        yield Refusal("year_start", "missing")
        return
    if start > months_later(today, MONTHS_IN_LEAVE_YEAR):
        yield Refusal("year_start", "future")
    if answers.started is not None and answers.started > end:
        yield Refusal("started", "after_year")
    if answers.left is not None and answers.left < max(start, answers.started or start):
        yield Refusal("left", "before_start")


def _work(answers: LeaveAnswers) -> Iterator[Refusal]:
    if answers.pattern is Pattern.DAYS:
        yield from _within("days_a_week", answers.days_a_week, DAYS_IN_WEEK)
    if answers.pattern is Pattern.HOURS:
        yield from _within("hours_a_week", answers.hours_a_week, DAYS_IN_WEEK * HOURS_IN_DAY)
        yield from _within("days_a_week", answers.days_a_week, DAYS_IN_WEEK)
    month = 31 * HOURS_IN_DAY
    for hours in answers.period_hours:
        if hours < 0:
            yield Refusal("period_hours", "below_zero")
        elif hours > month:
            yield Refusal("period_hours", "too_high")
    if answers.average_week is not None:
        yield from _within("average_week", answers.average_week, DAYS_IN_WEEK * HOURS_IN_DAY)
    if answers.taken < 0:
        yield Refusal("taken", "below_zero")
    elif answers.taken > MOST_DAYS_TAKEN * (1 if answers.pattern is Pattern.DAYS else HOURS_IN_DAY):
        yield Refusal("taken", "too_high")


def _within(question: str, given: Decimal | None, most: int) -> Iterator[Refusal]:
    if given is None:
        yield Refusal(question, "missing")
    elif given <= 0:
        yield Refusal(question, "not_above_zero")
    elif given > most:
        yield Refusal(question, "too_high")


def _pay(answers: LeaveAnswers) -> Iterator[Refusal]:
    for question, pays in (
        ("week_pay", () if answers.week_pay is None else (answers.week_pay,)),
        ("weekly_pays", answers.weekly_pays),
    ):
        if any(pay < 0 for pay in pays):
            yield Refusal(question, "below_zero")
        elif any(pay > MOST_WEEK_PAY for pay in pays):
            yield Refusal(question, "too_high")
