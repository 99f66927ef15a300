"""Numbers in words, put together: "two hundred and fifty", "1.8 k", "seven and a half"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

_HUNDRED, _ONE, _ZERO = Decimal(100), Decimal(1), Decimal(0)
_TENS = 20
_AND, _ARTICLES = "and", ("a", "an")
_COLLECTIVE = ("dozen", "couple")
_ALONE = ("fiver", "tenner")
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}


@dataclass(frozen=True)
class Piece:
    """A number, or a word or mark. `said` is what was written, in one case."""

    said: str
    number: Decimal | None = None


def with_words(read: Sequence[Piece], words: Mapping[str, int]) -> tuple[Piece, ...]:
    """The pieces with every run of number words in place of one number."""
    joined: list[Piece] = []
    place = 0
    while place < len(read):
        end = _end_of_number(read, place, words)
        if end > place:
            said = " ".join(each.said for each in read[place:end])
            joined.append(Piece(said, _total(read[place:end], words)))
            place = end
        else:
            joined.append(read[place])
            place += 1
    return tuple(_with_parts(joined))


def _end_of_number(read: Sequence[Piece], start: int, words: Mapping[str, int]) -> int:
    """Where the number that begins at `start` ends; `start` itself where none begins."""
    place = start
    while place < len(read):
        each = read[place]
        first = place == start
        following = read[place + 1].said if place + 1 < len(read) else ""
        if each.number is not None:
            goes_on = first
        elif each.said in _ARTICLES:
            goes_on = first and (words.get(following, 0) >= _HUNDRED or following in (*_COLLECTIVE, *_ALONE))
        elif each.said == _AND:
            goes_on = not first and 0 < words.get(following, 0) < _HUNDRED and following not in (*_ARTICLES, *_ALONE)
            goes_on = goes_on and read[place - 1].number is None and words.get(read[place - 1].said, 0) >= _HUNDRED
        elif each.said not in words:
            goes_on = False
        elif first:
            goes_on = each.said != "k"
        else:
            goes_on = _joins(read[place - 1], words[each.said], words, each.said)
        if not goes_on:
            break
        place += 1
    return place


def _joins(before: Piece, value: int, words: Mapping[str, int], said: str) -> bool:
    """Whether a number word goes on with the number before it: twenty five, two hundred, 3 thousand."""
    if value >= _HUNDRED or said in _COLLECTIVE or before.said in _ARTICLES:
        return True
    if before.number is not None or said in _ALONE:
        return False
    last = words.get(before.said, 0)
    return before.said == _AND or last >= _HUNDRED or (last >= _TENS and 0 < value < 10)


def _total(run: Sequence[Piece], words: Mapping[str, int]) -> Decimal:
    total = current = _ZERO
    for each in run:
        value = each.number if each.number is not None else Decimal(words.get(each.said, 0))
        if each.said in _ARTICLES or each.said == _AND:
            continue
        if each.number is not None:
            current = value
        elif each.said in _COLLECTIVE or value == _HUNDRED:
            current = (current or _ONE) * value
        elif value > _HUNDRED:
            total, current = total + (current or _ONE) * value, _ZERO
        else:
            current += value
    return total + current


def _with_parts(read: Sequence[Piece]) -> list[Piece]:
    """Seven and a half; half (an hour). "An hour and a half" is left to who knows what an hour is."""
    joined: list[Piece] = []
    for each in read:
        if each.said not in _PARTS or each.number is not None:
            joined.append(each)
            continue
        tail = 0
        while tail < len(joined) and joined[-1 - tail].said in (*_ARTICLES, _AND):
            tail += 1
        before = joined[-1 - tail] if tail < len(joined) else None
        part = _PARTS[each.said]
        if tail and before is not None and before.number is not None:
            joined[-1 - tail :] = [Piece(f"{before.said} {each.said}", before.number + part)]
        else:
            joined[len(joined) - tail :] = [Piece(each.said, part)]
    return joined
