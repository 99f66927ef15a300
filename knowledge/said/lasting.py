"""A length of time where a day was asked for: "3 luni" is none, "acum 3 luni" and "2 hafte pehle" are."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from knowledge.said.number_words import Piece
from knowledge.said.numbers import pieces
from knowledge.said.units import unit_of
from knowledge.spoken import ENGLISH, spoken

_DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS_OF = {"month": 1, "year": 12}
_LONGEST = 150


def is_length(text: str, lang: str = ENGLISH) -> bool:
    """Whether the text is only a length of time: "3 luni", "for 2 weeks"."""
    found = _length(text, lang)
    return found is not None and found[2] in ("", *spoken(lang)["lasting"]) and not found[3]


def names_length(text: str, lang: str = ENGLISH) -> bool:
    """Whether a length of time stands in the text: "in 3 months", "acum 2 ani"."""
    return _length(text, lang) is not None


def ago(text: str, lang: str, today: date) -> tuple[date, bool] | None:
    """The day so long ago, and whether it is rough; None where the text does not say so."""
    found, words = _length(text, lang), spoken(lang)
    if found is None:
        return None
    many, unit, before, after = found
    said = (before in words["ago_before"] and not after) or (after in words["ago_after"] and not before)
    if not said or not 0 <= many <= _LONGEST:
        return None
    if unit in _DAYS_OF:
        return today - timedelta(days=many * _DAYS_OF[unit]), unit != "day"
    if unit not in _MONTHS_OF:
        return None
    months = today.year * 12 + today.month - 1 - many * _MONTHS_OF[unit]
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1])), True


def _length(text: str, lang: str) -> tuple[int, str, str, str] | None:
    """A whole number, its unit, and the words before and behind; words such as "about" are left out."""
    words = spoken(lang)
    read = [each for each in pieces(text, lang) if each.said not in words["rough"] and each.said[:1].isalnum()]
    for place, (one, counted) in enumerate(pairwise(read)):
        unit = unit_of(counted, lang)
        many = 1 if one.said in words["number_article"] else one.number
        if unit is None or many is None or many != int(many):
            continue
        return int(many), unit, _words(read[:place]), _words(read[place + 2 :])
    return None


def _words(read: Sequence[Piece]) -> str:
    return " ".join(each.said for each in read)
