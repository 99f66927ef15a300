"""A text cut into the word pieces of the model: the likeliest way (a unigram model, by Viterbi's algorithm)."""

from __future__ import annotations

import re

from understanding.e5.packed import Vocabulary

_SPACE = "\u2581"
_SPACES = re.compile(r" {2,}")
_UNKNOWN_COSTS = 10.0
# By so many letters it is known how long a piece that begins with them can be. More take more memory than they save.
_BEGINNING = 3


class Pieces:
    """Cuts texts. Kept apart from the network: it needs no numbers but the scores of the pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._pieces = {name: (row, vocabulary.scores[row]) for name, row in vocabulary.pieces.items()}
        self._pieces.pop("<unk>", None)
        self._unknown = (vocabulary.unknown, min(vocabulary.scores) - _UNKNOWN_COSTS)
        self._longest_after: dict[str, int] = {}
        for name in self._pieces:
            if len(name) >= _BEGINNING:
                beginning = name[:_BEGINNING]
                self._longest_after[beginning] = max(self._longest_after.get(beginning, 0), len(name))
        self._normal = str.maketrans(vocabulary.normal)

    def of(self, text: str) -> list[int]:
        """The numbers of the pieces of a text, in order; without the marks of beginning and end."""
        line = self._line(text)
        best = [float("-inf")] * (len(line) + 1)
        best[0] = 0.0
        back: list[tuple[int, int]] = [(0, 0)] * (len(line) + 1)
        for start in range(len(line)):
            here = best[start]
            reach = self._longest_after.get(line[start : start + _BEGINNING], _BEGINNING - 1)
            for end in range(start + 1, min(len(line), start + reach) + 1):
                known = self._pieces.get(line[start:end])
                if known and here + known[1] > best[end]:
                    best[end], back[end] = here + known[1], (known[0], start)
            if here + self._unknown[1] > best[start + 1]:
                best[start + 1], back[start + 1] = here + self._unknown[1], (self._unknown[0], start)
        found = []
        end = len(line)
        while end > 0:
            piece, end = back[end]
            found.append(piece)
        return found[::-1]

    def _line(self, text: str) -> str:
        line = _SPACES.sub(" ", text.translate(self._normal))
        return (line if line.startswith(" ") else " " + line).replace(" ", _SPACE)
