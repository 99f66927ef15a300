"""A question of a check as fields of a form, and what was filled in as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.formats import weekday_text
from knowledge.page_words import PageWords
from knowledge.phrases import phrase
from knowledge.questions.choosing import One, Some, Times, WeekDays, YesNo
from knowledge.questions.dated import Birthday, DayOf, Time
from knowledge.questions.kinds import Age, Count, HoursOf, Minutes, Pounds
from knowledge.questions.question import Asking, Question, Read

NONE_OF_THEM, NO = "none", "no"
TIMES_OFFERED = 3
_DAYS_IN_WEEK = 7
_PARTS = ("day", "month", "year")
_CENTURY, _THIS_CENTURY = 100, 2000

Filled = dict[str, list[str]]
"""The fields of a form, each with all that stands in it."""


class NotFilled(ValueError):
    """Nothing was answered, or what was cannot be an answer. `key`: the words that say why."""

    def __init__(self, key: str, of_page: bool = False) -> None:
        super().__init__(key)
        self.key, self.of_page = key, of_page


@dataclass(frozen=True)
class Option:
    """One choice."""

    id: str
    value: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class DatePart:
    """A day, a month or a year."""

    id: str
    name: str
    title: str
    value: str
    size: str


@dataclass(frozen=True)
class DateField:
    """A day in three fields. `title`: which day, where there are several."""

    title: str
    parts: tuple[DatePart, ...]


@dataclass(frozen=True)
class Field:
    """How a question is answered. `kind`: text, radio, checkbox or date."""

    question: str
    kind: str
    first_id: str
    value: str = ""
    inputmode: str = "text"
    options: tuple[Option, ...] = ()
    dates: tuple[DateField, ...] = ()
    age: bool = False


def field_for(question: Question, asking: Asking, words: PageWords, filled: Filled | None = None) -> Field:
    """The fields of a question, with what was filled in before it was refused."""
    given = filled or {}
    kind, name = question.kind, question.name
    chosen = given.get("answer", [])
    if isinstance(kind, Birthday | DayOf | Time | Times):
        return _dates(question, asking, words, given)
    if isinstance(kind, YesNo | One | Some | WeekDays):
        several = isinstance(kind, Some | WeekDays)
        options = [
            Option(f"answer-{place}", value, title, value in chosen)
            for place, (value, title) in enumerate(_choices(kind, asking), start=1)
        ]
        return Field(name, "checkbox" if several else "radio", "answer-1", options=tuple(options))
    mode = "decimal" if isinstance(kind, Pounds | HoursOf | Minutes | Count | Age) else "text"
    return Field(name, "text", "answer-1", value=chosen[0] if chosen else "", inputmode=mode)


def _choices(kind: YesNo | One | Some | WeekDays, asking: Asking) -> list[tuple[str, str]]:
    if isinstance(kind, YesNo):
        return [("yes", phrase("button_affirm", asking.lang)), ("no", phrase("button_deny", asking.lang))]
    if isinstance(kind, WeekDays):
        return [(str(each), weekday_text(each, asking.lang)) for each in range(_DAYS_IN_WEEK)]
    choices = list(asking.words.choices.items())
    if isinstance(kind, Some) and not kind.alone:
        choices.append((NONE_OF_THEM, phrase("button_check_none_of_them", asking.lang)))
    return choices


def _dates(question: Question, asking: Asking, words: PageWords, given: Filled) -> Field:
    kind, chosen = question.kind, given.get("answer", [])
    titles = [""]
    options: list[tuple[str, str]] = []
    if isinstance(kind, Time):
        titles = [words["check_first_day"], words["check_last_day"]]
    elif isinstance(kind, Times):
        titles = [words["check_first_day"], words["check_last_day"]] * TIMES_OFFERED
        options = [(NO, phrase("button_deny", asking.lang))]
    elif isinstance(kind, DayOf) and (kind.still or kind.no):
        options = [(NO, words["check_still"] if kind.still else phrase("button_deny", asking.lang))]
    dates = tuple(
        DateField(
            title,
            tuple(
                DatePart(
                    f"{part}-{place}", f"{part}-{place}", words[f"check_{part}"],
                    next(iter(given.get(f"{part}-{place}", [])), ""), "long" if part == "year" else "short",
                )
                for part in _PARTS
            ),
        )
        for place, title in enumerate(titles)
    )  # fmt: skip
    shown = tuple(Option(f"answer-{value}", value, title, value in chosen) for value, title in options)
    age = next(iter(given.get("age", [])), "")
    return Field(question.name, "date", "day-0", value=age, options=shown, dates=dates, age=isinstance(kind, Birthday))


def read_field(question: Question, asking: Asking, filled: Filled) -> Any:
    """The answer as the check keeps it, a plain JSON value. Raises NotFilled."""
    kind = question.kind
    chosen = filled.get("answer", [])
    if isinstance(kind, Birthday | DayOf | Time | Times):
        return _read_dates(question, asking, filled)
    if isinstance(kind, YesNo | One | Some | WeekDays):
        return _read_choice(kind, asking, chosen)
    said = " ".join(chosen).strip()
    if not said:
        raise NotFilled("check_needed", of_page=True)
    read = kind.read(said, asking)
    if read is None:
        raise NotFilled(kind.hint)
    if not isinstance(read, Read):
        raise NotFilled(read.reason)
    return read.value


def _read_choice(kind: YesNo | One | Some | WeekDays, asking: Asking, chosen: Sequence[str]) -> Any:
    there = [value for value, _ in _choices(kind, asking)]
    taken = [value for value in there if value in chosen]
    if not taken:
        raise NotFilled("check_needed", of_page=True)
    if isinstance(kind, YesNo):
        return taken[0] == "yes"
    if isinstance(kind, WeekDays):
        return [int(each) for each in taken]
    if isinstance(kind, One):
        return taken[0]
    real = [each for each in taken if each != NONE_OF_THEM]
    others = [each for each in real if each not in kind.alone]
    return others or real


def _read_dates(question: Question, asking: Asking, filled: Filled) -> Any:
    kind, none = question.kind, NO in filled.get("answer", [])
    if isinstance(kind, Time):
        days = _day(filled, 0), _day(filled, 1)
        if None in days:
            raise NotFilled("check_one_day_only")
        return [each.isoformat() for each in days if each is not None]
    if isinstance(kind, Times):
        pairs = [(_day(filled, 2 * place), _day(filled, 2 * place + 1)) for place in range(TIMES_OFFERED)]
        whole = [[first.isoformat(), last.isoformat()] for first, last in pairs if first and last]
        if any((first is None) != (last is None) for first, last in pairs):
            raise NotFilled("check_one_day_only")
        if not whole and not none:
            raise NotFilled("check_needed", of_page=True)
        return whole
    day = _day(filled, 0, born=asking.today if isinstance(kind, Birthday) else None)
    if day is not None:
        return day.isoformat()
    if isinstance(kind, DayOf) and none:
        return ""
    age = "".join(filled.get("age", [])).strip()
    if isinstance(kind, Birthday) and age:
        read = kind.read(age, asking)
        if isinstance(read, Read):
            return read.value
        raise NotFilled("check_hint_age")
    raise NotFilled("check_needed", of_page=True)


def _day(filled: Filled, place: int, born: date | None = None) -> date | None:
    """The day in the fields of that place; None where all are empty. Raises NotFilled.

    A year of two digits is of this century; of a day of birth (`born`: today) of the last one if it is still to come.
    """
    said = ["".join(filled.get(f"{part}-{place}", [])).strip() for part in _PARTS]
    if not any(said):
        return None
    try:
        day, month, year = (int(each) for each in said)
        if 0 <= year < _CENTURY:
            year += _THIS_CENTURY - (_CENTURY if born and year + _THIS_CENTURY > born.year else 0)
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise NotFilled("check_no_such_day", of_page=True) from None
