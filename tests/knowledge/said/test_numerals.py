"""Numbers in digits, with the marks of thousands and of decimals as people of several languages write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.said.lengths import count, hours
from knowledge.said.money import money
from knowledge.said.numbers import number, numbers


@pytest.mark.parametrize(
    ("said", "lang", "amount"),
    [
        ("1,800 lire", "ro", "1800"), ("1.800 lire", "ro", "1800"), ("1800,50 lire", "ro", "1800.50"),
        ("£1,800", "ro", "1800"), ("1,800.50", "ro", "1800.50"), ("1.800,50 lire", "ro", "1800.50"),
        ("1,800", "pl", "1800"), ("1.800", "pl", "1800"), ("1,800", "hi", "1800"), ("1,800 lire pe luna", "ro", "1800"),
        ("12,5 lire", "ro", "12.5"), ("12.50", "ro", "12.50"), ("0,125", "ro", "0.125"),
        ("12,345,678", "ro", "12345678"),
    ],
)  # fmt: skip
def test_three_digits_behind_a_mark_are_thousands(said: str, lang: str, amount: str) -> None:
    heard = money(said, lang)
    assert heard is not None
    assert heard.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("said", "lang", "told"),
    [("7,5 ore", "ro", "7.5"), ("7.5 ore", "ro", "7.5"), ("1,800 ore", "ro", "1800"), ("7.125 hours", "en", "7.125")],
)
def test_hours_keep_their_decimals(said: str, lang: str, told: str) -> None:
    heard = hours(said, lang)
    assert heard is not None
    assert heard.hours == Decimal(told)


@pytest.mark.parametrize(
    ("said", "lang"), [("1.800", "en"), ("1.800 pounds", "hi"), ("1.234,567", "ro"), ("1,234.567", "en")]
)
def test_money_whose_marks_can_be_read_two_ways_gives_no_amount(said: str, lang: str) -> None:
    assert money(said, lang) is None


def test_a_numeral_that_is_not_understood_spoils_every_kind_of_answer() -> None:
    said = "1.234,567 or 12"
    assert (number(said), hours(said), count(said, "day"), numbers(said)) == (None, None, None, None)


@pytest.mark.parametrize(
    ("said", "lang", "told"),
    [
        ("1,800, 1,750", "en", ("1800", "1750")), ("12,5, 13,5", "ro", ("12.5", "13.5")),
        ("120,98,110", "en", ("120", "98", "110")), ("1,800 and 1,750", "en", ("1800", "1750")),
        ("1.800 si 1.750", "ro", ("1800", "1750")), ("1,800", "en", None), ("120,110", "en", None),
        ("12,5", "ro", None), ("120 110 95", "en", None), ("1 800", "pl", None),
        ("1 800, 1 750", "pl", ("1800", "1750")), ("120,98", "en", ("120", "98")),
    ],
)  # fmt: skip
def test_a_list_of_numbers_is_not_cut_inside_a_number(said: str, lang: str, told: tuple[str, ...] | None) -> None:
    assert numbers(said, lang) == (None if told is None else tuple(Decimal(each) for each in told))
