"""Marks on a text: where something stands that is to be masked, and of what kind it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Mark:
    """From ``start`` up to ``end`` there is something of this kind."""

    start: int
    end: int
    kind: str


def plain(text: str) -> str:
    """The text as the rules read it, letter for letter: digits of every script and full-width letters as in ASCII.

    Each letter stays in its place, so that marks on it hold on the text itself.
    """
    return "".join(map(_plain_letter, text))


def _plain_letter(letter: str) -> str:
    if letter < "\x80":
        return letter
    value = unicodedata.decimal(letter, None)
    if value is not None:
        return str(value)
    if letter in "‐‑‒–—―−﹣－":
        return "-"
    if letter in "’‘ʼ`´":
        return "'"
    if unicodedata.category(letter) == "Zs":
        return " "
    wide = unicodedata.normalize("NFKC", letter)
    return wide if len(wide) == 1 and "!" <= wide <= "~" else letter


def marks_of(pattern: re.Pattern[str], text: str, kind: str, group: int | str = 0) -> Iterator[Mark]:
    """A mark for each match of a pattern, or of one group of it."""
    for found in pattern.finditer(text):
        start, end = found.span(group)
        if end > start >= 0:
            yield Mark(start, end, kind)


def merged(found: Iterable[Mark]) -> list[Mark]:
    """The marks in order; of two that overlap the earlier keeps its kind and reaches to the end of both."""
    result: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        if result and mark.start < result[-1].end:
            last = result[-1]
            result[-1] = Mark(last.start, max(last.end, mark.end), last.kind)
        else:
            result.append(mark)
    return result
