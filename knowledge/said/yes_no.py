"""Yes, no and "I do not know", in the many ways people say them."""

from __future__ import annotations

from knowledge.answer_words import answer_word, bare_words
from knowledge.spoken import ENGLISH, spoken

_LONGEST_UNKNOWN = 6


def yes_or_no(text: str, lang: str = ENGLISH) -> bool | None:
    """True for yes, False for no; None for anything else, and for what begins as both ("yes and no")."""
    word = answer_word(text, lang)
    if word in ("yes", "no"):
        return word == "yes"
    words = spoken(lang)
    yes, no = words.begins(text, "yes_begins"), words.begins(text, "no_begins")
    if yes and no:
        return len(yes) > len(no)
    if yes and bare_words(text)[len(yes) :].split()[:2] == ["and", "no"]:
        return None
    return True if yes else False if no else None


def is_unknown(text: str, lang: str = ENGLISH) -> bool:
    """Whether the whole message says "I do not know" or "skip": "dunno", "not sure", "no idea sorry"."""
    if answer_word(text, lang) == "skip" or spoken(lang).is_one(text, "unknown"):
        return True
    start = spoken(lang).begins(text, "unknown")
    return (
        start is not None and len(bare_words(text).split()) <= _LONGEST_UNKNOWN and not any(ch.isdigit() for ch in text)
    )
