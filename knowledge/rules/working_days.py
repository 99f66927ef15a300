"""Days counted as the Home Office counts them: working days of England, and calendar days."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.opening_hours import is_bank_holiday

_FRIDAY = 4


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday in England."""
    return day.weekday() <= _FRIDAY and not is_bank_holiday(day)


def working_days_after(start: date, number: int) -> date:
    """The day that is so many working days after `start`. The day after `start` is the first that can count."""
    day = start
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def days_after(start: date, number: int) -> date:
    """The day that is so many calendar days after `start`, weekends and bank holidays counted."""
    return start + timedelta(days=number)
