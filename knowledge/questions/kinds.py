"""The kinds of numbers that checks ask for, each read as people give it and repeated in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.formats import quantity_text
from knowledge.questions.choosing import One
from knowledge.questions.question import Asking, Read, Unfit
from knowledge.rules.pay_answers import Basis
from knowledge.said import lengths
from knowledge.said.money import money
from knowledge.said.numbers import is_rough, number

_MINUTES = Decimal(60)
_HUNDREDTH = Decimal("0.01")
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_TIMES_A_YEAR = {"month": 12, "year": 1}
_DAYS_OF_A_MONTH = range(28, 32)
_WEEKS_IN_YEAR = 52
_AGREED = {"hour": Basis.HOURLY, "year": Basis.YEARLY}


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
        return quantity_text(Decimal(value).quantize(_HUNDREDTH), "pounds", asking.lang)


@dataclass(frozen=True)
class PayAgreed(One):
    """How pay is agreed; an amount with what it is for ("£12 an hour") says it too."""

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The choice that the text names, or that its amount is for."""
        found = money(said, asking.spoken)
        if found is not None and found.per is not None:
            return Read(_AGREED.get(found.per, Basis.PERIOD).value)
        return super().read(said, asking)


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
        if self.over == "period" and asking.given.get("period"):
            first, last = (date.fromisoformat(each) for each in asking.given["period"])
            return self._for_period(found, (last - first).days + 1)
        if found.per in _TIMES_A_YEAR and self.over == "week":
            return Read(str((found.hours * _TIMES_A_YEAR[found.per] / _WEEKS_IN_YEAR).quantize(_HUNDREDTH)), True)
        if (self.over, found.per) in ((None, "month"), ("day", "night"), ("day", "shift")):
            return Read(str(found.hours), found.rough)
        return Unfit("check_other_time")

    def _for_period(self, found: lengths.Length, days: int) -> Read | Unfit:
        """So many days' worth of it; of a month only where the period is one. How many shifts it had is not known."""
        if found.per in _DAYS:
            return Read(str((found.hours * days / _DAYS[found.per]).quantize(_HUNDREDTH)), True)
        if found.per == "month" and days in _DAYS_OF_A_MONTH:
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
