"""Finds many phrases in a sentence at once.

spaCy's Matcher does the finding. It is asked only for the phrases whose every needed word stands in the sentence, which
an index of words tells: so a language may have thousands of phrases and a message still takes about a millisecond.
Most phrases are never met. So they lie here as words only; a phrase is put into spaCy's form, which takes many times
the memory, when it may be in a sentence, and the last ones stay in it.

A word that no phrase knows is shown to spaCy as a blank, one of which a phrase knows the beginning as that beginning.
spaCy remembers every word it ever met; so it only ever meets the project's own, never a worker's.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from knowledge.sign_phrases import Sequence, Slot
from understanding.signs_words import HEAD, Sentence

_BLANK = "\u2423"
_MOST_MATCHERS = 2_000
_VOCAB = Vocab()
_reading = threading.Lock()  # the vocabulary grows while it reads, and several threads read at once


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: what it stands for and the places of its words, from `start` up to but not including `end`."""

    key: str
    start: int
    end: int

    def overlaps(self, other: Hit) -> bool:
        """Whether both share a word."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class _Place:
    """One slot of a phrase. `fitting`: the words and beginnings of words that fit, in a gap those that do not."""

    fitting: tuple[str, ...]
    gap: bool
    least: int
    most: int

    def pattern(self) -> dict[str, Any]:
        """It in spaCy's form."""
        pattern: dict[str, Any] = {}
        if self.fitting:
            pattern["ORTH"] = {"NOT_IN" if self.gap else "IN": list(self.fitting)}
        if not self.gap and len(self.fitting) == 1:
            pattern["ORTH"] = self.fitting[0]
        if (self.least, self.most) != (1, 1):
            pattern["OP"] = "?" if (self.least, self.most) == (0, 1) else f"{{{self.least},{self.most}}}"
        return pattern


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    """What it stands for, its places, and the numbers of those it is not found without, the rarest first."""

    key: str
    places: tuple[_Place, ...]
    needed: tuple[int, ...]


@lru_cache(maxsize=_MOST_MATCHERS)
def _matcher(phrase: _Phrase) -> Any:
    matcher = Matcher(_VOCAB, validate=False)
    matcher.add("found", [[place.pattern() for place in phrase.places]])
    return matcher


class Book:
    """The phrases of one language. `find` may be called from several threads at once."""

    def __init__(self, phrases: Iterable[tuple[str, Sequence]], never_in_gaps: Set[str] = frozenset()) -> None:
        every = list(phrases)
        slots = dict.fromkeys(slot for _, sequence in every for slot in sequence)
        self.words = frozenset(word for slot in slots for word in slot.words) | never_in_gaps
        self._beginnings = frozenset(word for slot in slots for word in slot.beginnings)
        self._heads = frozenset(beginning[:HEAD] for beginning in self._beginnings)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings}, reverse=True)
        places = _places(slots, self.words | self._beginnings, never_in_gaps)
        # Places that the same words fit have one number.
        numbers: dict[tuple[str, ...], int] = {}
        needed = [
            {numbers.setdefault(places[slot].fitting, len(numbers)) for slot in sequence if slot.needed}
            for _, sequence in every
        ]
        uses = Counter(number for one in needed for number in one)
        # The rarest of its places decides whether a phrase is looked at.
        self._by_rarest: dict[int, list[_Phrase]] = {}
        for (key, sequence), one in zip(every, needed, strict=True):
            rarest_first = tuple(sorted(one, key=lambda number: (uses[number], number)))
            phrase = _Phrase(key, tuple(places[slot] for slot in sequence), rarest_first)
            self._by_rarest.setdefault(rarest_first[0], []).append(phrase)
        self._by_word: dict[str, tuple[int, ...]] = {}
        for fitting, number in numbers.items():
            for word in fitting:
                self._by_word[word] = (*self._by_word.get(word, ()), number)

    def find(self, sentence: Sentence) -> list[Hit]:
        """Every phrase in the sentence, in order: of those that begin at one word for one thing, the longest."""
        known = self._known(sentence)
        if not known:
            return []
        there: set[int] = set().union(*(self._by_word.get(word, ()) for word in known.values()))
        rarest = self._by_rarest.keys() & there
        live = [phrase for number in rarest for phrase in self._by_rarest[number] if there.issuperset(phrase.needed)]
        if not live:
            return []
        longest: dict[tuple[int, str], int] = {}
        with _reading:
            doc = Doc(_VOCAB, words=[known.get(word, _BLANK) for word in sentence.words])
            for phrase in live:
                for _, start, end in _matcher(phrase)(doc):
                    longest[start, phrase.key] = max(end, longest.get((start, phrase.key), 0))
        return [Hit(key, start, end) for (start, key), end in sorted(longest.items())]

    def _known(self, sentence: Sentence) -> dict[str, str]:
        """The words of the sentence that are known, and what of each: all of it or its longest beginning."""
        known = {word: word for word in self.words & sentence.distinct}
        if not self._heads.isdisjoint(sentence.heads):
            for word in sentence.distinct - self.words:
                for length in self._lengths:
                    if word[:length] in self._beginnings:
                        known[word] = word[:length]
                        break
        return known


def _places(slots: Iterable[Slot], known: Set[str], never_in_gaps: Set[str]) -> dict[Slot, _Place]:
    """Each slot with what fits it of the words and beginnings of words that are known."""
    stops = tuple(sorted(never_in_gaps))
    found = {}
    for slot in slots:
        starts = tuple(slot.beginnings)
        begun = (word for word in known if word.startswith(starts)) if starts else ()
        fitting = stops if slot.any else tuple(sorted({*slot.words, *begun}))
        found[slot] = _Place(fitting, slot.any, slot.least, slot.most)
    return found
