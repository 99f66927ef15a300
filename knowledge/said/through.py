"""The words between two things: the halves of "from this to that" (to, la, se), and the parts of a list (and, si)."""

from __future__ import annotations

import re

from knowledge.answer_words import bare_words
from knowledge.spoken import ENGLISH, spoken

_MARK = r"\s*\u2013\s*|\s+-\s+|(?<=\d)\s*-\s*(?=\d{1,2}\D)"


def halves(said: str, lang: str = ENGLISH, marks: bool = True) -> tuple[str, str] | None:
    """What stands before and behind the word between; None where there are not two halves. `marks`: a dash counts."""
    between = rf"\s+(?:{any_of(spoken(lang)['through'])})\s+"
    parts = re.split(f"{between}|{_MARK}" if marks else between, said)
    if len(parts) == 3 and bare_words(parts[0]) in spoken(lang)["since"]:
        parts = parts[1:]  # "de la 1 la 31 martie"
    return (parts[0], parts[1]) if len(parts) == 2 else None


def joining_words(lang: str = ENGLISH) -> str:
    """A pattern of the words between two things of a list: and, also, si, aur."""
    return rf"(?<!\S)(?:{any_of(spoken(lang)['joins'])})(?!\S)"


def any_of(words: frozenset[str]) -> str:
    """A pattern of any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
