"""The pay period: how long it may be, and which share of a year it is."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from knowledge.figures import value
from knowledge.rules.pay_answers import DAYS_IN_WEEK, PayAnswers

MONTHS_IN_YEAR = 12
_WEEKS_IN_YEAR = 52  # the convention of payroll and of the visa rules, also for a year of 365 days
_DAYS_IN_YEAR = 365


def weeks_in_year() -> int:
    """Weeks of a year of pay."""
    return _WEEKS_IN_YEAR


def months_later(day: date, months: int) -> date:
    """The same day of a later month (or an earlier, below zero), or that month's last day where it has none such."""
    years, month = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_before(day: date, years: int) -> date:
    """The same day years earlier."""
    return months_later(day, -years * MONTHS_IN_YEAR)


def is_too_long(start: date, end: date) -> bool:
    """Whether it is longer than a pay reference period may be (National Minimum Wage Regulations 2015, reg 6)."""
    most = int(value("minimum_wage.pay_period_max_months").number)
    allowed = max(months_later(start, most) - start, timedelta(days=monthrange(start.year, start.month)[1]))
    return end - start + timedelta(days=1) > allowed


def share_of_year(answers: PayAnswers) -> Decimal:
    """A calendar month as a twelfth, whole weeks as so many of 52, anything else by its days."""
    if answers.start is None or answers.end is None:
        raise ValueError("the pay period is not known")
    if answers.end + timedelta(days=1) == months_later(answers.start, 1):
        return Decimal(1) / MONTHS_IN_YEAR
    weeks, over = divmod(answers.days, DAYS_IN_WEEK)
    return Decimal(answers.days) / _DAYS_IN_YEAR if over else Decimal(weeks) / _WEEKS_IN_YEAR
