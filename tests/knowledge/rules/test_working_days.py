"""Working days of England, against the table of the fact sheet (the day after the letter is the first)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.rules.working_days import days_after, is_working_day, working_days_after


@pytest.mark.parametrize(
    ("letter", "twenty", "sixty"),
    [
        ("2026-11-23", "2026-12-21", "2027-01-22"),
        ("2026-12-01", "2026-12-31", "2027-01-30"),
        ("2026-12-14", "2027-01-14", "2027-02-12"),
        ("2027-03-15", "2027-04-14", "2027-05-14"),
    ],
)
def test_the_days_are_those_of_the_table(letter: str, twenty: str, sixty: str) -> None:
    start = date.fromisoformat(letter)
    assert working_days_after(start, 20) == date.fromisoformat(twenty)
    assert days_after(start, 60) == date.fromisoformat(sixty)


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
        "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28",
        "2028-01-03", "2026-11-21", "2026-11-22",
    ],
)  # fmt: skip
def test_bank_holidays_and_weekends_are_no_working_days(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


def test_a_holiday_of_scotland_is_a_working_day_here() -> None:
    assert is_working_day(date(2026, 11, 30))  # St Andrew's Day


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2022, 4, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_the_day_found_is_a_working_day_and_later(start: date, number: int) -> None:
    found = working_days_after(start, number)
    assert is_working_day(found)
    assert found > start
    assert found < working_days_after(start, number + 1)
