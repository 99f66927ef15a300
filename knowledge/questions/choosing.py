"""The kinds of answers that choose: yes or no, one of several, some of several, days of the week, lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.formats import date_text, quantity_text, weekday_text
from knowledge.phrases import phrase
from knowledge.questions.question import Asking, Read, Unfit
from knowledge.said import days
from knowledge.said.chosen import choices_named
from knowledge.said.numbers import numbers
from knowledge.said.weekdays import weekdays
from knowledge.said.yes_no import yes_or_no
from knowledge.spoken import spoken


@dataclass(frozen=True)
class YesNo:
    """Yes or no."""

    hint: str = "check_hint_yes_no"
    counts: bool = False

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """True or False."""
        found = yes_or_no(said, asking.spoken)
        return None if found is None else Read(found)

    def tell(self, value: Any, asking: Asking) -> str:
        """Yes, no."""
        return phrase("button_affirm" if value else "button_deny", asking.lang).lower()


@dataclass(frozen=True)
class One:
    """One of the question's choices."""

    hint: str = "check_hint_choice"
    counts: bool = False

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The key of the choice that the text names."""
        found = choices_named(said, asking.titles, asking.numbered, asking.spoken)
        return Read(found[0]) if len(found) == 1 else None

    def tell(self, value: Any, asking: Asking) -> str:
        """The words of the choice."""
        return asking.words.choices[value]


@dataclass(frozen=True)
class Some:
    """Some of the question's choices, perhaps none. `alone`: choices that are the whole answer."""

    alone: frozenset[str] = field(default_factory=frozenset)
    hint: str = "check_hint_some"
    counts: bool = False

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The keys of all that the text names; nothing chosen for "none".

        Where one choice is a yes ("Yes, as I like"), a bare no is no "none of these": which other one holds is asked.
        """
        found = choices_named(said, asking.titles, asking.numbered, asking.spoken)
        if found:
            return Read(list(found))
        if not spoken(asking.spoken).is_one(said, "enough"):
            return None
        yes = choices_named("yes", asking.titles, asking.numbered, asking.spoken)
        denied = yes_or_no(said, asking.spoken) is False and not set(yes).isdisjoint(asking.numbered)
        return None if denied else Read([])

    def tell(self, value: Any, asking: Asking) -> str:
        """The words of the choices."""
        return ", ".join(asking.words.choices[each] for each in value) or phrase("check_none_of_it", asking.lang)


@dataclass(frozen=True)
class WeekDays:
    """Days of the week, Monday 0."""

    hint: str = "check_hint_weekdays"
    counts: bool = False

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The days named."""
        found = weekdays(said, asking.spoken)
        return None if found is None else Read(sorted(found))

    def tell(self, value: Any, asking: Asking) -> str:
        """Monday, Friday."""
        return ", ".join(weekday_text(each, asking.lang) for each in value)


@dataclass(frozen=True)
class Several:
    """Several numbers in order: hours or pounds."""

    unit: str
    hint: str = "check_hint_several"
    counts: bool = True

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """Every number."""
        found = numbers(said, asking.spoken)
        return None if found is None else Read([str(each) for each in found])

    def tell(self, value: Any, asking: Asking) -> str:
        """120 hours, 98 hours."""
        return ", ".join(quantity_text(Decimal(each), self.unit, asking.lang) for each in value)


@dataclass(frozen=True)
class Times:
    """Several times, each with its first and last day, perhaps none."""

    hint: str = "check_hint_times"
    counts: bool = False

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The times in order; none for "no"."""
        if yes_or_no(said, asking.spoken) is False and not any(ch.isdigit() for ch in said):
            return Read([])
        found = days.periods(said, asking.spoken, asking.today)
        return None if found is None else Read([[first.isoformat(), last.isoformat()] for first, last in found])

    def tell(self, value: Any, asking: Asking) -> str:
        """1 March 2026 to 5 March 2026."""
        told = [tuple(date_text(date.fromisoformat(each), asking.lang) for each in both) for both in value]
        runs = (phrase("days_run", asking.lang, first=first, last=last) for first, last in told)
        return ", ".join(runs) or phrase("check_none_of_it", asking.lang)
