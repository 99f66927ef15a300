"""Pieces of words and whole words as a sparse vector: what survives a learner's spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from understanding.normal_text import normal, straight

# Marks a feature that is a whole word or a pair of words, so that it cannot be taken for a piece of one.
_WORD = "\x01"
# Marks a number as it was written ("48", "12.07%"), alone and before the next word; all else sees only its shape.
_NUMBER = "\x02"
# So many texts may always share a piece, however few texts there are.
_ALWAYS_SHARED = 30
_LONGEST_WORD = 24


@dataclass(frozen=True)
class NgramShape:
    """Which pieces are counted: their lengths, words in a row, in how many texts they stand, how many are kept.

    `greatest_share` leaves out what stands in more than this share of the texts; `numbers` tells 20 from 48.
    """

    shortest: int = 2
    longest: int = 5
    words: int = 2
    fewest_texts: int = 3
    most: int = 20_000
    greatest_share: float = 1.0
    numbers: bool = False


def pieces(text: str, shape: NgramShape) -> Iterator[str]:
    """Every piece of a text: runs of letters within a word and its borders, then words and neighbours."""
    words = [word[:_LONGEST_WORD] for word in normal(text).split()]
    for word in words:
        padded = f" {word} "
        for size in range(shape.shortest, shape.longest + 1):
            if size >= len(padded):
                yield padded
                break
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]
    bare = [word.strip(".,;:!?\"'()-") or word for word in words]
    for count in range(1, shape.words + 1):
        for start in range(len(bare) - count + 1):
            yield _WORD + " ".join(bare[start : start + count])
    if shape.numbers:
        yield from _numbers(text, bare)


def _numbers(text: str, bare: Sequence[str]) -> Iterator[str]:
    for place, word in enumerate(straight(text).split()):
        if any(letter.isdigit() for letter in word):
            written = word.strip(".,;:!?\"'()-") or word
            yield _NUMBER + written[:_LONGEST_WORD]
            if place + 1 < len(bare):
                yield f"{_NUMBER}{written[:_LONGEST_WORD]} {bare[place + 1]}"


class Ngrams:
    """A fixed list of pieces with their weights (inverse document frequency)."""

    def __init__(self, shape: NgramShape, names: Sequence[str], weights: np.ndarray[Any, np.dtype[np.float32]]) -> None:
        self.shape = shape
        self.names = list(names)
        self.weights = weights.astype(np.float32)
        self._places = {name: place for place, name in enumerate(self.names)}

    @classmethod
    def learn(cls, texts: Sequence[str], shape: NgramShape) -> Ngrams:
        """Choose the pieces that stand in enough of the texts; of too many, the more frequent stay."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(pieces(text, shape)))
        greatest = max(_ALWAYS_SHARED, shape.greatest_share * len(texts))
        kept = sorted(
            (name for name, count in seen.items() if shape.fewest_texts <= count <= greatest),
            key=lambda n: (-seen[n], n),
        )
        kept = sorted(kept[: shape.most])
        counts = np.array([seen[name] for name in kept], dtype=np.float64)
        return cls(shape, kept, np.log((1 + len(texts)) / (1 + counts)) + 1)

    def vectors(self, texts: Iterable[str]) -> Any:
        """A sparse float32 matrix, one row of length 1 for each text (of length 0 where no piece is known)."""
        data: list[float] = []
        places: list[int] = []
        ends = [0]
        known = self._places
        for text in texts:
            counts = Counter(known[name] for name in pieces(text, self.shape) if name in known)
            columns = sorted(counts)
            row = (1 + np.log([counts[column] for column in columns])) * self.weights[columns]
            length = float(np.linalg.norm(row)) or 1.0
            data.extend(row / length)
            places.extend(columns)
            ends.append(len(places))
        return csr_matrix(
            (np.array(data, dtype=np.float32), np.array(places, dtype=np.int32), np.array(ends, dtype=np.int32)),
            shape=(len(ends) - 1, len(self.names)),
        )
