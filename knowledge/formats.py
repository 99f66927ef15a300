"""How a figure, a date and a time are written out for a reader, one small function per language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path

from knowledge.figures import FigureValue, Value
from knowledge.files import ROOT
from knowledge.phrase_book import words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_COUNTED = ("hours", "minutes", "days", "working_days", "calendar_days", "weeks", "months", "years")


class UnitNotWritable(ValueError):
    """The figure cannot be written in the way asked for (a date as a bare number)."""


def figure_text(figure: FigureValue, lang: str = "en", *, root: Path = ROOT) -> str:
    """The value with its unit, as a reader expects it: "£12.71", "28 weeks", "22 July 2028"."""
    return quantity_text(figure.value, figure.unit, lang, root=root)


def quantity_text(value: Value, unit: str, lang: str = "en", *, root: Path = ROOT) -> str:
    """A value with its unit, one of `knowledge.figures.UNITS`, as a reader expects it."""
    if isinstance(value, Decimal):
        return _number_with_unit(value, unit, lang, root)
    return date_text(value, lang) if isinstance(value, date) else time_text(value, lang, root=root)


def bare_number(figure: FigureValue) -> str:
    """The value without its unit. Raises UnitNotWritable for a date or a time."""
    value: Value = figure.value
    if not isinstance(value, Decimal):
        raise UnitNotWritable(f"{figure.id} is a {figure.unit} and has no bare number")
    if figure.unit == "year":
        return str(int(value))
    return _money(value) if figure.unit == "pounds" else _plain(value)


def date_text(day: date, lang: str = "en") -> str:
    """A day written out: "22 July 2028"."""
    return _DATES.get(lang, _english_date)(day)


def time_text(moment: time, lang: str = "en", *, root: Path = ROOT) -> str:
    """A time of day written out: "8:30am", "noon"."""
    return _TIMES.get(lang, _english_time)(moment, root)


def _number_with_unit(value: Decimal, unit: str, lang: str, root: Path) -> str:
    if unit == "pounds":
        return "£" + _money(value)
    if unit == "year":
        return str(int(value))
    if unit == "percent":
        return _plain(value) + "%"
    if unit in _COUNTED:
        return words(f"unit_{unit}_{_PLURALS.get(lang, _english_plural)(value)}", lang, root=root, n=_plain(value))
    return _plain(value)


def _plain(value: Decimal) -> str:
    whole = value.to_integral_value()
    return f"{int(whole):,}" if value == whole else f"{value.normalize():,f}"


def _money(value: Decimal) -> str:
    return f"{int(value):,}" if value == value.to_integral_value() else f"{value:,.2f}"


def _english_plural(value: Decimal) -> str:
    return "one" if value == 1 else "other"


def _english_date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _english_time(moment: time, root: Path) -> str:
    if moment.minute == 0 and moment.hour in (0, 12):
        return words("midnight" if moment.hour == 0 else "noon", "en", root=root)
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{(moment.hour - 1) % 12 + 1}{minutes}{'am' if moment.hour < 12 else 'pm'}"


# A language joins by a function of its own here; until then its dates and numbers are written as in English.
_DATES: dict[str, Callable[[date], str]] = {"en": _english_date}
_TIMES: dict[str, Callable[[time, Path], str]] = {"en": _english_time}
_PLURALS: dict[str, Callable[[Decimal], str]] = {"en": _english_plural}
