"""Days and times as people give them. Today is a Saturday, 21 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.said.days import FUTURE, birthday, day, period, periods
from knowledge.said.weekdays import weekdays

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("3/4/26", (2026, 4, 3)), ("03.04.2026", (2026, 4, 3)), ("3-4-26", (2026, 4, 3)), ("3 4 26", (2026, 4, 3)),
        ("2026-04-03", (2026, 4, 3)), ("3rd April", (2026, 4, 3)), ("April 3", (2026, 4, 3)), ("20 Feb", (2026, 2, 20)),
        ("it was on the 3rd of june", (2026, 6, 3)), ("around 10 May", (2026, 5, 10)), ("31/12", (2025, 12, 31)),
        ("the 5th", (2026, 11, 5)), ("Tues 3 march", (2026, 3, 3)), ("today", (2026, 11, 21)), ("now", (2026, 11, 21)),
        ("yesterday", (2026, 11, 20)), ("last Tuesday", (2026, 11, 17)), ("friday", (2026, 11, 20)),
        ("on monday", (2026, 11, 16)), ("two weeks ago", (2026, 11, 7)), ("5 weeks ago", (2026, 10, 17)),
        ("a month ago", (2026, 10, 21)), ("1st of january 2027", (2027, 1, 1)),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_said_with_the_day_before_the_month(said: str, told: tuple[int, int, int]) -> None:
    heard = day(said, "en", TODAY)
    assert heard is not None
    assert heard.day == date(*told)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("since March", (2026, 3, 1), (2026, 3, 31)), ("in March", (2026, 3, 1), (2026, 3, 31)),
        ("March 2025", (2025, 3, 1), (2025, 3, 31)), ("dec", (2025, 12, 1), (2025, 12, 31)),
        ("november", (2026, 11, 1), (2026, 11, 30)), ("last month", (2026, 10, 1), (2026, 10, 31)),
    ],
)  # fmt: skip
def test_a_month_is_a_rough_day_that_knows_its_last(
    said: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    heard = day(said, "en", TODAY)
    assert heard is not None
    assert (heard.day, heard.last, heard.rough) == (date(*first), date(*last), True)


@pytest.mark.parametrize(
    ("said", "lang", "told"),
    [
        ("3 martie 2026", "ro", (2026, 3, 3)), ("ieri", "ro", (2026, 11, 20)), ("wczoraj", "pl", (2026, 11, 20)),
        ("3 मार्च 2026", "hi", (2026, 3, 3)), ("3 de marzo", "es", (2026, 3, 3)), ("3 مارس 2026", "ar", (2026, 3, 3)),
        ("٣/٤/٢٠٢٦", "ar", (2026, 4, 3)), ("3 മാർച്ച് 2026", "ml", (2026, 3, 3)), ("3 مارچ 2026", "ur", (2026, 3, 3)),
        ("last Tuesday", "ro", (2026, 11, 17)), ("3/4/26", "sn", (2026, 4, 3)),
    ],
)  # fmt: skip
def test_days_of_other_languages_are_read(said: str, lang: str, told: tuple[int, int, int]) -> None:
    heard = day(said, lang, TODAY)
    assert heard is not None
    assert heard.day == date(*told)


def test_a_text_far_too_long_for_an_answer_names_no_day() -> None:
    assert day("since " * 10 + "3 march", "en", TODAY) is not None
    assert day("since " * 60 + "3 march", "en", TODAY) is None
    assert periods(", ".join(["3 may"] * 80), "en", TODAY) is None


def test_a_day_still_to_come_is_read_as_such() -> None:
    for said, told in (
        ("5 jan", date(2027, 1, 5)),
        ("15/2/27", date(2027, 2, 15)),
        ("20 March 2027", date(2027, 3, 20)),
    ):
        heard = day(said, "en", TODAY, FUTURE)
        assert heard is not None
        assert heard.day == told


@pytest.mark.parametrize(
    "said", ["", "hello", "no", "10", "12 hours", "2 days", "31 feb", "13/13/2026", "2019", "not yet"]
)
def test_what_is_no_day_gives_none(said: str) -> None:
    assert day(said, "en", TODAY) is None


def test_a_birthday_needs_its_year_and_is_never_in_the_future() -> None:
    assert birthday("3/4/90", "en", TODAY) == date(1990, 4, 3)
    assert birthday("3 April 1990", "en", TODAY) == date(1990, 4, 3)
    assert birthday("3/4/05", "en", TODAY) == date(2005, 4, 3)
    assert birthday("3/4/65", "en", TODAY) == date(1965, 4, 3)
    assert birthday("3 april", "en", TODAY) is None
    assert birthday("1990", "en", TODAY) is None


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("1 to 31 March", (2026, 3, 1), (2026, 3, 31)), ("1 March to 31 March", (2026, 3, 1), (2026, 3, 31)),
        ("March", (2026, 3, 1), (2026, 3, 31)), ("2/3/26 - 8/3/26", (2026, 3, 2), (2026, 3, 8)),
        ("from 1 April 2026 to 30 April 2026", (2026, 4, 1), (2026, 4, 30)),
        ("1-31 october", (2026, 10, 1), (2026, 10, 31)),
        ("from the 1st to the 31st of october", (2026, 10, 1), (2026, 10, 31)),
        ("last week", (2026, 11, 9), (2026, 11, 15)),
        ("last month", (2026, 10, 1), (2026, 10, 31)), ("between 1 may and 31 may", (2026, 5, 1), (2026, 5, 31)),
        ("the week ending 6 April", (2026, 3, 31), (2026, 4, 6)), ("4 weeks to 5 April", (2026, 3, 9), (2026, 4, 5)),
        ("month ending 30 September", (2026, 9, 1), (2026, 9, 30)), ("28 sept - 4 oct", (2026, 9, 28), (2026, 10, 4)),
        ("15 dec to 14 jan", (2025, 12, 15), (2026, 1, 14)),
    ],
)  # fmt: skip
def test_a_time_has_its_first_and_last_day(said: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert period(said, "en", TODAY) == (date(*first), date(*last))


def test_a_single_day_is_no_time_but_may_be_one_of_several() -> None:
    assert period("2 March", "en", TODAY) is None
    assert periods("1 to 5 March, 2 May", "en", TODAY) == (
        (date(2026, 3, 1), date(2026, 3, 5)),
        (date(2026, 5, 2), date(2026, 5, 2)),
    )
    assert periods("no idea", "en", TODAY) is None


@pytest.mark.parametrize(
    ("said", "lang", "told"),
    [
        ("3 May and 5 June", "en", [(5, 3, 5, 3), (6, 5, 6, 5)]),
        ("1 to 5 March and also 2 May", "en", [(3, 1, 3, 5), (5, 2, 5, 2)]),
        ("3 mai si 5 iunie", "ro", [(5, 3, 5, 3), (6, 5, 6, 5)]),
        ("3 may aur 5 june", "hi", [(5, 3, 5, 3), (6, 5, 6, 5)]),
        ("between 1 may and 31 may", "en", [(5, 1, 5, 31)]),
        ("2 May, ", "en", [(5, 2, 5, 2)]), ("2 and 3 May", "en", None),
    ],
)  # fmt: skip
def test_of_several_times_none_is_lost(said: str, lang: str, told: list[tuple[int, int, int, int]] | None) -> None:
    expected = told and tuple((date(2026, a, b), date(2026, c, d)) for a, b, c, d in told)
    assert periods(said, lang, TODAY) == expected


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Mon, Wed & Fri", {0, 2, 4}), ("Monday to Friday", {0, 1, 2, 3, 4}), ("mon-fri", {0, 1, 2, 3, 4}),
        ("every day", set(range(7))), ("weekends", {5, 6}), ("Sat to Mon", {5, 6, 0}), ("tues", {1}),
    ],
)  # fmt: skip
def test_days_of_the_week_are_read(said: str, told: set[int]) -> None:
    assert weekdays(said) == told


def test_days_of_the_week_in_another_language_are_read_and_other_words_are_none() -> None:
    assert weekdays("luni si vineri", "ro") == {0, 4}
    assert weekdays("de marti la sambata", "ro") == {1, 2, 3, 4, 5}
    assert weekdays("luni la 8, joi la 9", "ro") == {0, 3}
    assert weekdays("somvar se shukravar tak", "hi") == {0, 1, 2, 3, 4}
    assert weekdays("it changes") is None
