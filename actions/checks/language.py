"""The language a check is really spoken in."""

from __future__ import annotations

from dataclasses import replace

from actions.turn import Turn
from knowledge.checks import check_words


def in_language_of(check: str, turn: Turn) -> Turn:
    """The turn in the worker's language where the check has words in it, else in English: never half and half."""
    return replace(turn, language=check_words(check, turn.language).lang)
