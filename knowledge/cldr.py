"""Dates, times, numbers, plurals, units and weekdays as the Unicode tables (CLDR, by Babel) have them for a language.

Digits are always 0 to 9, as they are on a payslip and on a telephone. Everything gives None where the tables lack the
language, or where Babel is not installed (Rasa's environment need not have it, and writes nothing out).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from babel import Locale

_CALLED = {"tl": "fil", "tw": "ak"}
"""What CLDR calls a language, where it is another code than ours."""
_UNITS = {
    "hours": "duration-hour", "minutes": "duration-minute", "days": "duration-day", "weeks": "duration-week",
    "months": "duration-month", "years": "duration-year",
}  # fmt: skip
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " "})


def plural(value: Decimal, lang: str) -> str:
    """The category of a number: one, few, many, other ..."""
    found = _locale(lang)
    return "other" if found is None else str(found.plural_form(value))


@cache
def plurals(lang: str) -> frozenset[str]:
    """Every category a number can have in the language."""
    found = _locale(lang)
    return frozenset({"other"} if found is None else {*found.plural_form.tags, "other"})


def date_words(day: date, lang: str) -> str | None:
    """A day written out: "22 iulie 2028"."""
    found = _locale(lang)
    if found is None:
        return None
    from babel.dates import format_date

    return format_date(day, "long", locale=found)


def time_words(moment: time, lang: str) -> str | None:
    """A time of day as on a rota, "16:30". Marks for before and after noon are long in many scripts."""
    found = _locale(lang)
    if found is None:
        return None
    from babel.dates import format_skeleton

    return _plain_spaces(format_skeleton("Hm", moment, locale=found))


def number_words(value: Decimal, lang: str) -> str | None:
    """A number with the marks of the language: "5,6", "1.800"."""
    found = _locale(lang)
    if found is None:
        return None
    from babel.numbers import format_decimal

    return _plain_spaces(format_decimal(value, locale=found, numbering_system="latn", decimal_quantization=False))


def unit_words(value: Decimal, unit: str, lang: str) -> str | None:
    """A length of time with its unit in the right plural: "3 luni", "20 de luni"."""
    found, name = _locale(lang), _UNITS.get(unit)
    if found is None or name is None:
        return None
    from babel.units import format_unit

    length = _unit_length(name, lang)
    if length is None:
        return None
    return _plain_spaces(format_unit(value, name, length=length, locale=found, numbering_system="latn"))


def has_unit(unit: str, lang: str) -> bool:
    """Whether the tables can write this unit in the language."""
    return unit_words(Decimal(2), unit, lang) is not None


def weekday_words(place: int, lang: str) -> str | None:
    """A day of the week, Monday 0, as it stands in a sentence."""
    found = _locale(lang)
    if found is None:
        return None
    from babel.dates import get_day_names

    return str(get_day_names("wide", locale=found)[place])


def _plain_spaces(said: str) -> str:
    """Spaces of odd widths cost twice as much in a text message."""
    return said.translate(_SPACES)


@cache
def _unit_length(name: str, lang: str) -> Literal["long", "short"] | None:
    """The tables leave out a long form that is as the short one; what they lack at all is as in the root."""
    long, short, root = (
        _patterns(code, name).get(length, {}).get("other")
        for code, length in ((lang, "long"), (lang, "short"), ("root", "short"))
    )
    if long is not None:
        return "long"
    return "short" if short is not None and short != root else None


def _patterns(lang: str, name: str) -> Mapping[str, Mapping[str, str]]:
    found = _locale(lang)
    data: Mapping[str, Any] = {} if found is None else found._data  # Babel has no public way to what a locale lacks
    return dict(data.get("unit_patterns", {}).get(name, {}))


@cache
def _locale(lang: str) -> Locale | None:
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError:
        return None
    try:
        return Locale.parse(_CALLED.get(lang, lang))
    except (UnknownLocaleError, ValueError):
        return None
