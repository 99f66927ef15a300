"""Numbers as people write them: 1,800 and 12,5, digits of any script, "seven and a half", "2k"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberFormatError, get_decimal_symbol, parse_decimal

from knowledge.answer_words import bare_words
from knowledge.said.number_words import Piece, with_words
from knowledge.spoken import ENGLISH, spoken

_ENGLISH_LOCALE = "en_GB"
_ZERO = Decimal(0)
_MINUS = ("-", "\u2212", "minus")
_MARKS = re.escape("".join(chr(code) for code in range(0x300, 0x12000) if unicodedata.category(chr(code))[0] == "M"))
"""Vowel signs and the like, which belong to the letter before them (and are no part of what `re` calls a word)."""
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*"
_JOINERS = {0x200C: None, 0x200D: None}
_PIECES = re.compile(
    r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:[ ,.'\u2019\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
    rf"|{_LETTERS}(?:['\u2019]{_LETTERS})*|[^\w\s{_MARKS}]"
)
_LONGEST_NUMERAL, _LONGEST_NONE = 15, 3
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:\.\d{3})+")
_TWO_MARKS = re.compile(r".*(?:\.\d*,|,\d*\.)\d{3}")
_FRACTION = re.compile(r"(\d?)\s*([\u00bc-\u00be])")
_PARTS = {"\u00bc": ".25", "\u00bd": ".5", "\u00be": ".75"}
_FOR_ONE = re.compile(r"(?<![^\W\d_])p\s?[./]\s?([hdwa])\b\.?")
"""p/h, p.w., p.a.: pay for an hour, a week, a year."""
_TIGHT_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SPACED = re.compile(r"\d \d{3}(?!\d)")
"""1 800 is one number, and 120 110 two: a list of nothing else can be read both ways."""


def pieces(text: str, lang: str = ENGLISH) -> tuple[Piece, ...]:
    """The text as numbers, words and marks; numbers in words are put together ("two hundred and fifty")."""
    plain = _FOR_ONE.sub(r"p\1", western_digits(text).translate(_JOINERS))
    read = [_piece(said, lang) for said in _PIECES.findall(plain)]
    return tuple(_minus(with_words(read, spoken(lang))))


def western_digits(text: str) -> str:
    """The text in one case, with the digits 0 to 9 in place of those of other scripts; 37½ is 37.5."""
    halves = _FRACTION.sub(lambda found: f"{found[1] or 0}{_PARTS[found[2]]}", text)
    folded = unicodedata.normalize("NFKC", halves).casefold()
    digits = (str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in folded)
    return "".join(digits).replace("\u066b", ".").replace("\u066c", ",")


def numeral(said: str, lang: str = ENGLISH) -> Decimal | None:
    """A number in digits, read as the language writes it, else as English does, else by its marks.

    Three digits behind a comma are thousands in every language, as nobody is paid thousandths. None where two kinds of
    marks can be read either way ("1.234,567").
    """
    if len(said) > _LONGEST_NUMERAL:
        return None
    close = said.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("'", "").replace("\u2019", "")
    if _TWO_MARKS.fullmatch(close):
        return None
    if _THOUSANDS.fullmatch(close) and ("." not in close or close.count(".") > 1 or has_decimal_comma(lang)):
        return Decimal(re.sub("[.,]", "", close))
    for locale in dict.fromkeys((_locale(lang), _ENGLISH_LOCALE)):
        try:
            return parse_decimal(close, locale=locale, strict=True)
        except (NumberFormatError, InvalidOperation):
            continue
    return _by_its_marks(close)


def has_decimal_comma(lang: str) -> bool:
    """Whether the language writes 7,5 for seven and a half."""
    return get_decimal_symbol(_locale(lang)) == ","


def not_understood(read: Sequence[Piece]) -> bool:
    """Whether a numeral stands there that cannot be read for sure: then the whole answer is not taken."""
    return any(each.unclear or (each.number is None and each.said[:1].isdigit()) for each in read)


def said_none(text: str, lang: str = ENGLISH) -> bool:
    """Whether an answer says that there is not one, in words that may have a one in them: "ek bhi nahi"."""
    words = spoken(lang)
    no_digit = not any(ch.isdigit() for ch in text)
    return words.is_one(text, "none") or (no_digit and words.holds(text, "not_one") is not None)


def number(text: str, lang: str = ENGLISH) -> Decimal | None:
    """The only number of a text, the middle of a span ("10 to 12"), or nothing for "none"; None for anything else."""
    read = pieces(text, lang)
    if said_none(text, lang):
        return _ZERO
    if not_understood(read):
        return None
    found = [each.number for each in read if each.number is not None]
    if len(found) == 2 and (middle := middle_of_span(text, lang)) is not None:
        return middle
    if len(found) == 1:
        return found[0]
    return _ZERO if not found and is_none(text, lang) else None


def is_none(text: str, lang: str = ENGLISH) -> bool:
    """Whether an answer without a number says nothing at all: "none", "nope", "no housing"."""
    words = spoken(lang)
    if said_none(text, lang):
        return True
    short = len(bare_words(text).split()) <= _LONGEST_NONE and not any(ch.isdigit() for ch in text)
    return short and words.begins(text, "no_begins") is not None and words.begins(text, "unknown") is None


def middle_of_span(text: str, lang: str = ENGLISH) -> Decimal | None:
    """The middle of "10 to 12", "10-12" or "10 or 12"; None where it is no rising span of two numbers."""
    read, words = pieces(text, lang), spoken(lang)
    joins = words["between"] | {"or"} | (words["number_and"] if words.holds(text, "span_begins") else set())
    for before, join, after in zip(read, read[1:], read[2:], strict=False):
        if (
            before.number is not None
            and after.number is not None
            and join.said in joins
            and before.number < after.number
        ):
            return (before.number + after.number) / 2
    return None


def numbers(text: str, lang: str = ENGLISH) -> tuple[Decimal, ...] | None:
    """Several numbers in order ("120, 98.5 and 110"); None where there is none, or where they can be read two ways."""
    parts = [part for part in re.split(r"[;\n]|,\s|\band\b", western_digits(text)) if part.strip()]
    if len(parts) == 1:
        close = parts[0].strip()
        commas = len(_TIGHT_COMMA.findall(close))
        if _SPACED.search(close) or (commas == 1 and (has_decimal_comma(lang) or _THOUSANDS.search(close))):
            return None
        parts = _TIGHT_COMMA.split(close) if commas else parts
    read = [each for part in parts for each in pieces(part, lang)]
    found = [each.number for each in read if each.number is not None]
    return None if not_understood(read) else tuple(found) or None


def is_rough(text: str, lang: str = ENGLISH) -> bool:
    """Whether the answer is said to be not exact: "about", "maybe", a span."""
    return spoken(lang).holds(text, "rough") is not None or "~" in text or middle_of_span(text, lang) is not None


def _locale(lang: str) -> str:
    try:
        return str(Locale.parse(lang))
    except (UnknownLocaleError, ValueError):
        return _ENGLISH_LOCALE


def _by_its_marks(said: str) -> Decimal | None:
    """The last of two kinds of marks is that of the decimals; a lone comma is, unless three digits follow."""
    last = max(said.rfind(","), said.rfind("."))
    whole, part = re.sub("[.,]", "", said[:last]), said[last + 1 :]
    grouped = len(part) == 3 and said.count(said[last]) >= 1 and not ("," in said and "." in said)
    try:
        return Decimal(whole + part) if grouped else Decimal(f"{whole}.{part}")
    except InvalidOperation:
        return None


def _piece(said: str, lang: str) -> Piece:
    if said[0].isdigit():
        return Piece(said, numeral(said, lang))
    return Piece(said if not said[0].isalpha() else bare_words(said))


def _minus(read: Sequence[Piece]) -> list[Piece]:
    """A minus that does not stand between two numbers belongs to the number behind it."""
    joined: list[Piece] = []
    for each in read:
        before = joined[-1] if joined else None
        between = len(joined) > 1 and joined[-2].number is not None
        if before and before.said in _MINUS and each.number is not None and not between:
            joined[-1] = Piece(before.said + each.said, -each.number)
        else:
            joined.append(each)
    return joined
