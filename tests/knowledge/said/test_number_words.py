"""Numbers of several words, each language by its own words for "and", "a half" and "of"."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.said.lengths import count, hours
from knowledge.said.money import money
from knowledge.said.numbers import number

LENGTHS = [
    ("ro", "2 ore și jumătate", "2.5"), ("ro", "2 ore si jumatate", "2.5"), ("ro", "două ore și un sfert", "2.25"),
    ("ro", "o oră", "1"), ("ro", "o jumatate de ora", "0.5"), ("ro", "un sfert de oră", "0.25"),
    ("ro", "trei sferturi de ora", "0.75"), ("ro", "1 ora si 20 de minute", "1.333333"), ("ro", "20 de ore", "20"),
    ("ro", "o ora si 30 de minute", "1.5"), ("ro", "șapte ore și jumătate", "7.5"), ("ro", "40 de ore", "40"),
    ("hi", "saadhe saat", "7.5"), ("hi", "साढ़े सात घंटे", "7.5"), ("hi", "saadhe 7 ghante", "7.5"),
    ("hi", "dhai ghante", "2.5"), ("hi", "डेढ़ घंटा", "1.5"), ("hi", "sava do ghante", "2.25"),
    ("hi", "sava ghanta", "1.25"), ("hi", "paune do ghante", "1.75"), ("hi", "आधा घंटा", "0.5"),
    ("hi", "paun ghanta", "0.75"),
    ("hi", "2 ghante aur 20 minute", "2.333333"), ("hi", "ek ghanta", "1"), ("hi", "ek bhi nahi", "0"),
    ("en", "three quarters of an hour", "0.75"),
]  # fmt: skip
AMOUNTS = [
    ("ro", "douăzeci și cinci de lire", "25"), ("ro", "douazeci si cinci", "25"),
    ("ro", "12 lire și 50 de pence", "12.50"),
    ("ro", "o sută cincizeci de lire", "150"), ("ro", "o mie opt sute", "1800"), ("ro", "1 mie 800 lire", "1800"),
    ("ro", "24 de mii pe an", "24000"), ("ro", "douăzeci și patru de mii de lire", "24000"),
    ("hi", "24 hazar saal ka", "24000"), ("hi", "1800 mahina", "1800"),
    ("ro", "50 de pence", "0.50"), ("ro", "12 lire si jumatate", "12.5"), ("hi", "dedh sau", "150"),
    ("hi", "dhai hazar pound", "2500"), ("hi", "साढ़े तीन सौ पाउंड", "350"), ("hi", "sava sau", "125"),
    ("hi", "do hazar paanch sau", "2500"), ("hi", "2 हज़ार 500 पाउंड", "2500"), ("hi", "ek bhi nahi", "0"),
    ("hi", "एक भी पैसा नहीं", "0"), ("en", "2 thousand 500 pounds", "2500"), ("en", "twelve and a half pounds", "12.5"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "said", "told"), LENGTHS)
def test_hours_of_several_words_are_read_whole(lang: str, said: str, told: str) -> None:
    heard = hours(said, lang)
    assert heard is not None
    assert (heard.hours, heard.per) == (Decimal(told), None)


@pytest.mark.parametrize(("lang", "said", "told"), AMOUNTS)
def test_amounts_of_several_words_are_read_whole(lang: str, said: str, told: str) -> None:
    heard = money(said, lang)
    assert heard is not None
    assert heard.amount == Decimal(told)


@pytest.mark.parametrize(
    ("said", "lang", "unit", "told"),
    [
        ("o săptămână", "ro", "day", 7), ("3 luni", "ro", "month", 3), ("20 de zile", "ro", "day", 20),
        ("o zi", "ro", "day", 1), ("a day", "en", "day", 1), ("ek hafta", "hi", "day", 7),
        ("ek bhi nahi", "hi", "day", 0),
        ("एक भी नहीं", "hi", "day", 0), ("a couple of weeks", "en", "day", 14),
        ("dhai mahine", "hi", "month", Decimal("2.5")), ("1 an si 6 luni", "ro", "month", 18),
        ("o saptamana si 2 zile", "ro", "day", 9), ("2 weeks and 3 days", "en", "day", 17),
        ("5 days a week", "en", "day", 5),
        ("1 year and 6 months", "en", "month", 18),
    ],
)  # fmt: skip
def test_days_and_months_of_several_words_are_counted(said: str, lang: str, unit: str, told: Decimal | int) -> None:
    assert count(said, unit, lang) == told


@pytest.mark.parametrize(
    ("said", "unit", "lang"), [("90 days", "month", "en"), ("2 saptamani", "month", "ro"), ("3 mahine", "day", "hi")]
)
def test_days_are_not_taken_for_months_nor_months_for_days(said: str, unit: str, lang: str) -> None:
    assert count(said, unit, lang) is None


@pytest.mark.parametrize(
    ("said", "lang", "told", "per"),
    [
        ("din me 8 ghante", "hi", "8", "day"), ("हफ्ते में 40 घंटे", "hi", "40", "week"),
        ("roz 8 ghante", "hi", "8", "day"),
        ("8 ghante roz", "hi", "8", "day"), ("ek din me 8 ghante", "hi", "8", "day"),
        ("8 ore zilnic", "ro", "8", "day"),
        ("48 de ore in saptamana", "ro", "48", "week"), ("160 de ore în lună", "ro", "160", "month"),
        ("48 ghante hafta", "hi", "48", "week"), ("hafte me 5 din 8 ghante", "hi", "40", "week"),
        ("48 hours week", "en", "48", "week"), ("48 hours in week", "en", "48", "week"),
        ("8 ore luni", "ro", "8", None),
        ("5 din 8 ghante", "hi", "40", None), ("5 दिन 8 घंटे", "hi", "40", None),
        ("8 ore pe zi, 5 zile pe saptamana", "ro", "40", "week"), ("40 de ore pe săptămână", "ro", "40", "week"),
    ],
)  # fmt: skip
def test_what_the_hours_are_for_is_read_in_the_words_of_the_language(
    said: str, lang: str, told: str, per: str | None
) -> None:
    heard = hours(said, lang)
    assert heard is not None
    assert (heard.hours, heard.per) == (Decimal(told), per)


@pytest.mark.parametrize(
    ("said", "lang", "amount", "per"),
    [
        ("mahine ka 1800 pound", "hi", "1800", "month"), ("घंटे के 12 पाउंड", "hi", "12", "hour"),
        ("1800 lunar", "ro", "1800", "month"), ("12 lire pe oră", "ro", "12", "hour"),
        ("12 lire ora", "ro", "12", "hour"), ("12 pound ghanta", "hi", "12", "hour"),
        ("50 lire luni", "ro", "50", None),
        ("12 pounds hour", "en", "12", "hour"), ("£12 an hour, 40 hours a week", "en", "12", "hour"),
        ("1800 pe luna, 40 de ore pe saptamana", "ro", "1800", "month"),
        ("£400 for 40 hours a week", "en", "400", "week"),
    ],
)  # fmt: skip
def test_what_an_amount_is_for_is_read_in_the_words_of_the_language(
    said: str, lang: str, amount: str, per: str | None
) -> None:
    heard = money(said, lang)
    assert heard is not None
    assert (heard.amount, heard.per) == (Decimal(amount), per)


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("12 jumate lire", "ro"), ("saadhe pound", "hi"), ("1800 minus 200", "en"), ("12 ya 14 ya 15", "hi"),
        ("one hundred two hundred pounds", "en"),
    ],
)  # fmt: skip
def test_an_amount_that_cannot_be_put_together_for_sure_is_not_taken(said: str, lang: str) -> None:
    assert money(said, lang) is None


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("2 ore fara un sfert", "ro"), ("12 nahi 10 ghante", "hi"), ("saadhe ghante", "hi"),
        ("5 din me 40 ghante", "hi"), ("40 hours in 5 days", "en"), ("8 ore in 5 zile", "ro"),
        ("5 days", "en"), ("5 zile", "ro"), ("22 din", "hi"), ("3 months", "en"), ("12:75", "en"),
        ("20 minutes in 6 hours", "en"), ("1 hour and 20", "en"), ("do teen ghante", "hi"),
        ("ek bhi nahi 12 ghante me", "hi"),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_put_together_for_sure_are_not_taken(said: str, lang: str) -> None:
    assert hours(said, lang) is None


def test_lists_in_english_are_not_joined_as_romanian_tens_are() -> None:
    assert number("twenty and five") is None
    assert number("douăzeci și cinci", "ro") == 25
