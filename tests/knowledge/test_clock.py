from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from knowledge import clock


def test_a_day_in_the_setting_is_today(monkeypatch):
    monkeypatch.setenv("CARE_ADVICE_NOW", "2027-04-01")
    assert clock.today() == date(2027, 4, 1)
    assert clock.now().utcoffset().total_seconds() == 3600


def test_a_moment_in_the_setting_without_a_zone_is_london_time(monkeypatch):
    monkeypatch.setenv("CARE_ADVICE_NOW", "2026-07-01T09:30")
    assert clock.now().astimezone(timezone.utc).hour == 8


def test_late_evening_in_utc_is_already_the_next_day_in_an_english_summer(monkeypatch):
    monkeypatch.setenv("CARE_ADVICE_NOW", "2026-06-30T23:30:00Z")
    assert clock.today() == date(2026, 7, 1)


def test_a_setting_that_is_no_time_is_refused(monkeypatch):
    monkeypatch.setenv("CARE_ADVICE_NOW", "tomorrow")
    with pytest.raises(clock.ClockSettingMalformed):
        clock.now()


def test_a_held_clock_goes_before_the_setting_and_is_let_go_again(monkeypatch):
    monkeypatch.setenv("CARE_ADVICE_NOW", "2027-04-01")
    with clock.at(date(2025, 1, 15)):
        assert clock.today() == date(2025, 1, 15)
        with clock.at(datetime(2024, 2, 29, 8, 0)):
            assert clock.today() == date(2024, 2, 29)
        assert clock.today() == date(2025, 1, 15)
    assert clock.today() == date(2027, 4, 1)
