"""Days, times and shifts in Romanian and Hindi. Today is a Saturday, 21 November 2026."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.said.days import FUTURE, day, period
from knowledge.said.lengths import hours

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "lang"),
    [("3 luni", "ro"), ("de 3 luni", "ro"), ("trei luni", "ro"), ("2 saptamani", "ro"), ("20 de zile", "ro"),
     ("3 mahine", "hi"), ("३ महीने", "hi"), ("do hafte", "hi"), ("cam 3 luni", "ro")],
)  # fmt: skip
def test_a_length_of_time_is_no_day(said: str, lang: str) -> None:
    assert day(said, lang, TODAY) is None
    assert period(said, lang, TODAY) is None


@pytest.mark.parametrize(
    ("said", "lang", "told"),
    [
        ("acum doua saptamani", "ro", (2026, 11, 7)), ("acum două săptămâni", "ro", (2026, 11, 7)),
        ("acum o saptamana", "ro", (2026, 11, 14)), ("acum 20 de zile", "ro", (2026, 11, 1)),
        ("2 saptamani in urma", "ro", (2026, 11, 7)), ("acum 3 luni", "ro", (2026, 8, 21)),
        ("3 march ko", "hi", (2026, 3, 3)), ("3 मार्च को", "hi", (2026, 3, 3)), ("2 hafte pehle", "hi", (2026, 11, 7)),
        ("दो हफ्ते पहले", "hi", (2026, 11, 7)), ("1 march se", "hi", (2026, 3, 1)), ("luni", "ro", (2026, 11, 16)),
        ("pe 3 martie", "ro", (2026, 3, 3)), ("march se", "hi", (2026, 3, 1)), ("3 din pehle", "hi", (2026, 11, 18)),
        ("ek mahine pehle", "hi", (2026, 10, 21)), ("pe 3.04", "ro", (2026, 4, 3)), ("3.04", "ro", (2026, 4, 3)),
        ("kal", "hi", (2026, 11, 20)), ("कल से", "hi", (2026, 11, 20)), ("parso", "hi", (2026, 11, 19)),
        ("alaltăieri", "ro", (2026, 11, 19)), ("5 noiembrie cred", "ro", (2026, 11, 5)),
        ("5 november I think", "en", (2026, 11, 5)),
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_words_of_the_language(said: str, lang: str, told: tuple[int, int, int]) -> None:
    heard = day(said, lang, TODAY)
    assert heard is not None
    assert heard.day == date(*told)


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("de la 1 la 31 martie", "ro"), ("de la 1 martie la 31 martie", "ro"), ("1 martie - 31 martie", "ro"),
        ("1 martie pana la 31 martie", "ro"), ("1 march se 31 march", "hi"), ("1 march se 31 march tak", "hi"),
        ("intre 1 si 31 martie", "ro"), ("2026-03-01 to 2026-03-31", "en"), ("1.03-31.03", "ro"),
        ("1 se 31 march", "hi"), ("1 मार्च से 31 मार्च तक", "hi"), ("1 to 31 March", "ro"),
    ],
)  # fmt: skip
def test_a_time_has_its_first_and_last_day_in_the_words_of_the_language(said: str, lang: str) -> None:
    assert period(said, lang, TODAY) == (date(2026, 3, 1), date(2026, 3, 31))
    assert day(said, lang, TODAY) is None


@pytest.mark.parametrize(
    ("said", "lang", "told"),
    [
        ("7 la 19", "ro", "12"), ("de la 7 la 19", "ro", "12"), ("de la 7 dimineata la 7 seara", "ro", "12"),
        ("20:00 - 08:00", "ro", "12"), ("8 seara pana la 8 dimineata", "ro", "12"), ("subah 8 se raat 8", "hi", "12"),
        ("सुबह 8 से रात 8", "hi", "12"), ("subah 8 baje se shaam 5 baje tak", "hi", "9"),
        ("raat 8 se subah 8", "hi", "12"),
        ("raat 10 se 2 subah", "hi", "4"), ("10 se 12 ghante", "hi", "11"),
        ("7 baje se 7 baje tak", "hi", "12"), ("de la 7 la 7", "ro", "12"), ("intre 8 si 10 ore", "ro", "9"),
        ("între 40 și 48 de ore", "ro", "44"),
    ],
)  # fmt: skip
def test_a_shift_is_read_in_the_words_of_the_language(said: str, lang: str, told: str) -> None:
    heard = hours(said, lang)
    assert heard is not None
    assert heard.hours == Decimal(told)


@pytest.mark.parametrize(
    ("said", "lang"), [("subah 8 se 5", "hi"), ("8am to 5", "en"), ("7-19", "ro"), ("8 se 20", "hi"), ("7 to 19", "en")]
)
def test_a_shift_that_can_be_two_lengths_is_not_taken(said: str, lang: str) -> None:
    assert hours(said, lang) is None


def test_a_word_for_the_day_before_and_after_is_the_day_that_was_asked_for() -> None:
    heard = day("कल", "hi", TODAY, FUTURE)
    assert heard is not None
    assert heard.day == date(2026, 11, 22)
