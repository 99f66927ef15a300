"""The written signs read in many texts: on all cores, for they are read in Python, one text after the other."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from understanding.all_cores import CORES
from understanding.risk import PatternReading, Patterns

# Other processes take some seconds to start: for fewer texts it is not worth it.
_WORTH_A_PROCESS = 8_000
_AT_ONCE = 250

_patterns: list[Patterns] = []


def read_all(patterns: Patterns, texts: Sequence[tuple[str, str]]) -> list[PatternReading]:
    """What the patterns see in each text, given with its language. Patterns must bear being copied (pickle)."""
    if len(texts) < _WORTH_A_PROCESS:
        return [patterns.read(text, language) for text, language in texts]
    # Not forked: the algebra's threads would be missing in the copy, and their locks held for ever.
    context = get_context("spawn")
    with ProcessPoolExecutor(CORES, context, _hold, (patterns,)) as readers:
        return list(readers.map(_read, texts, chunksize=_AT_ONCE))


def _hold(patterns: Patterns) -> None:
    _patterns[:] = [patterns]


def _read(text: tuple[str, str]) -> PatternReading:
    return _patterns[0].read(*text)
