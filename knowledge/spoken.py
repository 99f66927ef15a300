"""The words in which people answer: yes and no, "dunno", quid, hrs, a week, since. One file a language, read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from knowledge.answer_words import bare_words
from knowledge.files import ROOT, read_checked, remembered
from knowledge.shape import Check, list_of, matching, record, table, text

FOLDER = "spoken"
ENGLISH = "en"

LISTS = (
    "yes_begins", "no_begins", "unknown", "none", "enough", "go_on", "back", "change", "corrects", "corrects_surely",
    "rough", "pounds", "pence", "other_money", "after_tax", "before_tax", "hour", "minute", "day", "night", "shift",
    "week", "fortnight", "month", "year", "each", "since", "still", "now", "last_month", "this_month", "last_week",
    "this_week", "between", "every_day", "working_week", "weekend", "number_and", "number_tens_and", "number_article",
    "number_of", "number_collective", "number_alone", "not_one", "each_alone", "each_after",
    "through", "lasting", "ago_before", "ago_after", "day_ends", "in_morning", "in_afternoon", "at_night",
    "spread_over", "passing", "denials", "joins", "span_begins", "percent", "one_day_off", "two_days_off",
)  # fmt: skip
"""A list that is empty: the language has no word for that, while one that is not there was not thought of."""
NUMBERS = ("number_words", "weekdays")
PARTS = ("number_parts", "number_more", "number_mixed")
"""Tables of numbers that are not whole, written as text ("0.5") as they must be exact."""


def _count(value: object) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int):
        yield "is not a whole number"


_numbers: Check = table(text, _count, 1)
_parts: Check = table(text, matching(r"-?\d+\.\d+", "a number such as 0.5 in quotes"), 1)
_form: Check = record(
    {},
    {**{name: list_of(text) for name in LISTS}, **dict.fromkeys(NUMBERS, _numbers), **dict.fromkeys(PARTS, _parts)},
)


@dataclass(frozen=True)
class Spoken:
    """The words of one language with the English ones. A word of letters stands as `bare_words` leaves it."""

    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]

    def is_one(self, said: str, name: str) -> bool:
        """Whether the whole message is one of the words of a list."""
        return bare_words(said) in self.lists[name]

    def begins(self, said: str, name: str) -> str | None:
        """The longest phrase of a list that the message begins with, as whole words; None where there is none."""
        bare = f"{bare_words(said)} "
        found = [each for each in self.lists[name] if each and bare.startswith(f"{each} ")]
        return max(found, key=len, default=None)

    def holds(self, said: str, name: str) -> str | None:
        """The longest phrase of a list that stands somewhere in the message, as whole words."""
        bare = f" {bare_words(said)} "
        found = [each for each in self.lists[name] if each and f" {each} " in bare]
        return max(found, key=len, default=None)


def spoken_form(data: object) -> Iterator[str]:
    """Every fault in the form of a file of spoken words."""
    yield from _form(data)


@remembered
def spoken(lang: str = ENGLISH, root: Path = ROOT) -> Spoken:
    """The words of a language, and the English ones beside them. Raises FileMalformed."""
    books = [_read(root / FOLDER / f"{each}.yml") for each in dict.fromkeys((ENGLISH, lang))]
    lists = {name: frozenset(_word(one) for book in books for one in book.get(name, ())) for name in LISTS}
    numbers = {
        name: {_word(one): int(value) for book in books for one, value in book.get(name, {}).items()}
        for name in NUMBERS
    }
    parts = {
        name: {_word(one): Decimal(value) for book in books for one, value in book.get(name, {}).items()}
        for name in PARTS
    }
    return Spoken(lists, numbers, parts)


@remembered
def spoken_languages(root: Path = ROOT) -> tuple[str, ...]:
    """The languages that have a file of such words, sorted."""
    return tuple(sorted(path.stem for path in (root / FOLDER).glob("*.yml")))


def _read(path: Path) -> dict[str, Any]:
    return read_checked(path, spoken_form) if path.is_file() else {}


def _word(said: str) -> str:
    return bare_words(said) or said.strip()
