"""Whose units an answer counts in: "5 din 8 ghante" is Hindi also where the talk is in English."""

from __future__ import annotations

from itertools import pairwise

from knowledge.said.numbers import pieces
from knowledge.said.units import unit_of
from knowledge.spoken import ENGLISH, spoken_languages

_SHORTEST = 3
"""Shorter words behind a number may be of another language: "an" is a year in Romanian, and "12 an hour" is not."""


def language_of_units(text: str, lang: str = ENGLISH) -> str:
    """The language whose units of time stand behind the numbers; `lang` where they are its own, or there are none."""
    others = (each for each in spoken_languages() if each not in (lang, ENGLISH))
    return next((each for each in others if _counts_in(text, each, lang)), lang)


def _counts_in(text: str, other: str, lang: str) -> bool:
    return any(
        one.number is not None
        and len(counted.said) >= _SHORTEST
        and unit_of(counted, other) is not None
        and unit_of(counted, lang) is None
        for one, counted in pairwise(pieces(text, other))
    )
