"""The calendar file, against RFC 5545: line ends, folding, escapes, whole days, and nothing that gives anybody away."""

from __future__ import annotations

from datetime import date, datetime, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.checks import check_words
from knowledge.rules.calendar_file import CalendarDay, calendar_text, sponsor_days
from knowledge.rules.sponsor_timeline import Event, SponsorTimelineAnswers, check_sponsor_timeline

MADE = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
TITLES = check_words("sponsor_timeline").notes


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_day_is_a_whole_day_that_ends_with_the_next() -> None:
    lines = unfolded(calendar_text([CalendarDay(date(2026, 12, 31), "Date")], MADE))
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTAMP:20261121T120000Z" in lines


def test_the_file_begins_and_ends_as_the_format_asks() -> None:
    lines = unfolded(calendar_text([], MADE))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"


def test_commas_semicolons_backslashes_and_new_lines_are_escaped() -> None:
    text = calendar_text([CalendarDay(date(2026, 12, 1), "a,b;c\\d\ne")], MADE)
    assert "SUMMARY:a\\,b\\;c\\\\d\\ne" in unfolded(text)


def test_two_days_have_different_names() -> None:
    days = [CalendarDay(date(2026, 12, 1), "Date"), CalendarDay(date(2026, 12, 2), "Date")]
    names = {line for line in unfolded(calendar_text(days, MADE)) if line.startswith("UID:")}
    assert len(names) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200))
def test_no_line_is_longer_than_75_octets_and_none_is_lost(title: str) -> None:
    text = calendar_text([CalendarDay(date(2026, 12, 1), title)], MADE)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    summary = next(line for line in unfolded(text) if line.startswith("SUMMARY:"))
    assert summary[8:].replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\") == title


def test_only_days_ahead_are_given_and_titles_say_nothing_of_visas() -> None:
    answers = SponsorTimelineAnswers(
        days={Event.SUSPENDED: date(2026, 11, 2), Event.LETTER: date(2026, 11, 10)}, letter_end=date(2027, 1, 9)
    )
    days = sponsor_days(check_sponsor_timeline(answers, date(2026, 11, 21)), TITLES)
    assert [each.day for each in days] == [date(2026, 11, 30), date(2027, 1, 9)]
    text = calendar_text(days, MADE).lower()
    assert not any(word in text for word in ("visa", "sponsor", "home office", "licence", "employer", "care"))


def test_a_day_that_has_passed_is_not_given() -> None:
    answers = SponsorTimelineAnswers(days={Event.SUSPENDED: date(2026, 9, 1)})
    assert sponsor_days(check_sponsor_timeline(answers, date(2026, 11, 21)), TITLES) == ()
