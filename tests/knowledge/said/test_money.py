"""Amounts as people give them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.said.money import Money, money


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("1800", "1800"), ("1,800", "1800"), ("1 800", "1800"), ("1,800.00 gross", "1800"), ("£10.50", "10.50"),
        ("£1 800", "1800"), ("10 quid 50", "10.50"), ("12 pounds 50 pence", "12.50"), ("£12 and 50p", "12.50"),
        ("ten pound fifty", "10.50"), ("twelve seventy one", "12.71"), ("twelve pounds", "12"), ("850p", "8.50"),
        ("2k", "2000"), ("1.8k", "1800"), ("£25k", "25000"), ("a tenner", "10"), ("a grand", "1000"),
        ("fifteen hundred", "1500"), ("one thousand eight hundred", "1800"), ("two hundred and fifty", "250"),
        ("GBP 300", "300"), ("300 GBP", "300"), ("i get 12.50", "12.50"), ("£400 for 40 hours", "400"),
        ("40 hours at 12.50", "12.50"), ("between 11 and 12", "11.5"), ("nothing", "0"), ("no charge", "0"),
        ("it was free", "0"),
        ("-50", "-50"), ("minus five", "-5"), ("12 pound", "12"), ("£12\u00bd", "12.5"), ("12 \u00bc", "12.25"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_said(said: str, amount: str) -> None:
    heard = money(said)
    assert heard is not None
    assert heard.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("said", "amount", "per"),
    [
        ("£1,800 a month before tax", "1800", "month"), ("monthly 1800", "1800", "month"), ("1800 pm", "1800", "month"),
        ("£12.71/hr", "12.71", "hour"), ("12.71ph", "12.71", "hour"), ("12.71 per hour", "12.71", "hour"),
        ("12 pound an hour", "12", "hour"), ("£25k pa", "25000", "year"), ("25 thousand a year", "25000", "year"),
        ("450 a week", "450", "week"), ("£11-12 an hour", "11.5", "hour"), ("£90 each day", "90", "day"),
        ("£25k p.a.", "25000", "year"), ("12.71 p/h", "12.71", "hour"), ("12.71p/h", "12.71", "hour"),
        ("450 p.w.", "450", "week"),
    ],
)  # fmt: skip
def test_what_an_amount_is_for_is_read_with_it(said: str, amount: str, per: str) -> None:
    heard = money(said)
    assert heard is not None
    assert (heard.amount, heard.per) == (Decimal(amount), per)


@pytest.mark.parametrize(
    ("said", "lang", "amount"),
    [
        ("1.234,50 lei", "ro", None), ("1.234,50 lire sterling", "ro", "1234.50"), ("12,71", "pl", "12.71"),
        ("1 234,50", "pl", "1234.50"), ("१२५०", "hi", "1250"), ("١٢٫٥", "ar", "12.5"), ("১২০০", "bn", "1200"),
        ("1.800", "es", "1800"), ("12.71", "ro", "12.71"), ("1,25,000", "hi", "125000"),
    ],
)  # fmt: skip
def test_numbers_of_other_languages_are_read_in_their_own_form(said: str, lang: str, amount: str | None) -> None:
    heard = money(said, lang)
    assert heard is not None
    assert heard.amount == (None if amount is None else Decimal(amount))


def test_other_money_is_told_apart_and_not_taken_for_pounds() -> None:
    assert money("5000 rupees") == Money(None)
    assert money("$200") == Money(None)


def test_take_home_pay_is_told_apart_from_pay_before_tax() -> None:
    taken_home = money("about 1500 take home")
    before_tax = money("£1500 before tax, I do not know after tax")
    assert taken_home == Money(Decimal(1500), None, True, True)
    assert before_tax is not None
    assert not before_tax.after_tax


@pytest.mark.parametrize(
    "said", ["hello", "", "a lot", "my boss decides", "10%", "10 percent of my pay", "£500 and £200"]
)
def test_words_without_an_amount_give_none(said: str) -> None:
    assert money(said) is None
