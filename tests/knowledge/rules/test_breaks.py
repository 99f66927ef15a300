"""Breaks, rest and hours, worked by hand. Sources: Working Time Regulations 1998; Acas and GOV.UK on rest breaks,
the weekly limit and night work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.rules.breaks import VOCABULARY, BreaksAnswers, BreaksOutcome, Setting, check_breaks, refusals

TODAY = date(2026, 11, 21)
CARE_HOME, OTHER = Setting.CARE_HOME, Setting.OTHER


def notes(answers: BreaksAnswers) -> set[str]:
    return {each.key for each in check_breaks(answers, TODAY).notes}


def sums(answers: BreaksAnswers) -> dict[str, D]:
    return {line.label: line.result.number for line in check_breaks(answers, TODAY).sums}


@pytest.mark.parametrize(
    ("answers", "outcome", "note"),
    [
        # The break: 20 minutes where the day is over six hours, not at six hours exactly (Acas, rest breaks).
        (BreaksAnswers(30, OTHER, D(8), D(20)), "kept", "break_kept"),
        (BreaksAnswers(30, OTHER, D(8), D(19)), "missed", "break_missed"),
        (BreaksAnswers(30, OTHER, shift_hours=D(6)), "kept", "break_not_due"),
        (BreaksAnswers(30, OTHER, D("6.25"), D(0)), "missed", "break_missed"),
        # 6 h 10 min with a break of 10 min is 6 h of work: nobody can be sure that a break was due.
        (BreaksAnswers(30, OTHER, shift_hours=D(37) / 6, break_minutes=D(10)), "not_sure", "break_unsure"),
        # A shift of 12 hours gives one break by law, not two (Acas).
        (BreaksAnswers(30, OTHER, D(12), D(20)), "kept", "break_kept"),
        # A break on call, or at the end of the shift, is no break (regulation 12; Acas).
        (
            BreaksAnswers(30, OTHER, D(8), D(30), break_is_free=False),
            "missed",
            "break_missed",
        ),
        (BreaksAnswers(30, OTHER, D(8), D(30), break_at_edge=True), "missed", "break_missed"),
        # Care may move a break, but the same rest is due (regulations 21 and 24).
        (BreaksAnswers(30, CARE_HOME, D(8), D(0)), "missed_unless_made_up", "break_unless"),
        (BreaksAnswers(30, CARE_HOME, D(8), D(0), rest_made_up=True), "moved", "break_moved"),
        (BreaksAnswers(30, CARE_HOME, D(8), D(0), rest_made_up=False), "missed", "break_missed"),
        (BreaksAnswers(30, shift_hours=D(8), break_minutes=D(0)), "missed_unless_made_up", "break_unless"),
        (BreaksAnswers(30, Setting.OTHER, D(8), D(0), rest_made_up=True), "missed", "break_missed"),
        # Under eighteen: 30 minutes over four and a half hours; 12 hours; two days a week; 8 hours a day.
        (BreaksAnswers(17, shift_hours=D(5), break_minutes=D(29)), "missed", "break_missed"),
        (BreaksAnswers(17, shift_hours=D(5), break_minutes=D(30)), "kept", "break_kept"),
        (BreaksAnswers(17, shift_hours=D("4.5")), "kept", "break_not_due"),
        (BreaksAnswers(18, shift_hours=D(5), break_minutes=D(0)), "kept", "break_not_due"),
        (BreaksAnswers(17, CARE_HOME, rest_hours=D(11), rest_made_up=True), "missed", "daily_rest_missed"),
        (BreaksAnswers(17, days_off=3), "missed", "days_off_missed"),
        (BreaksAnswers(17, days_off=4), "kept", "days_off_kept"),
        (BreaksAnswers(17, shift_hours=D(9), break_minutes=D(30)), "missed", "long_day_missed"),
        (BreaksAnswers(17, shift_hours=D("8.5"), break_minutes=D(30)), "not_sure", "long_day_unsure"),
        (BreaksAnswers(17, night_hours=D(4)), "not_sure", "night_young"),
        # Rest between shifts: a late to 22:00 and an early at 07:00 are nine hours apart, eleven are due.
        (BreaksAnswers(30, OTHER, rest_hours=D(9)), "missed", "daily_rest_missed"),
        (BreaksAnswers(30, OTHER, rest_hours=D(11)), "kept", "daily_rest_kept"),
        (BreaksAnswers(30, Setting.HOME_CARE, rest_hours=D(9)), "missed_unless_made_up", "daily_rest_unless"),
        # Days off: 24 hours in 7 days, or 48 in 14: two days in two weeks either way.
        (BreaksAnswers(30, OTHER, days_off=1), "missed", "days_off_missed"),
        (BreaksAnswers(30, OTHER, days_off=2), "kept", "days_off_kept"),
        (BreaksAnswers(30, CARE_HOME, days_off=0), "missed_unless_made_up", "days_off_unless"),
        # The average week.
        (BreaksAnswers(30, week_hours=D(48)), "kept", "week_kept"),
        (BreaksAnswers(30, week_hours=D("48.5"), opted_out=False), "missed", "week_missed"),
        (BreaksAnswers(30, week_hours=D(60), opted_out=True), "kept", "week_opted_out"),
        (BreaksAnswers(30, week_hours=D(60)), "not_sure", "week_unless_opted_out"),
        (BreaksAnswers(30, week_hours=D(40), other_job_hours=D(20), opted_out=False), "missed", "week_missed"),
        (BreaksAnswers(17, week_hours=D(41), opted_out=True), "missed", "week_missed_young"),
        (BreaksAnswers(30, Setting.LIVE_IN_FAMILY, week_hours=D(60), opted_out=False), "not_sure", "week_family"),
        # Nights: 17 weeks of four 12-hour shifts are 816 hours over 102 days: 8 a day, just kept (GOV.UK).
        (BreaksAnswers(30, night_hours=D(7), nights_regular=True, week_hours=D(48)), "kept", "night_kept"),
        (
            BreaksAnswers(30, night_hours=D(7), nights_regular=True, week_hours=D(60), opted_out=True),
            "missed",
            "night_missed",
        ),
        (BreaksAnswers(30, night_hours=D("2.5"), nights_regular=True), "kept", "night_not_due"),
        (BreaksAnswers(30, night_hours=D(3), nights_regular=True), "not_sure", "night_unsure"),
        (BreaksAnswers(30, night_hours=D(7), nights_regular=False), "kept", "night_not_due"),
        (BreaksAnswers(), "cannot_tell", "nothing_told"),
        (BreaksAnswers(15, shift_hours=D(8), break_minutes=D(0)), "cannot_tell", "school_age"),
    ],
)
def test_each_rule_stands_as_worked_by_hand(answers: BreaksAnswers, outcome: str, note: str) -> None:
    found = check_breaks(answers, TODAY)
    assert (found.outcome.value, note in notes(answers)) == (outcome, True)


def test_the_night_average_is_the_week_over_six_days() -> None:
    answers = BreaksAnswers(30, night_hours=D(7), nights_regular=True, week_hours=D(60))
    assert sums(answers)["night_average"] == 10  # 60 / (7 - 1)


def test_hours_of_all_jobs_are_added_and_shown() -> None:
    answers = BreaksAnswers(30, week_hours=D("37.5"), other_job_hours=D(20))
    assert sums(answers) == {"jobs_added": D("57.5"), "week_total": D("57.5")}


def test_the_gravest_rule_comes_first_and_each_is_told() -> None:
    found = check_breaks(BreaksAnswers(30, OTHER, D(8), D(30), rest_hours=D(9), days_off=1), TODAY)
    assert [each.key for each in found.notes] == [
        "daily_rest_missed", "days_off_missed", "break_kept", "write_it_down",
    ]  # fmt: skip
    assert found.values["missed"].number == 2


def test_every_sum_shows_the_figures_it_used_with_their_day() -> None:
    found = check_breaks(BreaksAnswers(30, OTHER, D(8), D(0)), TODAY)
    assert [figure.id for figure in found.figures] == [
        "working_time.rest_break_after_hours", "working_time.rest_break_minutes",
    ]  # fmt: skip
    assert all(figure.start <= TODAY for figure in found.figures)


@pytest.mark.parametrize(
    ("answers", "question", "reason"),
    [
        (BreaksAnswers(age=0), "age", "not_an_age"),
        (BreaksAnswers(age=190), "age", "not_an_age"),
        (BreaksAnswers(shift_hours=D(-1)), "shift", "not_in_a_day"),
        (BreaksAnswers(shift_hours=D(400)), "shift", "not_in_a_day"),
        (BreaksAnswers(break_minutes=D(-5)), "break", "below_nothing"),
        (BreaksAnswers(shift_hours=D(1), break_minutes=D(90)), "break", "longer_than_shift"),
        (BreaksAnswers(rest_hours=D(-2)), "rest", "not_a_rest"),
        (BreaksAnswers(days_off=15), "days_off", "not_in_two_weeks"),
        (BreaksAnswers(night_hours=D(25)), "night", "not_in_a_night"),
        (BreaksAnswers(week_hours=D(400)), "week", "not_in_a_week"),
        (BreaksAnswers(week_hours=D(100), other_job_hours=D(100)), "other_jobs", "not_in_a_week"),
    ],
)
def test_what_cannot_be_right_is_asked_again(answers: BreaksAnswers, question: str, reason: str) -> None:
    refused = refusals(answers)
    assert [(each.question, each.reason) for each in refused] == [(question, reason)]
    assert reason in VOCABULARY.questions[question]


def test_likely_answers_are_not_refused() -> None:
    assert refusals(BreaksAnswers(35, CARE_HOME, D("12.5"), D(30), True, False, D("11.5"), 4, D(7), True, D(50))) == ()


hours = st.decimals(0, 24, places=2)
anything = st.builds(
    BreaksAnswers,
    age=st.none() | st.integers(16, 70),
    setting=st.none() | st.sampled_from(Setting),
    shift_hours=st.none() | st.decimals("1.5", 24, places=2),
    break_minutes=st.none() | st.decimals(0, 60, places=0),
    break_is_free=st.none() | st.booleans(),
    break_at_edge=st.none() | st.booleans(),
    rest_hours=st.none() | hours,
    days_off=st.none() | st.integers(0, 14),
    night_hours=st.none() | hours,
    nights_regular=st.none() | st.booleans(),
    week_hours=st.none() | st.decimals(0, 100, places=1),
    other_job_hours=st.none() | st.decimals(0, 40, places=1),
    opted_out=st.none() | st.booleans(),
    rest_made_up=st.none() | st.booleans(),
)


def broken(answers: BreaksAnswers) -> int:
    return sum(key.endswith(("_missed", "_unless")) for key in notes(answers))


@settings(max_examples=80, deadline=None)
@given(anything, st.decimals(0, 30, places=0), st.decimals(0, 12, places=1), st.integers(0, 5))
def test_more_rest_never_breaks_more_rules(answers: BreaksAnswers, minutes: D, rest: D, days: int) -> None:
    more = replace(
        answers,
        break_minutes=answers.break_minutes if answers.break_minutes is None else answers.break_minutes + minutes,
        rest_hours=answers.rest_hours if answers.rest_hours is None else answers.rest_hours + rest,
        days_off=answers.days_off if answers.days_off is None else min(14, answers.days_off + days),
    )
    assert broken(more) <= broken(answers)


@settings(max_examples=80, deadline=None)
@given(anything, st.decimals(0, 20, places=1))
def test_more_work_never_mends_a_rule(answers: BreaksAnswers, extra: D) -> None:
    if answers.week_hours is not None:
        longer = replace(answers, week_hours=answers.week_hours + extra)
        assert notes(answers) & {"week_missed", "night_missed"} <= notes(longer)


@settings(max_examples=80, deadline=None)
@given(anything)
def test_every_key_given_is_in_the_vocabulary(answers: BreaksAnswers) -> None:
    found = check_breaks(answers, TODAY)
    assert set(found.values) >= VOCABULARY.outcomes[found.outcome.value]
    assert all(set(each.values) >= VOCABULARY.notes[each.key] for each in found.notes)
    assert all(set(each.parts) >= VOCABULARY.sums[each.label] for each in found.sums)


@given(st.sampled_from(BreaksOutcome))
def test_every_outcome_has_words_to_be_told_in(outcome: BreaksOutcome) -> None:
    assert outcome.value in VOCABULARY.outcomes
