"""How alike two messages are: by the pieces of three characters they share."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_LETTERS = 3


@dataclass(frozen=True, order=True)
class NearPair:
    """Two messages and how alike they are: the pieces both have, in percent of the pieces either has."""

    likeness: int
    one: str
    other: str

    def __str__(self) -> str:
        return f'"{self.one[:70]}" ~ "{self.other[:70]}" ({self.likeness} %)'


class _Folding(dict[int, str]):
    """What each character becomes: marks of writing fall away, letters, digits and money stay."""

    def __missing__(self, code: int) -> str:
        mark = chr(code)
        kind = unicodedata.category(mark)
        if mark in "'\u2019\u02bc" or kind == "Cf":
            self[code] = ""
        else:
            self[code] = " " if kind[0] in "PZ" or kind in ("Cc", "Sk") else mark
        return self[code]


_FOLDING = _Folding()


def folded(text: str) -> str:
    """The text without case, marks and double spaces; digits as they are. Marks alone ("??") stay what they are."""
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().translate(_FOLDING).split())
    return plain or text.strip()


def near_pairs(texts: Sequence[str], percent: int, others: Sequence[str] | None = None) -> Iterator[NearPair]:
    """Every pair at least so much alike: among the texts, or between them and the others. They are folded already.

    Two sets that share enough must share one of the rarest pieces of each, so only those are looked up
    (prefix filtering; Chaudhuri, Ganti and Kaushik 2006).
    """
    pieces = [_pieces(text) for text in texts]
    against = pieces if others is None else [_pieces(text) for text in others]
    found_in = Counter(piece for each in (pieces if others is None else pieces + against) for piece in each)
    index: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(against):
        for piece in _rarest(each, found_in, percent):
            index[piece].append(place)
    for place, each in enumerate(pieces):
        candidates = {other for piece in _rarest(each, found_in, percent) for other in index.get(piece, ())}
        for other in sorted(candidates):
            there = against[other]
            fewer, more = sorted((len(each), len(there)))
            if (others is None and other >= place) or fewer * 100 < percent * more:
                continue
            both = len(each & there)
            either = fewer + more - both
            if both * 100 >= percent * either:
                yield NearPair(both * 100 // either, texts[place], (texts if others is None else others)[other])


def _pieces(text: str) -> frozenset[str]:
    return frozenset(text[start : start + _LETTERS] for start in range(max(1, len(text) - _LETTERS + 1)))


def _rarest(pieces: frozenset[str], found_in: Mapping[str, int], percent: int) -> list[str]:
    needed = -(-percent * len(pieces) // 100)
    return sorted(pieces, key=lambda piece: (found_in[piece], piece))[: len(pieces) - needed + 1]
