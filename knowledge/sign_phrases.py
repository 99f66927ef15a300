"""The small language in which phrases are written, and what it is compiled to.

    he (has|took) <my> passport?     words, one of several, a word class, a word that may be missing
    deport*                          a word that begins so
    _    ..    ...                   exactly one word, up to two, up to four words of any kind

Alternatives may have several words; a group may be missing as a whole: (at the airport)?
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

_TOKEN = re.compile(r"\s*(?:(?P<open>\()|(?P<close>\)\??)|(?P<bar>\|)|(?P<item>[^\s()|]+))")
_GAPS = {"_": (1, 1), "..": (0, 2), "...": (0, 4)}
# A phrase that means more sequences than this was surely not meant so.
MOST = 400


class PhraseBroken(ValueError):
    """A phrase that cannot be read; the message says which and why."""


@dataclass(frozen=True)
class Slot:
    """One place of a sequence: the words or beginnings of words that fit, or any; how often it may be filled."""

    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    least: int = 1
    most: int = 1

    @property
    def any(self) -> bool:
        """Whether every word fits."""
        return not self.words and not self.beginnings

    @property
    def needed(self) -> bool:
        """Whether nothing is found without a certain word here."""
        return self.least > 0 and not self.any


Sequence = tuple[Slot, ...]
Classes = Mapping[str, tuple[Sequence, ...]]


def sequences(phrase: str, classes: Classes) -> tuple[Sequence, ...]:
    """Every sequence of slots a phrase stands for. Raises PhraseBroken."""
    reader = _Reader(phrase, classes)
    found = reader.alternatives(outermost=True)
    if not found or not all(any(slot.needed for slot in one) for one in found):
        raise PhraseBroken(f"{phrase!r}: could be found without any of its words")
    return found


class _Reader:
    def __init__(self, phrase: str, classes: Classes) -> None:
        self.phrase, self.classes = phrase, classes
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(phrase.rstrip()):
            found = _TOKEN.match(phrase, at)
            if not found:
                raise self.broken(f"cannot be read from {phrase[at:]!r}")
            self.tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
            at = found.end()
        self.at = 0

    def broken(self, reason: str) -> PhraseBroken:
        return PhraseBroken(f"{self.phrase!r}: {reason}")

    def alternatives(self, outermost: bool = False) -> tuple[Sequence, ...]:
        """Up to the closing bracket, which is left to the caller."""
        branches: list[tuple[Sequence, ...]] = []
        current: list[tuple[Sequence, ...]] = []
        while self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if kind == "close":
                if outermost:
                    raise self.broken("a bracket closes that was not opened")
                break
            self.at += 1
            if kind == "bar":
                branches.append(self.joined(current))
                current = []
            else:
                current.append(self.group() if kind == "open" else self.item(text))
        branches.append(self.joined(current))
        return merged([one for branch in branches for one in branch])

    def group(self) -> tuple[Sequence, ...]:
        found = self.alternatives()
        if self.at >= len(self.tokens):
            raise self.broken("a bracket is not closed")
        closing = self.tokens[self.at][1]
        self.at += 1
        return _may_be_missing(found) if closing.endswith("?") else found

    def item(self, text: str) -> tuple[Sequence, ...]:
        if text in _GAPS:
            least, most = _GAPS[text]
            return ((Slot(least=least, most=most),),)
        missing = text.endswith("?")
        text = text.removesuffix("?")
        if text.startswith("<") and text.endswith(">"):
            if text[1:-1] not in self.classes:
                raise self.broken(f"no word class {text}")
            found = self.classes[text[1:-1]]
        elif text.endswith("*") and len(text) > 2:
            found = ((Slot(beginnings=frozenset({text[:-1]})),),)
        elif text and not set(text) & set("<>*?"):
            found = ((Slot(words=frozenset({text})),),)
        else:
            raise self.broken(f"{text!r} is neither word nor class")
        return _may_be_missing(found) if missing else found

    def joined(self, parts: list[tuple[Sequence, ...]]) -> tuple[Sequence, ...]:
        def add(before: tuple[Sequence, ...], part: tuple[Sequence, ...]) -> tuple[Sequence, ...]:
            if len(before) * len(part) > MOST:
                raise self.broken(f"means more than {MOST} sequences; write it as several phrases")
            return tuple((*left, *right) for left in before for right in part)

        if not parts:
            raise self.broken("an alternative is empty")
        start: tuple[Sequence, ...] = ((),)
        return reduce(add, parts, start)


def _may_be_missing(found: tuple[Sequence, ...]) -> tuple[Sequence, ...]:
    if len(found) == 1 and len(found[0]) == 1:
        slot = found[0][0]
        return ((Slot(slot.words, slot.beginnings, 0, slot.most),),)
    return ((), *found)


def merged(found: list[Sequence]) -> tuple[Sequence, ...]:
    """Alternatives of a single word each become one slot with many words."""
    single = [one[0] for one in found if len(one) == 1 and one[0].needed]
    rest = [one for one in found if not (len(one) == 1 and one[0].needed)]
    if not single:
        return tuple(dict.fromkeys(rest))
    words = frozenset(word for slot in single for word in slot.words)
    beginnings = frozenset(word for slot in single for word in slot.beginnings)
    return tuple(dict.fromkeys([(Slot(words, beginnings),), *rest]))
