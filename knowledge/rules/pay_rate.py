"""Which minimum wage rate a worker is due, by age, apprenticeship and day."""

from __future__ import annotations

from calendar import FRIDAY, monthrange
from datetime import date, timedelta

from knowledge.figures import FigureNotKnown, FigureValue, value

_FAMILY = "minimum_wage"
_JUNE, _SEPTEMBER = 6, 9


class RatesNotYetKnown(FigureNotKnown):
    """A rise was due by that day, and its rates are not in the figures yet."""


class UnderSchoolLeavingAge(ValueError):
    """The minimum wage begins only after compulsory school age."""


def age_on(birth: date, day: date) -> int:
    """Whole years lived on that day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def school_leaving_day(birth: date) -> date:
    """The last Friday in June of the school year in which the child turns 16 (Education Act 1996 s.8; SI 1997/1970)."""
    turned = birth.year + int(value(f"{_FAMILY}.youngest_age").number)
    year = turned + 1 if birth.month >= _SEPTEMBER else turned
    last = date(year, _JUNE, monthrange(year, _JUNE)[1])
    return last - timedelta(days=(last.weekday() - FRIDAY) % 7)


def rate(age: int, on: date, *, apprentice: bool = False, first_year: bool = False) -> FigureValue:
    """The rate in force on that day for a worker of that age (National Minimum Wage Regulations 2015, regs 4-5).

    Raises UnderSchoolLeavingAge, RatesNotYetKnown after an announced rise, and FigureNotKnown before the first figures.
    """
    if age < _age("youngest_age", on):
        raise UnderSchoolLeavingAge
    found = value(f"{_FAMILY}.{_band(age, on, apprentice, first_year)}", on)
    rise = value(f"{_FAMILY}.next_rise_on").day
    if on >= rise and found.start < rise:
        raise RatesNotYetKnown(f"a rise was due on {rise}")
    return found


def highest_rate(on: date) -> FigureValue:
    """The rate of a worker old enough for the main one. Raises as `rate` does."""
    return rate(_age("main_age", on), on)


def lowest_rate(on: date) -> FigureValue:
    """The rate of the youngest workers. Raises as `rate` does."""
    return rate(_age("youngest_age", on), on)


def _band(age: int, on: date, apprentice: bool, first_year: bool) -> str:
    if apprentice and (first_year or age < _age("apprentice_age", on)):
        return "apprentice"
    if age >= _age("main_age", on):
        return "age_21_and_over"
    if age > _age("adult_age_last", on):
        return "age_21_to_22"
    return "age_18_to_20" if age >= _age("adult_age", on) else "age_16_to_17"


def _age(name: str, on: date) -> int:
    return int(value(f"{_FAMILY}.{name}", on).number)
