"""The kinds of answers that choose: yes or no, one of several, some of several, days of the week, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.answer_words import bare_words
from knowledge.formats import date_text, quantity_text, weekday_text
from knowledge.phrases import phrase
from knowledge.questions.question import Asking, Read, Unfit
from knowledge.said import days
from knowledge.said.numbers import numbers, western_digits
from knowledge.said.weekdays import weekdays
from knowledge.said.yes_no import yes_or_no
from knowledge.spoken import spoken

_SMALL = frozenset(
    (
        "a", "an", "the", "i", "my", "me", "it", "is", "am", "are", "was", "be", "or", "and", "of", "to", "for", "at",
        "in", "on", "with", "have", "has", "had", "not", "yet", "yes", "no", "do", "they", "he", "she", "we", "you",
        "one", "somebody", "from", "that", "this", "so", "much", "all", "too", "other", "what", "there",
        "took", "take", "taken", "make", "made", "get", "got", "would", "just", "only",
    )
)  # fmt: skip
_LONGEST_CHOICE, _SHORTEST_STEM, _FEW = 12, 4, 2


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
        found = choices_named(said, asking)
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
        """The keys of all that the text names; nothing chosen for "none"."""
        found = choices_named(said, asking)
        if found:
            return Read(list(found))
        return Read([]) if spoken(asking.spoken).is_one(said, "enough") else None

    def tell(self, value: Any, asking: Asking) -> str:
        """The words of the choices."""
        return ", ".join(asking.words.choices[each] for each in value) or phrase("check_none_of_it", asking.lang)


def choices_named(said: str, asking: Asking) -> tuple[str, ...]:
    """The choices named by number ("1 and 3"), by their words, or by a word that only one of them has."""
    choices = asking.words.choices
    digits = re.findall(r"\d+", western_digits(said))
    if digits and not re.search(r"[^\W\d]{4,}", said):
        places = [int(each) - 1 for each in digits]
        if all(0 <= place < len(asking.numbered) for place in places):
            return tuple(dict.fromkeys(asking.numbered[place] for place in places))
        return ()
    bare = bare_words(said)
    whole = [key for key, title in choices.items() if bare_words(title) == bare]
    if whole or len(bare.split()) > _LONGEST_CHOICE:
        return tuple(whole[:1])
    parts = [part for part in re.split(r"[,;&+]|\band\b|\balso\b", said) if bare_words(part)]
    if len(parts) > 1:
        named = [choices_named(part, asking) for part in parts]
        return tuple(dict.fromkeys(key for each in named for key in each)) if all(named) else ()
    within = [key for key, title in choices.items() if f" {bare_words(title)} " in f" {bare} "]
    within = [key for key in within if len(choices[key].split()) > 1 or len(set(bare.split()) - _SMALL) <= _FEW]
    return tuple(within) or _by_single_words(bare, choices.items())


def _by_single_words(bare: str, choices: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The only choice that has most of the words that say something: a word in passing chooses nothing."""
    said = {word for word in bare.split() if not word.isdigit()} - _SMALL
    titles = {key: set(f"{bare_words(title)} {key.replace('_', ' ')}".split()) - _SMALL for key, title in choices}
    shared = {key: sum(any(_alike(word, one) for one in words) for word in said) for key, words in titles.items()}
    most = max(shared.values(), default=0)
    best = tuple(key for key, count in shared.items() if count == most)
    return best if most and 2 * most >= len(said) and len(best) == 1 else ()


def _alike(one: str, other: str) -> bool:
    """The same word, or one that begins with the other: month and monthly, agency and agencies."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _SHORTEST_STEM and long.startswith(short))


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
