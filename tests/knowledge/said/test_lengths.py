"""Hours, days and months as people give them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.said.lengths import count, hours
from knowledge.said.numbers import numbers


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("12", "12"), ("7.5", "7.5"), ("12h", "12"), ("12hrs", "12"), ("about 12 hrs", "12"), ("twelve", "12"),
        ("7h30", "7.5"), ("7:30", "7.5"), ("7 and a half hours", "7.5"), ("2 and half hours", "2.5"),
        ("half an hour", "0.5"), ("half hour", "0.5"), ("an hour", "1"), ("an hour and a half", "1.5"),
        ("one and a half hours", "1.5"), ("45 minutes", "0.75"), ("2 hrs and 30 mins", "2.5"), ("90 min", "1.5"),
        ("7am to 7pm", "12"), ("8pm till 8am", "12"), ("20:00 - 08:00", "12"), ("9 to 5", "8"), ("7:30am-2pm", "6.5"),
        ("10-12 hours", "11"), ("10 or 12", "11"), ("3 nights of 12 hours", "36"), ("none", "0"), ("-5 hours", "-5"),
        ("around 160 hours in total", "160"), ("twenty five", "25"), ("one hundred and sixty", "160"),
        ("a dozen", "12"), ("8 till 8", "12"), ("7-7", "12"), ("0700-1900", "12"), ("2000 to 0800", "12"),
        ("7\u00bd hours", "7.5"), ("\u00bd hour", "0.5"), ("8-8 hours", "8"),
    ],
)  # fmt: skip
def test_hours_are_read_as_they_are_said(said: str, told: str) -> None:
    heard = hours(said)
    assert heard is not None
    assert heard.hours == Decimal(told)


@pytest.mark.parametrize(
    ("said", "told", "per"),
    [
        ("40 a week", 40, "week"), ("40 hours a week", 40, "week"), ("12 hours a day", 12, "day"),
        ("8 hours a day 5 days a week", 40, "week"), ("12 hours 5 days a week", 60, "week"),
        ("160 per month", 160, "month"),
    ],
)  # fmt: skip
def test_what_the_hours_are_for_is_read_with_them(said: str, told: int, per: str) -> None:
    heard = hours(said)
    assert heard is not None
    assert (heard.hours, heard.per) == (told, per)


def test_a_number_without_its_unit_is_taken_in_the_unit_that_was_asked_for() -> None:
    for said, told in (("20", "0.333333"), ("20 minutes", "0.333333"), ("1 hour", "1"), ("half an hour", "0.5")):
        heard = hours(said, bare="minute")
        assert heard is not None
        assert heard.hours == Decimal(told)


@pytest.mark.parametrize(
    ("said", "lang", "told"), [("12,5 ore", "ro", "12.5"), ("१२ घंटे", "hi", "12"), ("٨", "ar", "8")]
)
def test_hours_in_the_digits_of_other_languages_are_read(said: str, lang: str, told: str) -> None:
    heard = hours(said, lang)
    assert heard is not None
    assert heard.hours == Decimal(told)


@pytest.mark.parametrize(
    ("said", "rough"),
    [
        ("about 12 hrs", True),
        ("10-12", True),
        ("between 10 and 12 hours", True),
        ("maybe 12", True),
        ("12", False),
        ("7am to 7pm", False),
    ],
)
def test_it_is_known_when_an_answer_is_not_exact(said: str, rough: bool) -> None:
    heard = hours(said)
    assert heard is not None
    assert heard.rough is rough


@pytest.mark.parametrize(
    "said", ["hello", "", "too many", "all day long", "it depends", f"{'9' * 15} grand hours {'9' * 15} days"]
)
def test_words_without_hours_give_none(said: str) -> None:
    assert hours(said) is None


@pytest.mark.parametrize(
    ("said", "unit", "told"),
    [
        ("3", "day", 3), ("two weeks", "day", 14), ("a week", "day", 7), ("about 10 days", "day", 10),
        ("none", "day", 0), ("no housing", "day", 0), ("no idea", "day", None),
        ("2 years", "month", 24), ("18 months", "month", 18), ("a year", "month", 12), ("every", "day", None),
    ],
)  # fmt: skip
def test_days_and_months_are_counted(said: str, unit: str, told: int | None) -> None:
    assert count(said, unit) == told


def test_several_numbers_are_read_in_order() -> None:
    assert numbers("120, 98.5 and 110") == (Decimal(120), Decimal("98.5"), Decimal(110))
    assert numbers("120,98,110") == (120, 98, 110)
    assert numbers("no idea") is None
