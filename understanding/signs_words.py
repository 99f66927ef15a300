"""A message cut into sentences of words, as phrases are looked for in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from understanding.normal_text import straight, unmarked

# Letters with their vowel signs and joiners (Indic scripts, Arabic), digits; scripts without spaces letter by letter.
_ONE = r"\u3040-\u30ff\u3400-\u9fff"
_PIECE = re.compile(
    rf"(?P<word>[{_ONE}]|(?:(?![{_ONE}])[\w\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0dff\u200c\u200d'])+)"
    r"|(?P<end>[.!?\n\u0964\u0965\u061f\u06d4\u3002]+)|(?P<comma>[,;:()\u060c\u3001-]+)"
)
# A point between digits is no end of a sentence.
_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_QUESTION = frozenset("?\u061f")
# More is not read: the channels' limits lie below, and any text must be read in time.
LONGEST = 12_000
_MOST_WORDS = 100
# So many words stand in both parts of a sentence that is longer: a phrase or a denial across the cut is found.
_ACROSS = 12
# Shorter words have too many neighbours that are words themselves ("locked", "looked").
LONG = 8
# Longer ones are no words, and would have too many.
_LONGEST_WORD = 60
# So many first letters tell most words from those whose beginning a phrase knows.
HEAD = 3


@dataclass(frozen=True)
class Sentence:
    """Words as compared, beside them as written; `commas` are the places of words after a comma or the like."""

    words: tuple[str, ...]
    shown: tuple[str, ...]
    commas: frozenset[int] = frozenset()
    question: bool = False

    # What every language asks of the same sentence is found out once.

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Every word once."""
        return frozenset(self.words)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The first letter of each word, the first two, and so on up to `HEAD`."""
        return frozenset(word[:end] for word in self.distinct for end in range(1, HEAD + 1))

    @cached_property
    def bare(self) -> frozenset[str]:
        """The words that have marks, without them."""
        return frozenset(bare for word in self.distinct if (bare := unmarked(word)) != word)

    @cached_property
    def near(self) -> frozenset[str]:
        """What long words share with those that are one slip away."""
        return frozenset(form for word in self.distinct for form in neighbours(word))

    def said(self, start: int, end: int) -> str:
        """The words from `start` up to `end`, as they were written but for case."""
        return " ".join(word for word in self.shown[start:end] if word)


def cut(text: str, apostrophe_parts: bool = False) -> list[Sentence]:
    """The sentences of a text.

    An apostrophe joins what stands around it ("don't" is "dont"), or it parts it ("n'a" is "n a").
    """
    found: list[Sentence] = []
    words: list[str] = []
    commas: set[int] = set()

    def close(question: bool = False) -> None:
        if words:
            said = tuple(words)
            found.append(Sentence(_compared(said), said, frozenset(commas), question))
            words.clear()
            commas.clear()

    for piece in _PIECE.finditer(_NUMBER.sub("", straight(text[:LONGEST]))):
        if piece["word"]:
            parts = piece["word"].split("'") if apostrophe_parts else [piece["word"].strip("'")]
            words.extend(part for part in parts if part)
            if len(words) >= _MOST_WORDS:
                across = words[-_ACROSS:]
                close()
                words.extend(across)
        elif piece["end"]:
            close(not _QUESTION.isdisjoint(piece["end"]))
        else:
            commas.add(len(words))
    close()
    return found


def neighbours(word: str) -> Iterator[str]:
    """A long word, and it without one of its letters other than the first."""
    if LONG - 1 <= len(word) <= _LONGEST_WORD:
        yield word
        for place in range(1, len(word)):
            yield word[:place] + word[place + 1 :]


def _compared(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.replace("'", "") if "'" in word else word for word in words)


def corrected(sentence: Sentence, slips: Mapping[str, tuple[str, ...]]) -> Sentence:
    """The sentence with the words in `slips` replaced; what was written stays in `shown`."""
    if not any(word in slips for word in sentence.words):
        return sentence
    words: list[str] = []
    shown: list[str] = []
    places: list[int] = []
    for word, said in zip(sentence.words, sentence.shown, strict=True):
        places.append(len(words))
        instead = slips.get(word, (word,))
        words.extend(instead)
        shown.extend([said, *[""] * (len(instead) - 1)])
    places.append(len(words))
    return Sentence(tuple(words), tuple(shown), frozenset(places[at] for at in sentence.commas), sentence.question)
