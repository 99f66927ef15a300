"""Numbers in words, put together: "two hundred and fifty", "1.8 k", "seven and a half", "saadhe saat", "dedh sau"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.spoken import Spoken

_HUNDRED, _ONE, _ZERO = Decimal(100), Decimal(1), Decimal(0)
_TEN, _TENS = 10, 20
_HALF = Decimal("0.5")
_THOUSAND = "k"


@dataclass(frozen=True)
class Piece:
    """A number, or a word or mark. `said` is what was written, in one case. `unclear`: which number is not sure."""

    said: str
    number: Decimal | None = None
    unclear: bool = False


def with_words(read: Sequence[Piece], words: Spoken) -> tuple[Piece, ...]:
    """The pieces with every run of number words in place of one number, and without an "of" behind it."""
    values = {each: Decimal(value) for each, value in words.numbers["number_words"].items()}
    values |= words.parts["number_mixed"]
    joined: list[Piece] = []
    place = 0
    while place < len(read):
        end = _end_of_number(read, place, values, words)
        if end > place:
            said = " ".join(each.said for each in read[place:end])
            total = _total(read[place:end], values, words)
            joined.append(Piece(said, total, total is None))
            place = end
        else:
            joined.append(read[place])
            place += 1
    return tuple(_without_of(_with_parts(joined, words), words))


def _end_of_number(read: Sequence[Piece], start: int, values: Mapping[str, Decimal], words: Spoken) -> int:
    """Where the number that begins at `start` ends; `start` itself where none begins."""
    place = start
    while place < len(read):
        each = read[place]
        first = place == start
        behind = read[place + 1] if place + 1 < len(read) else Piece("")
        if first and _is_more(each, behind, values, words):
            place += 2
            continue
        if not _goes_on(read, place, first, values, words):
            break
        place += 1
    return place


def _is_more(each: Piece, behind: Piece, values: Mapping[str, Decimal], words: Spoken) -> bool:
    """Whether a word adds its part to the number behind it: saadhe saat."""
    value = behind.number if behind.number is not None else values.get(behind.said)
    return (
        each.said in words.parts["number_more"]
        and value is not None
        and 0 < value < _HUNDRED
        and value == value.to_integral_value()
    )


def _goes_on(read: Sequence[Piece], place: int, first: bool, values: Mapping[str, Decimal], words: Spoken) -> bool:
    each = read[place]
    before = Piece("") if first else read[place - 1]
    behind = read[place + 1].said if place + 1 < len(read) else ""
    following, last = values.get(behind, _ZERO), values.get(before.said, _ZERO)
    if each.number is not None:
        # "2 thousand 500"
        return first or (before.number is None and each.number < last and each.said.isdigit() and last >= _HUNDRED)
    if each.said in words["number_article"]:
        return first and (following >= _HUNDRED or behind in words["number_collective"] | words["number_alone"])
    if each.said in words["number_and"] | words["number_tens_and"]:
        if first or before.number is not None or behind in words["number_article"] | words["number_alone"]:
            return False
        tens = each.said in words["number_tens_and"] and last >= _TENS and last % _TEN == 0 and following < _TEN
        return 0 < following < _HUNDRED and (tens or (each.said in words["number_and"] and last >= _HUNDRED))
    if each.said in words["number_of"]:
        return not first and following >= _HUNDRED  # "24 de mii"
    if each.said not in values:
        return False
    return each.said != _THOUSAND if first else _joins(before, values[each.said], values, each.said, words)


def _joins(before: Piece, value: Decimal, values: Mapping[str, Decimal], said: str, words: Spoken) -> bool:
    """Whether a number word goes on with the number before it: twenty five, two hundred, 3 thousand."""
    if value >= _HUNDRED or said in words["number_collective"] or before.said in words["number_article"]:
        return True
    if before.number is not None or said in words["number_alone"]:
        return False
    last = values.get(before.said, _ZERO)
    joins = words["number_and"] | words["number_tens_and"]
    return before.said in joins or last >= _HUNDRED or (last >= _TENS and last % _TEN == 0 and 0 < value < _TEN)


def _total(run: Sequence[Piece], values: Mapping[str, Decimal], words: Spoken) -> Decimal | None:
    """The number; None where its words do not follow each other as in a number ("one hundred two hundred")."""
    total = current = more = _ZERO
    least = Decimal("Infinity")
    left_out = words["number_article"] | words["number_and"] | words["number_tens_and"] | words["number_of"]
    for place, each in enumerate(run):
        value = each.number if each.number is not None else values.get(each.said, _ZERO)
        if place == 0 and len(run) > 1 and _is_more(each, run[1], values, words):
            more = words.parts["number_more"][each.said]
        elif each.said in left_out:
            continue
        elif each.number is None and (each.said in words["number_collective"] or value == _HUNDRED):
            if current >= _HUNDRED:
                return None
            current = (current or _ONE) * value
        elif each.number is None and value > _HUNDRED:
            if value >= least:
                return None
            total, current, least = total + (current or _ONE) * value, _ZERO, value
        else:
            current, more = current + value + more, _ZERO
    return total + current


def _with_parts(read: Sequence[Piece], words: Spoken) -> list[Piece]:
    """Seven and a half; half (an hour). "An hour and a half" is left to who knows what an hour is."""
    joined: list[Piece] = []
    parts, small = words.parts["number_parts"], words["number_article"] | words["number_and"]
    for each in read:
        if each.said not in parts or each.number is not None:
            joined.append(each)
            continue
        tail = 0
        while tail < len(joined) and joined[-1 - tail].said in small:
            tail += 1
        before = joined[-1 - tail] if tail < len(joined) else None
        part = parts[each.said]
        if before is None or before.number is None:
            joined[len(joined) - tail :] = [Piece(each.said, part)]
        elif tail:
            joined[-1 - tail :] = [Piece(f"{before.said} {each.said}", before.number + part)]
        else:
            of_one = before.number * part if before.number == 1 or part != _HALF else _ONE
            sure = of_one < _ONE
            joined[-1:] = [Piece(f"{before.said} {each.said}", of_one if sure else None, not sure)]
    return joined


def _without_of(read: Sequence[Piece], words: Spoken) -> list[Piece]:
    """25 de lire, half of an hour: what is counted stands right behind its number."""
    left: list[Piece] = []
    for place, each in enumerate(read):
        counted = place + 1 < len(read) and read[place + 1].number is None
        if counted and left and left[-1].number is not None and each.said in words["number_of"]:
            continue
        left.append(each)
    return left
