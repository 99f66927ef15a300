"""Units of time behind a number or after "a", "per" and "/": what "12.50 ph" and "£1,800 a month" are for."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.said.number_words import Piece
from knowledge.spoken import ENGLISH, spoken

UNITS = ("hour", "minute", "day", "night", "shift", "week", "fortnight", "month", "year")
_DAYS, _LONGER = ("day", "night", "shift"), ("week", "fortnight", "month", "year")
_SHORTEST = 2
"""A unit of a single letter counts only close behind a number or a slash."""


def unit_of(piece: Piece, lang: str = ENGLISH) -> str | None:
    """The unit that a word names; None for any other."""
    if piece.number is not None:
        return None
    return next((unit for unit in UNITS if piece.said in spoken(lang)[unit]), None)


def per(read: Sequence[Piece], lang: str = ENGLISH) -> str | None:
    """What an amount is for, where it is told: "an hour", "/week", "monthly", "pa"; None where it is not.

    A number of the unit ("for 40 hours") is a length and tells nothing of it.
    """
    each = spoken(lang)["each"]
    found = None
    for place, piece in enumerate(read):
        unit = unit_of(piece, lang)
        before = read[place - 1] if place else Piece("")
        if unit is None or unit == "minute":
            continue
        named = before.said in each or before.said == "/"
        behind = read[place + 1].said if place + 1 < len(read) else ""
        after = before.number is None and behind in spoken(lang)["each_after"]
        alone = found is None and len(piece.said) >= _SHORTEST and (place == 0 or before.said == "p")
        told = named or after or alone or piece.said in spoken(lang)["each_alone"]
        if told or _stands_behind(before, piece, unit, lang):
            found = unit
    return found


def _stands_behind(before: Piece, piece: Piece, unit: str, lang: str) -> bool:
    """Whether a unit stands right behind a shorter one ("48 hours week") or behind money ("12 pound ghanta").

    A day of the week is no unit ("8 ore luni").
    """
    shorter = unit_of(before, lang)
    longer = (shorter == "hour" and unit in _DAYS + _LONGER) or (shorter in _DAYS and unit in _LONGER)
    paid = before.number is None and before.said in spoken(lang)["pounds"]
    return (longer or paid) and len(piece.said) >= _SHORTEST and piece.said not in spoken(lang).numbers["weekdays"]
