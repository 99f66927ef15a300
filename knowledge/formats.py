"""How a figure, a date and a time are written out for a reader: English here, other languages by CLDR.

Money stays as it is on a payslip, "£12.71", in every language.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

from knowledge import cldr
from knowledge.figures import FigureValue, Value
from knowledge.files import ROOT
from knowledge.opening_hours import DAYS
from knowledge.phrase_book import ENGLISH, phrase_book, words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
COUNTED = ("hours", "minutes", "days", "working_days", "calendar_days", "weeks", "months", "years")
"""Units that are written in words; each has a phrase for every plural of a language, or is in CLDR."""


class UnitNotWritable(ValueError):
    """The figure cannot be written in the way asked for (a date as a bare number)."""


def figure_text(figure: FigureValue, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """The value with its unit, as a reader expects it: "£12.71", "28 weeks", "22 July 2028"."""
    return quantity_text(figure.value, figure.unit, lang, root=root)


def quantity_text(value: Value, unit: str, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """A value with its unit, one of `knowledge.figures.UNITS`, as a reader expects it."""
    if isinstance(value, Decimal):
        return _number_with_unit(value, unit, lang, root)
    return date_text(value, lang) if isinstance(value, date) else time_text(value, lang, root=root)


def bare_number(figure: FigureValue, lang: str = ENGLISH) -> str:
    """The value without its unit. Raises UnitNotWritable for a date or a time."""
    value: Value = figure.value
    if not isinstance(value, Decimal):
        raise UnitNotWritable(f"{figure.id} is a {figure.unit} and has no bare number")
    if figure.unit == "year":
        return str(int(value))
    return _money(value) if figure.unit == "pounds" else _plain(value, lang)


def date_text(day: date, lang: str = ENGLISH) -> str:
    """A day written out: "22 July 2028"."""
    own = None if lang == ENGLISH else cldr.date_words(day, lang)
    return own or f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_text(moment: time, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """A time of day written out: "8:30am", "noon"."""
    own = None if lang == ENGLISH else cldr.time_words(moment, lang)
    return own or _english_time(moment, root)


def weekday_text(place: int, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """A day of the week, Monday 0: the phrase of the language, else CLDR's word."""
    key = f"day_{DAYS[place]}"
    own = None if key in phrase_book(lang, root) else cldr.weekday_words(place, lang)
    return own or words(key, lang, root=root)


def supplied(key: str, lang: str) -> bool:
    """Whether a phrase need not be written, as CLDR has the words: weekdays, and units it knows."""
    if key.startswith("day_") or key in ("noon", "midnight"):
        return cldr.weekday_words(0, lang) is not None
    unit = key.removeprefix("unit_").rpartition("_")[0]
    return key.startswith("unit_") and cldr.has_unit(unit, lang)


def unit_keys(unit: str, lang: str) -> tuple[str, ...]:
    """The phrases that write a unit in every plural of the language."""
    return tuple(f"unit_{unit}_{each}" for each in sorted(cldr.plurals(lang)))


def _number_with_unit(value: Decimal, unit: str, lang: str, root: Path) -> str:
    if unit == "pounds":
        return "£" + _money(value)
    if unit == "year":
        return str(int(value))
    if unit == "percent":
        return _plain(value, lang) + "%"
    return _counted(value, unit, lang, root) if unit in COUNTED else _plain(value, lang)


def _counted(value: Decimal, unit: str, lang: str, root: Path) -> str:
    """By the phrases of the language where they have all its plurals, else by CLDR, else as well as can be."""
    plural = ("one" if value == 1 else "other") if lang == ENGLISH else cldr.plural(value, lang)
    book = phrase_book(lang, root)
    if lang != ENGLISH and any(key not in book for key in unit_keys(unit, lang)):
        said = cldr.unit_words(value, unit, lang)
        if said is not None:
            return said
        if f"unit_{unit}_{plural}" not in book:
            plural = "other"
    return words(f"unit_{unit}_{plural}", lang, root=root, n=_plain(value, lang))


def _plain(value: Decimal, lang: str) -> str:
    whole = value.to_integral_value()
    own = None if lang == ENGLISH else cldr.number_words(whole if value == whole else value.normalize(), lang)
    return own or (f"{int(whole):,}" if value == whole else f"{value.normalize():,f}")


def _money(value: Decimal) -> str:
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:,.2f}"


def _english_time(moment: time, root: Path) -> str:
    if moment.minute == 0 and moment.hour in (0, 12):
        return words("midnight" if moment.hour == 0 else "noon", ENGLISH, root=root)
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{(moment.hour - 1) % 12 + 1}{minutes}{'am' if moment.hour < 12 else 'pm'}"
