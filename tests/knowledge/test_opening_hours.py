from __future__ import annotations

from datetime import datetime, timezone

import pytest

from knowledge.opening_hours import WeeklyHours, weekly_hours

WEEKDAYS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "08:00-18:00")


def hours(bank_holidays: str = "closed") -> WeeklyHours:
    return weekly_hours(WEEKDAYS, bank_holidays)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T07:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-23T17:59", True),
        ("2026-11-23T18:00", False),
        ("2026-11-21T12:00", False),
        ("2026-12-24T12:00", True),
        ("2026-12-25T12:00", False),
        ("2026-12-28T12:00", False),
        ("2026-12-29T12:00", True),
        ("2027-03-26T12:00", False),
        ("2026-08-31T12:00", False),
    ],
)
def test_open_on_weekdays_but_not_on_bank_holidays(moment, expected):
    assert hours().open_at(datetime.fromisoformat(moment)) is expected


def test_the_clock_change_moves_the_hours_in_utc_and_not_in_england():
    before = datetime(2026, 10, 23, 7, 30, tzinfo=timezone.utc)
    after = datetime(2026, 10, 26, 7, 30, tzinfo=timezone.utc)
    assert hours().open_at(before) is True
    assert hours().open_at(after) is False


def test_an_unknown_bank_holiday_is_unknown_only_while_it_would_be_open():
    unknown = hours("unknown")
    assert unknown.open_at(datetime(2026, 12, 25, 12, 0)) is None
    assert unknown.open_at(datetime(2026, 12, 25, 3, 0)) is False
    assert unknown.open_at(datetime(2026, 12, 24, 12, 0)) is True


def test_open_on_a_bank_holiday_as_on_its_weekday_or_all_day():
    assert hours("open").open_at(datetime(2026, 12, 25, 12, 0)) is True
    assert hours("open").open_at(datetime(2026, 12, 25, 3, 0)) is False
    assert hours("all_day").open_at(datetime(2026, 12, 25, 3, 0)) is True


def test_a_night_span_runs_into_the_next_morning():
    nights = weekly_hours({"fri": "17:00-09:00"}, "open")
    assert nights.open_at(datetime(2026, 11, 20, 23, 0)) is True
    assert nights.open_at(datetime(2026, 11, 21, 8, 59)) is True
    assert nights.open_at(datetime(2026, 11, 21, 9, 0)) is False
    assert nights.open_at(datetime(2026, 11, 20, 8, 0)) is False


def test_a_night_span_holds_through_the_night_of_the_clock_change():
    nights = weekly_hours({"sat": "22:00-06:00"}, "open")
    assert nights.open_at(datetime(2026, 10, 25, 5, 30, tzinfo=timezone.utc)) is True
    assert nights.open_at(datetime(2026, 10, 25, 6, 0, tzinfo=timezone.utc)) is False


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-20T18:30", "2026-11-23T08:00"),
        ("2026-11-23T06:00", "2026-11-23T08:00"),
        ("2026-12-24T19:00", "2026-12-29T08:00"),
        ("2026-10-23T19:00", "2026-10-26T08:00"),
    ],
)
def test_the_next_opening_skips_weekends_and_bank_holidays(moment, expected):
    opening = hours().next_opening(datetime.fromisoformat(moment))
    assert opening.replace(tzinfo=None) == datetime.fromisoformat(expected)


def test_a_bank_holiday_of_unknown_hours_is_never_named_as_the_next_opening():
    opening = hours("unknown").next_opening(datetime(2026, 12, 24, 19, 0))
    assert opening.date().isoformat() == "2026-12-29"


def test_a_line_that_never_opens_has_no_next_opening():
    assert weekly_hours({}, "closed").next_opening(datetime(2026, 11, 21)) is None


@pytest.mark.parametrize("written", ["8-6", "08:00-25:00", "08:00", "", "08:00-08:00"])
def test_hours_written_otherwise_are_refused(written):
    with pytest.raises(ValueError, match=r"span|length"):
        weekly_hours({"mon": written}, "closed")
