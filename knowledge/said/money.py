"""Money as people give it: "10 quid 50", "£1,800 a month before tax", "850p", "2k", "a tenner"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.said.number_words import Piece
from knowledge.said.numbers import (
    has_decimal_comma,
    is_none,
    is_rough,
    middle_of_span,
    not_understood,
    pieces,
    said_none,
)
from knowledge.said.units import per, unit_of
from knowledge.spoken import ENGLISH, Spoken, spoken

_HUNDRED, _THOUSAND = Decimal(100), Decimal(1000)
_ZERO = Decimal(0)
_THOUSANDTHS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
"""1.800 is no amount in English, and eighteen hundred where a language has its decimals behind a comma."""


@dataclass(frozen=True)
class Money:
    """An amount in pounds. `per`: hour, day, week, month, year ... where it was told. `after_tax`: said to be so.

    `amount` is None where another currency was named.
    """

    amount: Decimal | None
    per: str | None = None
    rough: bool = False
    after_tax: bool = False


def money(text: str, lang: str = ENGLISH) -> Money | None:
    """The amount that a text gives; None where it gives none, or one that can be read two ways."""
    words, read = spoken(lang), pieces(text, lang)
    if said_none(text, lang):
        return Money(_ZERO)
    thousandths = not has_decimal_comma(lang) and any(_THOUSANDTHS.fullmatch(each.said) for each in read)
    if not_understood(read) or thousandths or "%" in text or words.holds(text, "percent"):
        return None
    unit = per(_without_lengths_behind(read, lang), lang) or per(read, lang)
    after_tax = words.holds(text, "after_tax") is not None and words.holds(text, "before_tax") is None
    told = {"per": unit, "rough": is_rough(text, lang), "after_tax": after_tax}
    in_pounds = any(each.said.split()[-1] in words["pounds"] for each in read)
    if not in_pounds and any(each.said in words["other_money"] for each in read):
        return Money(None)
    if any(_is_other(read, place, words) for place, each in enumerate(read) if each.number is not None):
        places = (place for place, each in enumerate(read) if each.number is not None)
        if not any(_is_marked(read, place, words) for place in places):
            return Money(None)
    middle = middle_of_span(text, lang)
    if middle is not None:
        return Money(middle, **told)  # type: ignore[arg-type]
    amount = _amount(read, words, lang)
    if amount is None and is_none(text, lang):
        amount = _ZERO
    return None if amount is None else Money(amount, **told)  # type: ignore[arg-type]


def _without_lengths_behind(read: Sequence[Piece], lang: str) -> Sequence[Piece]:
    """The pieces up to a length that is told behind the amount: "£12 an hour, 40 hours a week" is paid by the hour."""
    counted = [place for place, each in enumerate(read) if each.number is not None]
    amount = next((place for place in counted if not _is_a_length(read, place, lang)), len(read))
    end = next((place for place in counted if place > amount and _is_a_length(read, place, lang)), len(read))
    return read[:end]


def _amount(read: Sequence[Piece], words: Spoken, lang: str) -> Decimal | None:
    places = [
        place for place, each in enumerate(read) if each.number is not None and not _is_a_length(read, place, lang)
    ]
    if not places:
        return None
    marked = [place for place in places if _is_marked(read, place, words)]
    if sum(_is_in_pounds(read, each, words) for each in marked) > 1:
        return None
    place = (marked or places)[0]
    value = read[place].number or _ZERO
    after = [each.said for each in read[place + 1 : place + 2]]
    if after and after[0] in words["pence"]:
        return value / _HUNDRED
    more = read[place + 1 : place + 4]
    if more and more[0].said in words["pounds"]:
        more = more[1:]
    elif not _has_sign_before(read, place, words):
        # "twelve fifty", said without any word for money
        pair = len(read) == place + 2
        if not marked and len(places) > 1 and not pair:
            return None
        return value + _pence(more[:2], words, value) if pair else value
    if more and more[0].said in words["number_and"]:
        more = more[1:]
    return value + _pence(more, words, value)


def _pence(behind: Sequence[Piece], words: Spoken, value: Decimal) -> Decimal:
    """The pence behind whole pounds: "10 quid 50", "£10 50p"."""
    if not behind or behind[0].number is None or value != value.to_integral_value():
        return _ZERO
    part = behind[0].number
    whole = part == part.to_integral_value() and 0 < part < _HUNDRED
    said_so = len(behind) > 1 and behind[1].said in words["pence"]
    ends = len(behind) == 1 or said_so
    if ends and 0 < part < 1:
        return part / _HUNDRED if said_so else part
    return part / _HUNDRED if whole and ends else _ZERO


def _is_marked(read: Sequence[Piece], place: int, words: Spoken) -> bool:
    in_pence = place + 1 < len(read) and read[place + 1].said in words["pence"]
    sign = _has_sign_before(read, place, words)
    return not _is_other(read, place, words) and (in_pence or sign or _is_in_pounds(read, place, words))


def _is_in_pounds(read: Sequence[Piece], place: int, words: Spoken) -> bool:
    after = read[place + 1].said if place + 1 < len(read) else ""
    own = read[place].said.split()[-1] in words["pounds"]
    # The sign before it is that of another amount where a number stands before the sign: "12 pounds 50".
    sign = _has_sign_before(read, place, words) and not (place > 1 and read[place - 2].number is not None)
    return sign or after in words["pounds"] or own


def _is_other(read: Sequence[Piece], place: int, words: Spoken) -> bool:
    """Whether the number counts other money, or lakhs, which are hardly ever of pounds."""
    return place + 1 < len(read) and read[place + 1].said in words["other_money"]


def _has_sign_before(read: Sequence[Piece], place: int, words: Spoken) -> bool:
    return place > 0 and read[place - 1].said in words["pounds"]


def _is_a_length(read: Sequence[Piece], place: int, lang: str) -> bool:
    """Whether the number counts hours, weeks and the like ("for 40 hours"): then it is no amount.

    Nobody counts a thousand days or months: "1800 mahina" is an amount.
    """
    after = read[place + 1] if place + 1 < len(read) else Piece("")
    unit = unit_of(after, lang)
    too_many = unit not in ("hour", "minute") and (read[place].number or _ZERO) >= _THOUSAND
    return unit is not None and not too_many and after.said not in spoken(lang)["each_alone"]
