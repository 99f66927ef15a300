"""A long message cut into the pieces that can each carry a question."""

from __future__ import annotations

import re
from itertools import pairwise

# Full stops of the scripts written here: Latin, Devanagari, Bengali (danda), Arabic and Urdu question mark and stop.
_END = re.compile(r"(?<=[.!?\u0964\u0965\u061f\u06d4])[\"')\]]*\s+|\n+|(?<=[?\u061f])")
_COMMON_SHORT = re.compile(r"\b(?:mr|mrs|ms|dr|st|no|eg|e\.g|i\.e|etc|approx|hr|hrs|wk|pls)\.$", re.IGNORECASE)
_FEWEST_WORDS = 3
_LONGEST_PIECE = 40
MOST = 8


def sentences(text: str) -> list[str]:
    """The sentences of a text, at most eight: a fragment joins its neighbour, a run-on is cut at its joints."""
    pieces: list[str] = []
    for part in _END.split(text):
        part = part.strip()
        if not part:
            continue
        if pieces and (len(pieces[-1].split()) < _FEWEST_WORDS or _COMMON_SHORT.search(pieces[-1])):
            pieces[-1] = f"{pieces[-1]} {part}"
        else:
            pieces.append(part)
    if len(pieces) > 1 and len(pieces[-1].split()) < _FEWEST_WORDS:
        last = pieces.pop()
        pieces[-1] = f"{pieces[-1]} {last}"
    cut = [short for piece in pieces for short in _shorter(piece)]
    return cut if len(cut) <= MOST else _fewer(cut)


def _shorter(piece: str) -> list[str]:
    """A piece without full stops, as many write, in runs of at most forty words, cut at a comma where there is one."""
    words = piece.split()
    if len(words) <= _LONGEST_PIECE:
        return [piece]
    half = len(words) // 2
    commas = [at for at, word in enumerate(words) if word.endswith((",", ";", "\u060c")) and 5 < at < len(words) - 5]
    at = min(commas, key=lambda place: abs(place - half)) + 1 if commas else half
    return [*_shorter(" ".join(words[:at])), *_shorter(" ".join(words[at:]))]


def _fewer(pieces: list[str]) -> list[str]:
    """Eight runs of neighbouring pieces, of about the same number of pieces."""
    bounds = [round(step * len(pieces) / MOST) for step in range(MOST + 1)]
    return [" ".join(pieces[start:end]) for start, end in pairwise(bounds)]
