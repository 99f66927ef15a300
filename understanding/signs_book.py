"""Finds many phrases in a sentence at once.

spaCy's Matcher does the finding. It is asked only for the phrases whose every needed word stands in the sentence, which
an index of words tells: so a language may have thousands of phrases and a message still takes about a millisecond.

A word that no phrase knows is shown to spaCy as a blank, one of which a phrase knows the beginning as that beginning.
spaCy remembers every word it ever met; so it only ever meets the project's own, never a worker's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from knowledge.sign_phrases import Sequence, Slot
from understanding.signs_words import Sentence

_BLANK = "\u2423"


@dataclass(frozen=True)
class Hit:
    """A phrase found: what it stands for and the places of its words, from `start` up to but not including `end`."""

    key: str
    start: int
    end: int

    def overlaps(self, other: Hit) -> bool:
        """Whether both share a word."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class _Entry:
    key: str
    slots: frozenset[int]
    matcher: Any


class Book:
    """The phrases of one language. `find` may be called from several threads at once: nothing in it changes."""

    def __init__(self, phrases: Iterable[tuple[str, Sequence]], never_in_gaps: Set[str] = frozenset()) -> None:
        every = list(phrases)
        slots = {slot for _, sequence in every for slot in sequence}
        self._beginnings = frozenset(word for slot in slots for word in slot.beginnings)
        self.words = frozenset(word for slot in slots for word in slot.words) | never_in_gaps
        self._lengths = sorted({len(beginning) for beginning in self._beginnings}, reverse=True)
        self._vocab = Vocab()
        self._never_in_gaps = sorted(never_in_gaps)
        self._fit: dict[Slot, tuple[str, ...]] = {}
        self._numbers: dict[tuple[str, ...], int] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_anchor: dict[int, list[_Entry]] = {}
        entries = [self._entry(key, sequence) for key, sequence in every]
        uses = Counter(slot for entry in entries for slot in entry.slots)
        for entry in entries:
            # The rarest of its words decides whether a phrase is looked at.
            anchor = min(entry.slots, key=lambda slot: (uses[slot], slot))
            self._by_anchor.setdefault(anchor, []).append(entry)
        for word in [*self.words, *self._beginnings, _BLANK]:
            self._vocab.strings.add(word)

    def _entry(self, key: str, sequence: Sequence) -> _Entry:
        matcher = Matcher(self._vocab, validate=False)
        matcher.add("found", [[self._pattern(slot) for slot in sequence]])
        return _Entry(key, frozenset(self._number(self._fitting(slot)) for slot in sequence if slot.needed), matcher)

    def _fitting(self, slot: Slot) -> tuple[str, ...]:
        """Every word or beginning of a word known here that fits the slot."""
        if slot not in self._fit:
            starts = tuple(slot.beginnings)
            begun = [w for known in (self.words, self._beginnings) for w in known if starts and w.startswith(starts)]
            self._fit[slot] = tuple(sorted({*slot.words, *begun}))
        return self._fit[slot]

    def _number(self, fitting: tuple[str, ...]) -> int:
        if fitting not in self._numbers:
            number = self._numbers[fitting] = len(self._numbers)
            for word in fitting:
                self._by_word.setdefault(word, []).append(number)
        return self._numbers[fitting]

    def _pattern(self, slot: Slot) -> dict[str, Any]:
        pattern: dict[str, Any] = {}
        if not slot.any:
            fitting = self._fitting(slot)
            pattern["ORTH"] = fitting[0] if len(fitting) == 1 else {"IN": list(fitting)}
        elif self._never_in_gaps:
            pattern["ORTH"] = {"NOT_IN": self._never_in_gaps}
        if (slot.least, slot.most) != (1, 1):
            pattern["OP"] = "?" if (slot.least, slot.most) == (0, 1) else f"{{{slot.least},{slot.most}}}"
        return pattern

    def find(self, sentence: Sentence) -> list[Hit]:
        """Every phrase in the sentence, in order: of those that begin at one word for one thing, the longest."""
        met = [self._known(word) for word in sentence.words]
        there = {number for word in set(met) for number in self._by_word.get(word, ())}
        live = [entry for slot in there for entry in self._by_anchor.get(slot, ()) if entry.slots <= there]
        if not live:
            return []
        doc = Doc(self._vocab, words=met)
        longest: dict[tuple[int, str], int] = {}
        for entry in live:
            for _, start, end in entry.matcher(doc):
                longest[start, entry.key] = max(end, longest.get((start, entry.key), 0))
        return [Hit(key, start, end) for (start, key), end in sorted(longest.items())]

    def _known(self, word: str) -> str:
        if word in self.words:
            return word
        for length in self._lengths:
            if word[:length] in self._beginnings and len(word) >= length:
                return word[:length]
        return _BLANK
