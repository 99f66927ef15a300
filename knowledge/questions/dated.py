"""The kinds of days that checks ask for: a birthday, a day, a time from a first day to a last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.formats import date_text
from knowledge.phrases import phrase
from knowledge.questions.question import Asking, Read, Unfit
from knowledge.said import days
from knowledge.said.lasting import names_length
from knowledge.said.numbers import is_rough, number, western_digits
from knowledge.said.yes_no import yes_or_no
from knowledge.spoken import spoken

_YEAR = re.compile(r"\b\d{4}\b|\d\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}\b|\b(?:today|tomorrow)\b")
_YOUNGEST_BY_NUMBER, _OLDEST = 10, 130


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
        if self.still and _is_not_over(said, asking.spoken):
            return Read("")
        found = days.day(said, asking.spoken, asking.today, self.prefer)
        if found is not None:
            if self.year and not _is_plain_year(said, asking.spoken):
                return Unfit("check_year_needed")
            day = found.last if self.last and found.last else found.day
            return Read(day.isoformat(), found.rough or is_rough(said, asking.spoken))
        return Read("") if self.no and yes_or_no(said, asking.spoken) is False else None

    def tell(self, value: Any, asking: Asking) -> str:
        """3 April 2026."""
        if not value:
            return phrase("check_not_over" if self.still else "check_none_of_it", asking.lang)
        return date_text(date.fromisoformat(str(value)), asking.lang)


def _is_not_over(said: str, lang: str) -> bool:
    """Whether it goes on: "still ill", "no", "no, not over"; but not "no longer ill, it ended last Friday"."""
    words = spoken(lang)
    found = words.begins(said, "still")
    if found and " " not in found and yes_or_no(found, lang) is False and not words.is_one(said, "still"):
        found = words.holds(said, "still")
        found = None if found and yes_or_no(found, lang) is False else found
    return found is not None and not any(ch.isdigit() for ch in said)


def _is_plain_year(said: str, lang: str) -> bool:
    """Whether the year is told, or plain because the day is so long from now: "in 3 months"."""
    return bool(_YEAR.search(western_digits(said))) or names_length(said, lang) or spoken(lang).is_one(said, "now")


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
