"""How dangerous is what a message tells: written patterns and a trained classifier, the graver of the two."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from understanding import places
from understanding.encoded import Encoded
from understanding.places import ROOT
from understanding.risk_levels import (
    CLASSIFIER,
    HIGH,
    LEVELS,
    NOBODY,
    NONE,
    SELF,
    UNKNOWN,
    WRITTEN,
    LevelUnknown,
    Risk,
    Sign,
    highest,
    rank,
)
from understanding.risk_limits import LimitsByLanguage

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
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PatternReading:
    """What the written patterns found.

    `calm` says that they understood the message as no statement about anybody (a denial, a general question, an idiom):
    then the classifier alone needs to be surer before it raises an alarm. `joke` says that it calls something a joke.
    """

    signs: tuple[Sign, ...] = ()
    about: str = NOBODY
    when: str = UNKNOWN
    calm: bool = False
    joke: bool = False


class Patterns(Protocol):
    """Reads signs of danger by written rules."""

    def read(self, text: str, language: str) -> PatternReading:
        """The signs in `text`. A language without rules of its own is read by those of every language there is."""
        ...


class Classifier(Protocol):
    """A trained reader of danger. What it may raise is caught: the patterns then read alone."""

    def chances(self, text: str, language: str, encoded: Encoded | None) -> Mapping[str, float]:
        """The probability of each level; they sum to one."""
        ...


@dataclass(frozen=True)
class RiskReader:
    """Puts both together. Either may be missing; with neither, nothing is ever seen.

    Where the classifier gives less than the limits' `doubt` to a level the patterns found, it is not believed (they
    know words, not what is meant). Only a classifier that learned the language itself may doubt.
    """

    patterns: Patterns | None = None
    classifier: Classifier | None = None
    limits: LimitsByLanguage = field(default_factory=LimitsByLanguage)

    def read(self, text: str, language: str = "en", encoded: Encoded | None = None) -> Risk:
        """The risk of one message. Raises nothing: where one of the two fails, the other is heard."""
        heard, chances = self._found(text, language), self._chances(text, language, encoded)
        unread = tuple(name for name, said in ((WRITTEN, heard), (CLASSIFIER, chances)) if said is None)
        return replace(self._together(heard or PatternReading(), chances, language), unread=unread)

    def _together(self, found: PatternReading, chances: Mapping[str, float] | None, language: str) -> Risk:
        by_patterns = highest(sign.level for sign in found.signs)
        if chances is None:
            return _risk(by_patterns, found, found.signs)
        limits = self.limits.of(language)
        by_classifier = reached(chances, limits.calm if found.calm else limits.alarm)
        if rank(by_patterns) >= rank(HIGH) and at_least(chances, HIGH) < limits.doubt.get(HIGH, 0.0):
            signs = tuple(sign for sign in found.signs if rank(sign.level) < rank(HIGH))
            return _risk(highest([by_classifier, *(sign.level for sign in signs)]), found, signs)
        return _risk(highest([by_patterns, by_classifier]), found, found.signs)

    def _found(self, text: str, language: str) -> PatternReading | None:
        if self.patterns is None:
            return None
        try:
            return self.patterns.read(text, language)
        except Exception as fault:  # noqa: BLE001 - the classifier must still be heard
            log.error("risk_patterns_failed: %s", type(fault).__name__)
            return None

    def _chances(self, text: str, language: str, encoded: Encoded | None) -> Mapping[str, float] | None:
        if self.classifier is None:
            return None
        try:
            return self.classifier.chances(text, language, encoded)
        except Exception as fault:  # noqa: BLE001 - the patterns must still be heard
            log.error("risk_classifier_failed: %s", type(fault).__name__)
            return None


def _risk(level: str, found: PatternReading, signs: tuple[Sign, ...]) -> Risk:
    about = SELF if level != NONE and found.about == NOBODY else found.about
    return Risk(level, signs, about, found.when, found.joke)


def at_least(chances: Mapping[str, float], level: str) -> float:
    """The probability of that level together with those of the graver ones."""
    return sum(chances.get(name, 0.0) for name in LEVELS[rank(level) :])


def reached(chances: Mapping[str, float], limits: Mapping[str, float]) -> str:
    """The gravest level whose probability, together with that of the graver ones, reaches its limit."""
    for level in reversed(LEVELS[1:]):
        if at_least(chances, level) >= limits.get(level, 1.01):
            return level
    return NONE


_lock = threading.Lock()
_reader: RiskReader | None = None


def reader() -> RiskReader:
    """The reader of this process, made at first use from what is there."""
    global _reader
    with _lock:
        if _reader is None:
            _reader = made_of(patterns_in(SIGNS), places.models())
        return _reader


def made_of(patterns: Patterns | None, models: Path) -> RiskReader:
    """A reader of these patterns and of the classifier trained last; without one, or with a broken one, of patterns."""
    from understanding.risk_model import RiskModelUnusable, newest_risk

    try:
        model = newest_risk(models)
    except RiskModelUnusable as reason:
        log.warning("risk_classifier_missing: %s", reason)
        return RiskReader(patterns)
    return RiskReader(patterns, model, model.limits)


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


def assess(text: str, language: str = "en", encoded: Encoded | None = None) -> Risk:
    """The risk of one message. `encoded` is the text with its vectors where they are known already."""
    return reader().read(text, language, encoded)
