"""The kinds of numbers and days that checks ask for, each read as people give it and repeated in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from actions.checks.question import Asking, Read, Unfit
from actions.spoken import days, lengths
from actions.spoken.money import money
from actions.spoken.numbers import is_rough, number, western_digits
from actions.spoken.yes_no import yes_or_no
from knowledge.formats import date_text, quantity_text
from knowledge.phrases import phrase
from knowledge.spoken import spoken

_MINUTES = Decimal(60)
_TENTH = Decimal("0.01")
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_HOURS_OF_A_MONTH = {"month": 12, "year": 1}
_WEEKS_IN_YEAR = 52
_YEAR = re.compile(r"\b\d{4}\b|\d\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}\b|\b(?:in|ago|today|tomorrow)\b")
"""What tells a year, or makes it plain."""
_YOUNGEST_BY_NUMBER, _OLDEST = 10, 130


@dataclass(frozen=True)
class Pounds:
    """Money before tax. `per`: what the amount is for, where another is not the answer."""

    per: str | None = None
    hint: str = "check_hint_money"
    counts: bool = True

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The amount; unfit when it is another money, after tax, or for another time."""
        found = money(said, asking.spoken)
        if found is None:
            return None
        if found.amount is None:
            return Unfit("check_other_money")
        if found.after_tax:
            return Unfit("check_after_tax")
        if self.per and found.per and found.per != self.per:
            return Unfit("check_other_time")
        return Read(str(found.amount), found.rough)

    def tell(self, value: Any, asking: Asking) -> str:
        """£1,800, £12.50."""
        return quantity_text(Decimal(value).quantize(_TENTH), "pounds", asking.lang)


@dataclass(frozen=True)
class HoursOf:
    """Hours. `over`: the time they are for ("week", "day", or "period" of the pay check); others are turned to it."""

    over: str | None = None
    hint: str = "check_hint_hours"
    counts: bool = True

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The hours, also from so many a day or a week."""
        found = lengths.hours(said, asking.spoken)
        if found is None:
            return None
        if found.per in (None, self.over):
            return Read(str(found.hours), found.rough)
        if found.per in _DAYS and self.over == "period" and asking.given.get("period"):
            first, last = (date.fromisoformat(each) for each in asking.given["period"])
            hours = found.hours * ((last - first).days + 1) / _DAYS[found.per]
            return Read(str(hours.quantize(_TENTH)), True)
        if found.per in _HOURS_OF_A_MONTH and self.over == "week":
            return Read(str((found.hours * _HOURS_OF_A_MONTH[found.per] / _WEEKS_IN_YEAR).quantize(_TENTH)), True)
        if found.per in ("month", "night", "shift") and self.over in ("period", "day", None):
            return Read(str(found.hours), found.rough)
        return Unfit("check_other_time")

    def tell(self, value: Any, asking: Asking) -> str:
        """12 hours."""
        return quantity_text(Decimal(value), "hours", asking.lang)


@dataclass(frozen=True)
class Minutes:
    """Minutes; a number alone is minutes."""

    hint: str = "check_hint_minutes"
    counts: bool = True

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The minutes, also from hours."""
        found = lengths.hours(said, asking.spoken, bare="minute")
        if found is None:
            return None
        return Read(str((found.hours * _MINUTES).quantize(Decimal(1))), found.rough)

    def tell(self, value: Any, asking: Asking) -> str:
        """20 minutes."""
        return quantity_text(Decimal(value), "minutes", asking.lang)


@dataclass(frozen=True)
class Count:
    """A number of days, months or other things (`unit`), `parts` if it may be a half."""

    unit: str = "days"
    parts: bool = False
    hint: str = "check_hint_number"
    counts: bool = True

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The number; days also from weeks, months also from years."""
        unit = {"days": "day", "months": "month"}.get(self.unit)
        found = lengths.count(said, unit, asking.spoken) if unit else number(said, asking.spoken)
        if found is None:
            return None
        rough = is_rough(said, asking.spoken)
        return Read(str(found if self.parts else found.to_integral_value()), rough)

    def tell(self, value: Any, asking: Asking) -> str:
        """14 days."""
        return quantity_text(Decimal(value), self.unit, asking.lang)


@dataclass(frozen=True)
class Age:
    """An age in years."""

    hint: str = "check_hint_age"
    counts: bool = True

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The number."""
        found = number(said, asking.spoken)
        return None if found is None else Read(str(found.to_integral_value()), is_rough(said, asking.spoken))

    def tell(self, value: Any, asking: Asking) -> str:
        """The number."""
        return quantity_text(Decimal(value), "age", asking.lang)


@dataclass(frozen=True)
class Birthday:
    """A birthday with its year, or an age in its place ("age:30")."""

    hint: str = "check_hint_birthday"
    counts: bool = False

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The day, or the age."""
        born = days.birthday(said, asking.spoken, asking.today)
        if born is not None:
            return Read(born.isoformat())
        age = number(said, asking.spoken)
        if (
            age is not None
            and _YOUNGEST_BY_NUMBER <= age <= _OLDEST
            and days.day(said, asking.spoken, asking.today) is None
        ):
            return Read(f"age:{int(age)}")
        return None

    def tell(self, value: Any, asking: Asking) -> str:
        """The day, or the age."""
        kind, _, age = str(value).partition(":")
        return age if kind == "age" else date_text(date.fromisoformat(str(value)), asking.lang)


@dataclass(frozen=True)
class DayOf:
    """A day. `prefer`: the one meant where its year is missing. `last`: of a month its last day is meant.

    `no` is kept for an answer that there is no such day ("I have not left"), where that is an answer. `still`: it may
    not be over. `year`: the year must be told, as a wrong guess of it could do harm.
    """

    prefer: str = days.PAST
    last: bool = False
    no: bool = False
    still: bool = False
    year: bool = False
    hint: str = "check_hint_day"
    counts: bool = False

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The day; "" for none."""
        if self.still and spoken(asking.spoken).begins(said, "still") and not any(ch.isdigit() for ch in said):
            return Read("")
        found = days.day(said, asking.spoken, asking.today, self.prefer)
        if found is not None:
            if self.year and not _YEAR.search(western_digits(said)):
                return Unfit("check_year_needed")
            day = found.last if self.last and found.last else found.day
            return Read(day.isoformat(), found.rough or is_rough(said, asking.spoken))
        return Read("") if self.no and yes_or_no(said, asking.spoken) is False else None

    def tell(self, value: Any, asking: Asking) -> str:
        """3 April 2026."""
        if not value:
            return phrase("check_not_over" if self.still else "check_none_of_it", asking.lang)
        return date_text(date.fromisoformat(str(value)), asking.lang)


@dataclass(frozen=True)
class Time:
    """A first and a last day."""

    hint: str = "check_hint_period"
    counts: bool = False

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """Both days, as they are told: a last day before the first is for the rule to refuse."""
        found = days.period(said, asking.spoken, asking.today)
        if found is None:
            single = days.day(said, asking.spoken, asking.today)
            return None if single is None else Unfit("check_one_day_only")
        return Read(
            [each.isoformat() for each in found], is_rough(said, asking.spoken) and not any(c.isdigit() for c in said)
        )

    def tell(self, value: Any, asking: Asking) -> str:
        """1 March 2026 to 31 March 2026."""
        first, last = (date_text(date.fromisoformat(each), asking.lang) for each in value)
        return phrase("days_run", asking.lang, first=first, last=last)
