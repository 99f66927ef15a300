"""Lengths of time as people give them: "about 12 hrs", "7h30", "7am to 7pm", "8 hours a day 5 days a week"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from knowledge.said.number_words import Piece
from knowledge.said.numbers import is_rough, middle_of_span, not_understood, number, pieces, said_none, western_digits
from knowledge.said.through import halves
from knowledge.said.units import per, unit_of
from knowledge.spoken import ENGLISH, spoken

_MINUTES = Decimal(60)
_HOURS_OF = {"hour": Decimal(1), "minute": 1 / _MINUTES}
_DAYS_OF = {"day": 1, "night": 1, "shift": 1, "week": 7, "fortnight": 14}
_MONTHS_OF = {"month": 1, "year": 12}
_ROUNDS = ("day", "night", "shift")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|noon|midnight)?", re.IGNORECASE)
_COLON = re.compile(r"^\D*(\d{1,3}):(\d{2})\D*$")
_TILL = re.compile(r"\bto\b|\btill?\b|\buntil\b|-|\u2013", re.IGNORECASE)
_BARE = re.compile(r"^\D*\d{1,2}\s*(?:to|till?|-)\s*\d{1,2}\D*$", re.IGNORECASE)
_ROTA = re.compile(r"^(?=.*\b0\d{3}\b)(\D*\d{2})(\d{2}\D+\d{2})(\d{2}\D*)$")
"""0700-1900, as rotas write it."""
_NOON, _DAY = 12, 24
_TWO = 2
_FIRST_OF_NIGHT, _LONGEST_SHIFT = 6, 16
_PLACES, _MOST = Decimal("0.000001"), Decimal(10) ** 12


@dataclass(frozen=True)
class Length:
    """So many hours. `per`: day, week, month ... where the answer says "a week"; None where it does not."""

    hours: Decimal
    per: str | None = None
    rough: bool = False


def hours(text: str, lang: str = ENGLISH, bare: str = "hour") -> Length | None:
    """The hours a text gives, or None. A number without a unit counts as `bare` ("hour" or "minute")."""
    if said_none(text, lang):
        return Length(Decimal(0))
    if _names_money(text, lang) or not_understood(pieces(text, lang)):
        return None
    rough = is_rough(text, lang)
    try:
        shift = _between_times(text, lang)
    except _TwoWays:
        return None
    if shift is not None:
        return Length(_exact(shift), None, rough and "-" not in text)
    colon = _COLON.match(western_digits(text))
    if colon and int(colon[2]) < _MINUTES:
        return Length(_exact(int(colon[1]) + int(colon[2]) / _MINUTES), None, rough)
    read = pieces(text, lang)
    found, rounds = _added(read, lang), _rounds(read, lang)
    middle = middle_of_span(text, lang)
    span_alone = middle is not None and sum(each.number is not None for each in read) == _TWO
    if _counts_longer(read, lang) if found is None else (_has_more(read, lang) and not span_alone):
        return None
    alone = middle or (number(text, lang) if found is None else None)
    if alone is not None:
        units = (unit_of(each, lang) for each in read)
        found, rounds = alone * next((_HOURS_OF[each] for each in units if each in _HOURS_OF), _HOURS_OF[bare]), None
    if found is None:
        return None
    told = per(read, lang)
    if rounds is not None:
        found, told = found * rounds, None if told in _ROUNDS else told
    if abs(found) > _MOST:
        return None
    return Length(_exact(found), None if told == "hour" else told, rough)


def count(text: str, unit: str, lang: str = ENGLISH) -> Decimal | None:
    """A number of days ("day") or months ("month"): "3", "two weeks", "a year and 6 months", "none".

    None for anything else, also for months where days are asked for, which are not all as long.
    """
    sizes = _DAYS_OF if unit == "day" else _MONTHS_OF
    read = pieces(text, lang)
    if said_none(text, lang):
        return Decimal(0)
    if _names_money(text, lang) or not_understood(read):
        return None
    total, last = Decimal(0), 0
    for before, each in pairwise(read):
        named = unit_of(each, lang)
        size = sizes.get(named or "", 0)
        if size and before.number is not None and (not last or size < last):
            total, last = total + before.number * size, size
        elif size and not last and before.said in spoken(lang)["number_article"] and (size > 1 or len(read) == 2):
            total, last = Decimal(size), size
        elif named and not size and before.number is not None and not last:
            return None
    return total if last else number(text, lang)


def _names_money(text: str, lang: str) -> bool:
    return any(each.said in spoken(lang)["pounds"] for each in pieces(text, lang))


def _added(read: Sequence[Piece], lang: str) -> Decimal | None:
    """Hours and minutes with their units: 7h30, an hour and a half, 1 hour 20 min; None where no unit is told."""
    total: Decimal | None = None
    words = spoken(lang)
    for place, each in enumerate(read):
        size = _HOURS_OF.get(unit_of(each, lang) or "")
        if size is None or place == 0:
            continue
        before = read[place - 1]
        many = before.number
        if many is None and before.said in words["number_article"]:
            part = read[place - 2].number if place > 1 else None
            many = part if part is not None and 0 < part < 1 else (Decimal(1) if part is None else None)
        if many is None:
            continue
        after = read[place + 1] if place + 1 < len(read) else None
        following = unit_of(read[place + 2], lang) if place + 2 < len(read) else None
        total = (total or Decimal(0)) + many * size
        if size == 1 and after is not None and after.number is not None and following is None:
            total += after.number if after.number < 1 else after.number / _MINUTES
        elif size == 1 and after is not None and after.said in words["number_and"] and place + 2 < len(read):
            part = read[place + 2].number
            total += part if part is not None and 0 < part < 1 else Decimal(0)
    return total


def _rounds(read: Sequence[Piece], lang: str) -> Decimal | None:
    """So many days or nights of it: "8 hours a day, 5 days a week", "3 nights of 12 hours"."""
    each = spoken(lang)["each"]
    return next(
        (
            one.number
            for one, unit in pairwise(read)
            if one.number is not None and one.said not in each and unit_of(unit, lang) in _ROUNDS
        ),
        None,
    )


def _has_more(read: Sequence[Piece], lang: str) -> bool:
    """Whether a number stands there that is no part of the hours, or counts the days that they are the sum of."""
    words = spoken(lang)
    for place, each in enumerate(read):
        if each.number is None or (place and read[place - 1].said in words["between"]):
            continue
        before = read[place - 1] if place else Piece("")
        behind = [one.said for one in read[place + 1 : place + 3]]
        unit = unit_of(read[place + 1], lang) if behind else None
        if unit in _ROUNDS and each.said not in words["each"] and behind[1:] and behind[1] in words["each_after"]:
            return True
        counted = any(one.number is not None for one in read[: max(place - 1, 0)])
        if counted and each.number > 1 and before.said in words["spread_over"]:
            return True
        after_hour = unit_of(before, lang) == "hour" and (each.number < 1 or len(behind) == 0)
        if unit is None and not after_hour and not (behind and behind[0] in {*words["each"], *words["between"], "or"}):
            return True
    return False


def _counts_longer(read: Sequence[Piece], lang: str) -> bool:
    """Whether a number counts days, weeks or more ("5 days") where nothing counts hours: then it is no hours."""
    return any(
        one.number is not None
        and unit_of(unit, lang) not in (None, *_HOURS_OF)
        and unit.said not in spoken(lang)["each_alone"]
        for one, unit in pairwise(read)
    )


def _exact(found: Decimal) -> Decimal:
    rounded = found.quantize(_PLACES).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


class _TwoWays(ValueError):
    """The times can be read as two lengths."""


def _between_times(text: str, lang: str) -> Decimal | None:
    """From a time to a time, past midnight too: "7am to 7pm", "20:00 - 08:00", "subah 8 se raat 8"."""
    said = _ROTA.sub(r"\1:\2:\3", western_digits(text))
    found, both = list(_CLOCK.finditer(said)), halves(said, lang)
    if len(found) != 2 or not (_TILL.search(text) or both):
        return None
    parts = [_part_of_day(half, lang) for half in both] if both else ["", ""]
    start, end = (_time(each, part) for each, part in zip(found, parts, strict=True))
    if start is None or end is None:
        return None
    marked = [bool(each[2] or each[3] or part) for each, part in zip(found, parts, strict=True)]
    if not any(marked):
        # "9 to 5" is a day's work; "8 to 12" may be a span of numbers.
        hour_told = any(unit_of(each, lang) == "hour" for each in pieces(text, lang))
        if end < start <= _NOON or (end == start <= _NOON and not hour_told):
            return end - start + _NOON if both or _BARE.match(text) else None
        if start > _NOON or end <= _NOON or hour_told:
            return None
        if middle_of_span(text, lang) is not None:
            raise _TwoWays
        return end - start
    length = end - start if end > start else end - start + _DAY
    if not all(marked) and length > _LONGEST_SHIFT:
        raise _TwoWays
    return length


def _part_of_day(said: str, lang: str) -> str:
    words = spoken(lang)
    return next((part for part in ("in_morning", "in_afternoon", "at_night") if words.holds(said, part)), "")


def _time(found: re.Match[str], part: str) -> Decimal | None:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if hour > _DAY or minute >= _MINUTES:
        return None
    if part and not half:
        evening = part == "in_afternoon" or (part == "at_night" and _FIRST_OF_NIGHT <= hour < _NOON)
        half = "pm" if evening else "am"
    if half in ("pm", "noon") and hour < _NOON:
        hour += _NOON
    if half in ("am", "midnight") and hour == _NOON:
        hour = 0
    return Decimal(hour) + minute / _MINUTES
