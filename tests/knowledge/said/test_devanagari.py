"""Answers in scripts that write vowels as marks on a letter: words stay whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.said.lengths import count, hours
from knowledge.said.money import Money, money
from knowledge.said.numbers import pieces


@pytest.mark.parametrize(
    ("said", "lang"), [("पाउंड", "hi"), ("घंटे", "hi"), ("हज़ार", "hi"), ("ஆயிரம்", "ta"), ("മണിക്കൂർ", "ml"), ("ঘণ্টা", "bn")]
)
def test_a_word_is_not_cut_at_its_vowel_signs(said: str, lang: str) -> None:
    assert len(pieces(said, lang)) == 1


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("12 पाउंड", "12"), ("१८०० पाउंड", "1800"), ("१,८०० पाउंड", "1800"), ("दो हज़ार", "2000"), ("पाँच सौ", "500"),
        ("दो हज़ार पाँच सौ पाउंड", "2500"), ("12 पाउंड 50 पेंस", "12.50"), ("५० पेंस", "0.50"),
    ],
)  # fmt: skip
def test_amounts_in_devanagari_are_read(said: str, amount: str) -> None:
    heard = money(said, "hi")
    assert heard is not None
    assert heard.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("said", "told"), [("आठ घंटे", "8"), ("८ घंटे ३० मिनट", "8.5"), ("12घंटे", "12"), ("३० मिनट", "0.5")]
)
def test_hours_in_devanagari_are_read(said: str, told: str) -> None:
    heard = hours(said, "hi")
    assert heard is not None
    assert heard.hours == Decimal(told)


def test_days_in_devanagari_are_counted() -> None:
    assert count("तीन हफ्ते", "day", "hi") == 21
    assert count("दो साल", "month", "hi") == 24


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("5 लाख रुपये", "hi"), ("5 लाख", "hi"), ("पाँच लाख", "hi"), ("5 lakh rupaye", "hi"), ("5 lakh pounds", "en"),
        ("£5 lakh", "en"), ("5 लाख पाउंड", "hi"), ("2 crore pound", "hi"),
    ],
)  # fmt: skip
def test_lakhs_and_other_money_are_never_taken_for_that_many_pounds(said: str, lang: str) -> None:
    assert money(said, lang) == Money(None)
