"""Dates, numbers and lengths of time in the language's own way; money and telephone numbers as on paper."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from knowledge import cldr
from knowledge.formats import COUNTED, date_text, quantity_text, time_text, weekday_text
from knowledge.languages import all_languages


@pytest.mark.parametrize(
    ("lang", "number", "unit", "written"),
    [
        ("en", "3", "months", "3 months"),
        ("ro", "1", "months", "1 lună"),
        ("ro", "3", "months", "3 luni"),
        ("ro", "20", "days", "20 de zile"),
        ("ro", "3", "working_days", "3 zile lucrătoare"),
        ("ro", "20", "working_days", "20 de zile lucrătoare"),
        ("ro", "5.6", "weeks", "5,6 săptămâni"),
        ("hi", "3", "months", "3 महीने"),
        ("hi", "20", "working_days", "20 कामकाजी दिन"),
        ("hi", "2", "years", "2 साल"),
        ("it", "2", "months", "2 mesi"),
        ("ckb", "2", "months", "2 months"),
        ("ro", "12.07", "percent", "12,07%"),
    ],
)
def test_a_length_has_the_plural_of_its_language(lang, number, unit, written):
    assert quantity_text(Decimal(number), unit, lang) == written


@pytest.mark.parametrize("lang", sorted(all_languages()))
def test_money_stays_as_it_is_on_a_payslip(lang):
    assert quantity_text(Decimal("1812.71"), "pounds", lang) == "£1,812.71"


@pytest.mark.parametrize("lang", sorted(all_languages()))
def test_digits_are_those_of_a_payslip_in_every_language(lang):
    said = " ".join(
        [date_text(date(2028, 7, 22), lang), time_text(time(8, 30), lang)]
        + [quantity_text(Decimal("37.5"), unit, lang) for unit in (*COUNTED, "percent", "number")]
    )
    assert all(ch.isascii() for ch in said if ch.isdigit())
    assert "\u00a0" not in said


def test_days_and_times_are_written_in_the_languages_way():
    assert date_text(date(2028, 7, 22), "ro") == "22 iulie 2028"
    assert date_text(date(2028, 7, 22), "hi") == "22 जुलाई 2028"
    assert (time_text(time(16, 30), "hi"), time_text(time(16, 30))) == ("16:30", "4:30pm")
    assert (weekday_text(0, "ro"), weekday_text(0, "hi"), weekday_text(0)) == ("luni", "सोमवार", "Monday")


def test_a_language_that_no_table_knows_is_written_as_in_english(monkeypatch):
    monkeypatch.setattr(cldr, "_locale", lambda _: None)
    assert date_text(date(2028, 7, 22), "zz") == "22 July 2028"
    assert quantity_text(Decimal(3), "months", "zz") == "3 months"
