"""Answers that are for another time than was asked, and days whose year must be told."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.checks import QuestionWords
from knowledge.questions.dated import DayOf
from knowledge.questions.kinds import HoursOf
from knowledge.questions.question import Asking, Read, Unfit
from knowledge.said.days import FUTURE

TODAY = date(2026, 11, 21)
OCTOBER, A_FORTNIGHT = ["2026-10-01", "2026-10-31"], ["2026-10-01", "2026-10-14"]


def asking(lang: str = "en", period: list[str] | None = None) -> Asking:
    """A question of the pay check, after the period."""
    return Asking(QuestionWords("Hours", "How many?", ""), lang, lang, TODAY, {"period": period} if period else {})


@pytest.mark.parametrize(
    ("over", "period", "said", "read"),
    [
        ("period", OCTOBER, "160 hours a month", Read("160")),
        ("period", OCTOBER, "40 hours a week", Read("177.14", True)),
        ("period", A_FORTNIGHT, "160 hours a month", Unfit("check_other_time")),
        ("period", OCTOBER, "12 hours a shift", Unfit("check_other_time")),
        ("period", OCTOBER, "10 hours a night", Unfit("check_other_time")),
        ("day", None, "12 hours a night", Read("12")), ("day", None, "160 hours a month", Unfit("check_other_time")),
        ("week", None, "160 hours a month", Read("36.92", True)), ("week", None, "5 days", None),
    ],
)  # fmt: skip
def test_hours_are_turned_to_the_time_that_was_asked_for_or_asked_again(
    over: str, period: list[str] | None, said: str, read: Read | Unfit | None
) -> None:
    assert HoursOf(over).read(said, asking(period=period)) == read


@pytest.mark.parametrize(
    ("said", "lang", "goes_on"),
    [
        ("no", "en", True), ("still ill", "en", True), ("no, still sick", "en", True), ("not over yet", "en", True),
        ("nu", "ro", True), ("nu, inca bolnav", "ro", True), ("nahi abhi bimar hu", "hi", True), ("अभी भी", "hi", True),
        ("no longer ill, I went back last Friday", "en", False), ("nu mai sunt bolnav", "ro", False),
    ],
)  # fmt: skip
def test_a_sickness_goes_on_only_where_that_is_said(said: str, lang: str, goes_on: bool) -> None:
    read = DayOf(last=True, still=True).read(said, asking(lang))
    assert (read == Read("")) is goes_on


@pytest.mark.parametrize(
    ("said", "lang", "day"),
    [
        ("in March", "en", None), ("5 march", "en", None), ("in martie", "ro", None), ("pe 5 martie", "ro", None),
        ("in March 2028", "en", "2028-03-31"), ("5/3/28", "en", "2028-03-05"), ("in 3 months", "en", "2027-02-21"),
        ("in two weeks", "en", "2026-12-05"), ("tomorrow", "en", "2026-11-22"), ("azi", "ro", "2026-11-21"),
    ],
)  # fmt: skip
def test_the_end_of_a_visa_is_never_taken_without_its_year(said: str, lang: str, day: str | None) -> None:
    read = DayOf(FUTURE, last=True, year=True).read(said, asking(lang))
    assert read == Unfit("check_year_needed") if day is None else isinstance(read, Read) and read.value == day
