"""The words for danger: levels, signs, and what is known about a message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

NONE, CONCERN, HIGH, EMERGENCY = "none", "concern", "high", "emergency"
# From the least to the most; what each means stands in the topic registry's table of levels.
LEVELS: tuple[str, ...] = (NONE, CONCERN, HIGH, EMERGENCY)

# The two that read a message: the written signs and the trained classifier.
WRITTEN, CLASSIFIER = "signs", "classifier"

# Whom a message speaks of, and when what it tells happened.
SELF, SOMEBODY_ELSE, NOBODY = "self", "somebody_else", "nobody"
NOW, PAST, UNKNOWN = "now", "past", "unknown"


class LevelUnknown(ValueError):
    """A level that is not one of LEVELS."""


def rank(level: str) -> int:
    """The place of a level in LEVELS, 0 for none. Raises LevelUnknown."""
    try:
        return LEVELS.index(level)
    except ValueError as error:
        raise LevelUnknown(level) from error


def highest(levels: Iterable[str]) -> str:
    """The gravest of the levels; "none" of no levels. Raises LevelUnknown."""
    return max(levels, key=rank, default=NONE)


@dataclass(frozen=True)
class Sign:
    """Something in a message that shows danger: which sign, the words that showed it, the level it stands for."""

    id: str
    words: str
    level: str = CONCERN

    def __post_init__(self) -> None:
        rank(self.level)


@dataclass(frozen=True)
class Risk:
    """The danger a message shows. Never lower than its gravest sign, but it may be higher (the classifier's).

    `joke` says that it calls itself, or what came before, a joke. `unread` names who of WRITTEN and CLASSIFIER was
    missing or broken, so that the other was heard alone.
    """

    level: str = NONE
    signs: tuple[Sign, ...] = ()
    about: str = NOBODY
    when: str = UNKNOWN
    joke: bool = False
    unread: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        rank(self.level)
