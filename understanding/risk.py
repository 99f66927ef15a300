"""How dangerous is what a message tells: written patterns and a trained classifier, the graver of the two."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from understanding.encoder import Vectors
from understanding.places import ROOT
from understanding.risk_levels import (
    CONCERN,
    EMERGENCY,
    HIGH,
    LEVELS,
    NOBODY,
    NONE,
    SELF,
    UNKNOWN,
    LevelUnknown,
    Risk,
    Sign,
    highest,
    rank,
)

__all__ = [
    "LEVELS",
    "LevelUnknown",
    "PatternReading",
    "Risk",
    "RiskReader",
    "Sign",
    "assess",
    "highest",
    "rank",
    "reader",
    "use",
]

SIGNS = ROOT / "knowledge" / "signs"


@dataclass(frozen=True)
class PatternReading:
    """What the written patterns found.

    `calm` says that they understood the message as no statement about anybody (a denial, a general question, an idiom):
    then the classifier alone needs to be surer before it raises an alarm.
    """

    signs: tuple[Sign, ...] = ()
    about: str = NOBODY
    when: str = UNKNOWN
    calm: bool = False


class Patterns(Protocol):
    """Reads signs of danger by written rules."""

    def read(self, text: str, language: str) -> PatternReading:
        """The signs in `text`. A language without rules of its own is read by those of every language there is."""
        ...


class Classifier(Protocol):
    """A trained reader of danger."""

    def chances(self, text: str, language: str, vector: Vectors | None) -> Mapping[str, float]:
        """The probability of each level; they sum to one."""
        ...


@dataclass(frozen=True)
class RiskReader:
    """Puts both together. Either may be missing; with neither, nothing is ever seen.

    The thresholds are probabilities that a message has at least that level.
    """

    patterns: Patterns | None = None
    classifier: Classifier | None = None
    thresholds: Mapping[str, float] | None = None
    calm_thresholds: Mapping[str, float] | None = None

    def read(self, text: str, language: str = "en", vector: Vectors | None = None) -> Risk:
        """The risk of one message."""
        found = self.patterns.read(text, language) if self.patterns else PatternReading()
        by_patterns = highest(sign.level for sign in found.signs)
        by_classifier = NONE
        if self.classifier:
            limits = (self.calm_thresholds if found.calm else self.thresholds) or _LIMITS
            by_classifier = reached(self.classifier.chances(text, language, vector), limits)
        level = highest([by_patterns, by_classifier])
        about = SELF if level != NONE and found.about == NOBODY else found.about
        return Risk(level, found.signs, about, found.when)


_LIMITS = {CONCERN: 0.5, HIGH: 0.5, EMERGENCY: 0.5}


def reached(chances: Mapping[str, float], limits: Mapping[str, float]) -> str:
    """The gravest level whose probability, together with that of the graver ones, reaches its limit."""
    total = 0.0
    for level in reversed(LEVELS[1:]):
        total += chances.get(level, 0.0)
        if total >= limits.get(level, 1.01):
            return level
    return NONE


_lock = threading.Lock()
_reader: RiskReader | None = None


def reader() -> RiskReader:
    """The reader of this process, made at first use from what is there."""
    global _reader
    with _lock:
        if _reader is None:
            _reader = RiskReader(patterns_in(SIGNS))
        return _reader


def use(new: RiskReader | None) -> None:
    """Read with `new` from now on; None makes the reader anew at the next message."""
    global _reader
    with _lock:
        _reader = new


def patterns_in(folder: Path) -> Patterns | None:
    """The written patterns of every language in `folder`, or None where there are none.

    `understanding.signs` reads them; it needs spaCy and is therefore only loaded where there is something to read.
    """
    if not any(folder.glob("*.yml")):
        return None
    patterns: Patterns = importlib.import_module("understanding.signs").read_patterns(folder)
    return patterns


def assess(text: str, language: str = "en", vector: Vectors | None = None) -> Risk:
    """The risk of one message. `vector` is its sentence vector where it is known already."""
    return reader().read(text, language, vector)
