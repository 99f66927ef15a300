"""Days of the week as people give them: "Mon, Wed & Fri", "Monday to Friday", "every day", "weekends"."""

from __future__ import annotations

import re

from babel import UnknownLocaleError
from babel.dates import get_day_names

from knowledge.answer_words import bare_words
from knowledge.spoken import ENGLISH, spoken

_WEEK = range(7)
_WORKING = range(5)


def weekdays(text: str, lang: str = ENGLISH) -> frozenset[int] | None:
    """The days named, Monday 0; None where none is named."""
    words = spoken(lang)
    if words.holds(text, "every_day"):
        return frozenset(_WEEK)
    names = {**words.numbers["weekdays"], **_names(lang)}
    found: set[int] = set()
    if words.holds(text, "working_week"):
        found |= set(_WORKING)
    if words.holds(text, "weekend"):
        found |= set(_WEEK) - set(_WORKING)
    said = bare_words(re.sub(r"[-\u2013]", " to ", text)).split()
    joins = words["between"] | words["through"]
    before: int | None = None
    through = False
    for word in said:
        day = names.get(word)
        if day is None:
            # "luni la 8, marti la 9": what leads to a number leads to no day
            through = (through or word in joins) and before is not None and not word.isdigit()
            continue
        if through and before is not None:
            found |= {(before + step) % 7 for step in range((day - before) % 7 + 1)}
        found.add(day)
        before, through = day, False
    return frozenset(found) or None


def _names(lang: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        try:
            names = get_day_names(width, locale=lang)
        except (UnknownLocaleError, ValueError):
            return {}
        found |= {bare_words(name): number for number, name in names.items()}
    return found
