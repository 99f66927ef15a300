"""Holiday, worked by hand. The sums stand beside each case.

Sources: Working Time Regulations 1998 regs 13-16; GOV.UK, Calculate holiday entitlement (5.6 weeks, at most 28 days,
parts of a year by days of 365 or 366, shown rounded up to a tenth); for changing hours 12.07 per cent, from 30 minutes
rounded to the next hour (reg 15B; Fourth's worked example of 12 hours).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import clock
from knowledge.check_text import finding_text
from knowledge.rules.leave import VOCABULARY, AnswersRefused, LeaveOutcome, check_leave
from knowledge.rules.leave_answers import LeaveAnswers, Pattern, refusals
from knowledge.rules.outcome import Finding

TODAY = date(2026, 11, 21)
YEAR = date(2026, 1, 1)


@pytest.fixture(autouse=True, scope="module")
def _today():
    with clock.at(TODAY):
        yield


def days(a_week: str, **more) -> LeaveAnswers:
    return LeaveAnswers(**{"year_start": YEAR, **more}, days_a_week=D(a_week))


def compressed(hours: str, on: str, **more) -> LeaveAnswers:
    return LeaveAnswers(YEAR, Pattern.HOURS, days_a_week=D(on), hours_a_week=D(hours), **more)


def changing(*hours: str, start: date = YEAR, **more) -> LeaveAnswers:
    return LeaveAnswers(start, Pattern.IRREGULAR, period_hours=tuple(D(each) for each in hours), **more)


def due(finding: Finding) -> D:
    return finding.values["due"].number


CASES = {
    "5 days: 5 x 5.6 = 28": (days("5"), "left_to_take", "28"),
    "6 days: 33.6, at most 28": (days("6"), "left_to_take", "28"),
    "7 days: 39.2, at most 28": (days("7"), "left_to_take", "28"),
    "3 days: 16.8": (days("3"), "left_to_take", "16.8"),
    "2.5 days: 14": (days("2.5"), "left_to_take", "14"),
    "1 day: 5.6": (days("1"), "left_to_take", "5.6"),
    "4.5 days: 25.2": (days("4.5"), "left_to_take", "25.2"),
    "compressed, 37.5 hours on 4 days: 210 hours": (compressed("37.5", "4"), "left_to_take", "210"),
    "compressed, 36 hours on 3 days: 201.6 hours": (compressed("36", "3"), "left_to_take", "201.6"),
    "48 hours on 6 days: 268.8, at most 28 days of 8 = 224": (compressed("48", "6"), "left_to_take", "224"),
    "started on 1 July: 184/365 x 28 = 14.115": (days("5", started=date(2026, 7, 1)), "left_to_take", "14.2"),
    "six days from 1 July: the part is of 28, not of 33.6": (
        days("6", started=date(2026, 7, 1)), "left_to_take", "14.2"),
    "started before the year": (days("5", started=date(2020, 7, 1)), "left_to_take", "28"),
    "left on 31 March: 90/365 x 28 = 6.904": (days("5", left=date(2026, 3, 31)), "paid_out", "7.0"),
    "started 1 March, left 31 May: 92/365 x 16.8 = 4.234": (
        days("3", started=date(2026, 3, 1), left=date(2026, 5, 31)), "paid_out", "4.3"),
    "a leap year, left on 30 June 2024: 182/366 x 28 = 13.923": (
        days("5", year_start=date(2024, 1, 1), left=date(2024, 6, 30)), "paid_out", "14.0"),
    "left on the last day of the year: all of it": (days("5", left=date(2026, 12, 31)), "paid_out", "28"),
    "all taken": (days("5", taken=D(28)), "all_taken", "28"),
    "30 of 28 taken": (days("5", taken=D(30)), "taken_more", "28"),
    "part of a year taken whole by a leaver": (
        days("5", left=date(2026, 3, 31), taken=D(10)), "taken_more", "7.0"),
    # Changing hours: 12.07 per cent of each pay period, to the hour
    "12 hours: 1.4484, so 1": (changing("12"), "left_to_take", "1"),
    "100 hours: 12.07, so 12": (changing("100"), "left_to_take", "12"),
    "104 hours: 12.5528, so 13": (changing("104"), "left_to_take", "13"),
    "4.14 hours: 0.4997, so none": (changing("4.14"), "all_taken", "0"),
    "4.15 hours: 0.5009, so 1": (changing("4.15"), "left_to_take", "1"),
    "three months, 12 + 13 + 1": (changing("100", "104", "12"), "left_to_take", "26"),
    "20 of 25 taken": (changing("100", "104", taken=D(20)), "left_to_take", "25"),
    "no hours": (changing(), "cannot_tell_no_hours", None),
    # The rule for changing hours holds for leave years that begin on 1 April 2024 or later
    "a year from 1 April 2024": (changing("100", start=date(2024, 4, 1)), "left_to_take", "12"),
    "a year from 31 March 2024, 20 x 5.6 = 112": (
        changing("100", start=date(2024, 3, 31), average_week=D(20)), "rule_changed_in_year", "112"),
    "a year from 2 April 2023 ends on 1 April 2024": (
        changing(start=date(2023, 4, 2), average_week=D(20)), "rule_changed_in_year", "112"),
    "a year from 1 April 2023 ends a day before": (
        changing(start=date(2023, 4, 1), average_week=D(20)), "old_rule", "112"),
    "without an average week": (changing("100", start=date(2024, 3, 31)), "cannot_tell_old_rule", None),
    # Regular days have the same rule on both sides
    "five days in the year from 1 January 2024": (days("5", year_start=date(2024, 1, 1)), "left_to_take", "28"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_case_worked_by_hand(name):
    answers, outcome, expected = CASES[name]
    found = check_leave(answers)
    assert found.outcome.value == outcome
    if expected is not None:
        assert due(found) == D(expected)
    assert VOCABULARY.outcomes[outcome] <= set(found.values)
    assert all(VOCABULARY.sums[line.label] <= set(line.parts) for line in found.sums)
    assert all(VOCABULARY.notes[note.key] <= set(note.values) for note in found.notes)
    assert "{" not in "".join(finding_text("leave", found).lines())


def test_every_outcome_is_reached_by_a_case():
    assert {outcome for _, outcome, _ in CASES.values()} == {each.value for each in LeaveOutcome}


def test_a_rule_older_than_the_records_is_not_given_a_false_start():
    said = finding_text("leave", check_leave(CASES["3 days: 16.8"][0]))
    assert any("5.6 weeks, since 1 April 2022 or earlier" in each for each in said.figures)


def pay_line(answers: LeaveAnswers, label: str) -> D | None:
    found = [line.result.number for line in check_leave(answers).sums if line.label == label]
    return found[0] if found else None


def test_a_leaver_is_paid_for_the_exact_part_that_is_left():
    """90/365 x 28 = 6.904 days, less 2 is 4.904; 4.904 / 5 x 500 = 490.41."""
    left = days("5", left=date(2026, 3, 31), taken=D(2), week_pay=D(500))
    assert pay_line(left, "paid_for_untaken") == D("490.41")
    assert pay_line(replace(left, left=None), "paid_for_untaken") is None


def test_the_money_of_changing_hours_needs_a_week():
    """12 hours built up, a week of 20 hours at 254.20: 12 / 20 x 254.20 = 152.52."""
    left = changing("100", left=date(2026, 3, 31), week_pay=D("254.20"))
    assert pay_line(left, "paid_for_untaken") is None
    assert "pay_not_known" in {note.key for note in check_leave(left).notes}
    assert pay_line(replace(left, average_week=D(20)), "paid_for_untaken") == D("152.52")


@pytest.mark.parametrize(
    ("pays", "average"),
    [
        ([400] * 60, 400),  # only the latest 52 count
        ([500] * 26 + [300] * 26 + [100] * 20, 400),  # (13,000 + 7,800) / 52
        ([0, 500] * 52, 500),  # weeks without pay are left out, back to week 104
        ([0] * 60 + [300] * 60, 300),  # 44 paid weeks lie within 104
        ([450, 350], 400),  # a new job has only these
    ],
)
def test_a_week_of_holiday_is_the_average_of_paid_weeks(pays, average):
    answers = days("5", weekly_pays=tuple(D(each) for each in pays))
    assert pay_line(answers, "average_week_of_pay") == D(average)


def test_weeks_without_any_pay_give_no_average():
    assert pay_line(days("5", weekly_pays=(D(0), D(0))), "average_week_of_pay") is None


def test_a_year_that_is_over_and_a_first_year_are_told():
    over = check_leave(days("5", year_start=date(2025, 1, 1)))
    first = check_leave(days("5", started=date(2026, 7, 1)))
    assert "year_over" in {note.key for note in over.notes}
    assert "first_year" in {note.key for note in first.notes}


@pytest.mark.parametrize(
    ("answers", "question", "reason"),
    [
        (LeaveAnswers(), "year_start", "missing"),
        (days("5", year_start=date(2028, 1, 1)), "year_start", "future"),
        (LeaveAnswers(YEAR), "days_a_week", "missing"),
        (days("0"), "days_a_week", "not_above_zero"),
        (days("8"), "days_a_week", "too_high"),
        (compressed("200", "5"), "hours_a_week", "too_high"),
        (days("5", started=date(2027, 1, 1)), "started", "after_year"),
        (days("5", left=date(2025, 12, 31)), "left", "before_start"),
        (days("5", started=date(2026, 5, 1), left=date(2026, 4, 1)), "left", "before_start"),
        (days("5", taken=D(-1)), "taken", "below_zero"),
        (days("5", taken=D(400)), "taken", "too_high"),
        (changing("-3"), "period_hours", "below_zero"),
        (changing("900"), "period_hours", "too_high"),
        (days("5", week_pay=D(25000)), "week_pay", "too_high"),
        (days("5", weekly_pays=(D(-1),)), "weekly_pays", "below_zero"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused_with_its_reason(answers, question, reason):
    assert reason in {each.reason for each in refusals(answers, TODAY) if each.question == question}
    assert reason in VOCABULARY.questions[question]
    with pytest.raises(AnswersRefused):
        check_leave(answers)


few = settings(max_examples=80, deadline=None)
week = st.decimals(D("0.5"), 7, places=1)
day_of_year = st.integers(0, 364)


@few
@given(week, day_of_year, day_of_year)
def test_the_law_never_gives_more_than_28_days(a_week, first, last):
    started, left = (YEAR + timedelta(days=each) for each in sorted((first, last)))
    assert 0 < due(check_leave(LeaveAnswers(YEAR, days_a_week=a_week, started=started, left=left))) <= 28


@few
@given(week, week)
def test_more_days_a_week_never_give_less(one, other):
    less, more = sorted((one, other))
    shorter, longer = (check_leave(LeaveAnswers(YEAR, days_a_week=each)) for each in (less, more))
    assert due(shorter) <= due(longer)


@few
@given(week, day_of_year, day_of_year)
def test_a_longer_time_in_the_job_never_gives_less(a_week, one, other):
    sooner, later = (YEAR + timedelta(days=each) for each in sorted((one, other)))
    short = check_leave(LeaveAnswers(YEAR, days_a_week=a_week, left=sooner))
    assert due(short) <= due(check_leave(LeaveAnswers(YEAR, days_a_week=a_week, left=later)))


@few
@given(st.lists(st.decimals(0, 200, places=2), min_size=1, max_size=12), st.decimals(0, 200, places=2))
def test_more_hours_never_build_up_less_and_stay_near_the_share(hours, more):
    before = due(check_leave(LeaveAnswers(YEAR, Pattern.IRREGULAR, period_hours=tuple(hours))))
    after = due(check_leave(LeaveAnswers(YEAR, Pattern.IRREGULAR, period_hours=(*hours, more))))
    assert before <= after
    assert abs(before - sum(hours) * D("12.07") / 100) <= D("0.5") * len(hours)


@few
@given(week, st.decimals(0, 30, places=1), st.decimals(0, 30, places=1))
def test_what_is_taken_only_ever_lowers_what_is_left(a_week, taken, more):
    def left(of: D) -> D:
        found = check_leave(LeaveAnswers(YEAR, days_a_week=a_week, taken=of))
        return next(line.result.number for line in found.sums if line.label == "left")

    assert 0 <= left(taken + more) <= left(taken)
