"""Sick pay, worked by hand. Sources: GOV.UK on Statutory Sick Pay and its rates; business.gov.uk and Thompsons on the
change of 6 April 2026. Rates: 116.75 (2024-25), 118.75 (2025-26), 123.25 (2026-27); earnings limit 123, then 125."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_UP
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.rules.sick_pay import (
    VOCABULARY,
    AnswersRefused,
    SickPayAnswers,
    SickPayOutcome,
    Spell,
    Work,
    check_sick_pay,
    refusals,
)
from knowledge.rules.sick_pay_days import week_part

TODAY = date(2026, 11, 21)
MON_FRI = frozenset(range(5))
Told = SickPayAnswers


def told(first: str, last: str | None, pay: str | None = "480", days: frozenset[int] | None = MON_FRI, **more) -> Told:
    return Told(
        work=more.pop("work", Work.EMPLOYEE), first=date.fromisoformat(first),
        last=date.fromisoformat(last) if last else None, weekdays=days,
        average_pay=None if pay is None else D(pay), **more,
    )  # fmt: skip


def spell(first: str, last: str) -> Spell:
    return Spell(date.fromisoformat(first), date.fromisoformat(last))


def outcome(answers: Told) -> str:
    return check_sick_pay(answers, TODAY).outcome.value


def total(answers: Told) -> D:
    return check_sick_pay(answers, TODAY).values["total"].number


def notes(answers: Told) -> set[str]:
    return {each.key for each in check_sick_pay(answers, TODAY).notes}


@pytest.mark.parametrize(
    ("answers", "pounds"),
    [
        # The new rule: 123.25 / 5 = 24.65 a day, from the first day.
        (told("2026-06-01", "2026-06-05"), "123.25"),
        (told("2026-06-02", "2026-06-02"), "24.65"),
        (told("2026-04-06", "2026-04-10"), "123.25"),
        # 80% of 100 is 80 a week; a day of three is 26.666..., rounded up.
        (told("2026-06-01", "2026-06-05", "100", frozenset({0, 2, 4})), "80.00"),
        (told("2026-06-01", "2026-06-01", "100", frozenset({0, 2, 4})), "26.67"),
        # 123.25 / 7 = 17.607..., and two weeks of whole pay.
        (told("2026-06-07", "2026-06-07", "480", frozenset(range(7))), "17.61"),
        (told("2026-06-07", "2026-06-20", "480", frozenset(range(7))), "246.50"),
        # Weeks split over two rounding weeks: 3 days 73.95 and 2 days 49.30.
        (told("2026-06-03", "2026-06-09"), "123.25"),
        # The old rule: three unpaid working days, then 118.75 / 5 = 23.75 a day.
        (told("2026-03-02", "2026-03-13"), "166.25"),  # 10 - 3 = 7 days
        (told("2026-03-02", "2026-03-05"), "23.75"),  # 4 - 3 = 1 day
        (told("2026-03-30", "2026-04-05"), "47.50"),  # the last day of the old rule: 5 - 3 = 2 days
        (told("2026-03-02", "2026-03-13", "125"), "166.25"),  # at the limit, and no 80% then
        # 2024-25: 116.75 / 5 = 23.35; 2 days 46.70 and a week 116.75. The limit was 123.
        (told("2025-02-03", "2025-02-14", "124"), "163.45"),
        # Over 6 April 2025: 7 days at 23.35 (46.70 + 116.75) and two weeks at 118.75.
        (told("2025-03-24", "2025-04-18"), "400.95"),
        # Linked in the old rule: the waiting days were served in the first spell.
        (told("2026-03-02", "2026-03-06", earlier=(spell("2026-02-02", "2026-02-06"),)), "118.75"),
    ],
)
def test_the_sum_is_the_one_worked_by_hand(answers: Told, pounds: str) -> None:
    assert (outcome(answers), total(answers)) == ("due", D(pounds))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (told("2026-03-02", "2026-03-04"), "too_short"),  # three days, before the change
        (told("2026-06-01", "2026-06-03"), "due"),  # three days, after it
        (told("2026-03-06", "2026-03-09"), "waiting_days_only"),  # four days in a row, two of them working days
        (told("2026-03-02", "2026-03-13", "124.99"), "earnings_too_low"),
        (told("2026-06-01", "2026-06-12", "60"), "due"),  # low pay, after the change
        (told("2026-03-30", "2026-04-06"), "rule_changed"),
        (told("2026-04-05", "2026-04-06"), "rule_changed"),
        # One spell with an earlier one from before the change, thirty days apart.
        (told("2026-04-20", "2026-04-24", earlier=(spell("2026-03-09", "2026-03-20"),)), "rule_changed"),
        # Two days in March did not count then, so they link nothing.
        (told("2026-04-20", "2026-04-24", earlier=(spell("2026-03-09", "2026-03-10"),)), "due"),
        (told("2026-06-06", "2026-06-07"), "no_usual_day"),
        (told("2026-06-01", "2026-06-05", None), "due_pay_not_known"),
        (told("2026-03-02", "2026-03-13", None), "cannot_tell"),
        (told("2026-03-02", "2026-03-13", days=None), "cannot_tell"),
        (told("2026-06-01", "2026-06-05", days=None), "due_rate_only"),
        (told("2026-06-01", "2026-06-05", work=Work.NOT_STARTED), "not_started"),
        (told("2026-06-01", "2026-06-05", work=Work.SELF_EMPLOYED), "cannot_tell"),
        (told("2026-06-01", "2026-06-05", work=Work.AGENCY_BETWEEN_JOBS), "cannot_tell"),
        (told("2026-06-01", "2026-06-05", work=Work.ZERO_HOURS), "due"),
        (told("2026-06-01", "2026-06-05", maternity=True), "cannot_tell"),
        (Told(), "cannot_tell"),
        # All 28 weeks went into the spell before, a fortnight ago.
        (told("2026-11-16", "2026-11-20", earlier=(spell("2026-04-13", "2026-11-01"),)), "all_used_up"),
    ],
)
def test_the_outcome_is_the_one_worked_by_hand(answers: Told, expected: str) -> None:
    assert outcome(answers) == expected


def test_sick_pay_ends_after_28_weeks() -> None:
    found = check_sick_pay(told("2026-04-13", "2026-10-30"), TODAY)
    assert found.outcome is SickPayOutcome.DUE_UNTIL_USED_UP
    assert found.values["total"].number == D("3451.00")  # 28 x 123.25
    assert found.values["last"].value == date(2026, 10, 23)
    assert found.values["weeks_left"].number == 0


@pytest.mark.parametrize(("pay", "label"), [("154.06", "weekly_share"), ("154.07", "weekly_flat")])
def test_the_share_of_pay_counts_just_below_its_limit(pay: str, label: str) -> None:
    # 80% of 154.06 is 123.248, under 123.25; of 154.07 it is 123.256.
    assert label in {line.label for line in check_sick_pay(told("2026-06-01", "2026-06-05", pay), TODAY).sums}


@pytest.mark.parametrize(("first", "last", "weeks"), [("07-28", "07-29", "1.4"), ("07-29", "07-31", "0.6")])
def test_spells_56_days_apart_are_linked_and_57_are_not(first: str, last: str, weeks: str) -> None:
    # Working days from Tuesday 26 May to Monday 1 June are five; the new spells have two, and three.
    answers = told(f"2026-{first}", f"2026-{last}", earlier=(spell("2026-05-26", "2026-06-01"),))
    assert check_sick_pay(answers, TODAY).values["weeks_used"].number == D(weeks)


def test_weeks_used_up_are_those_of_all_linked_spells() -> None:
    found = check_sick_pay(told("2026-08-03", "2026-08-07", earlier=(spell("2026-06-01", "2026-07-10"),)), TODAY)
    assert (found.values["weeks_used"].number, found.values["weeks_left"].number) == (7, 21)  # six weeks and one


@pytest.mark.parametrize(("last", "note"), [("2026-06-07", "no_fit_note_needed"), ("2026-06-08", "fit_note_needed")])
def test_a_fit_note_is_needed_after_seven_days_in_a_row(last: str, note: str) -> None:
    assert note in notes(told("2026-06-01", last))


def test_the_day_from_which_a_fit_note_is_needed_is_the_eighth() -> None:
    found = check_sick_pay(told("2026-06-01", "2026-06-20"), TODAY)
    assert [each.values["from"].value for each in found.notes if each.key == "fit_note_needed"] == [date(2026, 6, 8)]


def test_without_fixed_days_the_sum_is_by_shift() -> None:
    answers = told("2026-06-01", "2026-06-05", "400", None, days_a_week=4, days_missed=3)
    sums = {line.label: line.result.number for line in check_sick_pay(answers, TODAY).sums}
    assert sums == {"weekly_flat": D("123.25"), "for_a_day": D("30.82"), "for_days": D("92.44")}


def test_across_the_change_both_rates_are_shown_and_no_total() -> None:
    found = check_sick_pay(told("2026-03-30", "2026-04-10"), TODAY)
    assert [line.result.number for line in found.sums] == [D("118.75"), D("123.25")]
    assert "total" not in found.values


def test_a_spell_that_goes_on_runs_to_today() -> None:
    found = check_sick_pay(told("2026-11-16", None), TODAY)
    assert found.values["total"].number == D("123.25")
    assert "still_sick" in {each.key for each in found.notes}


@pytest.mark.parametrize(
    ("answers", "question", "reason"),
    [
        (told("2026-11-22", None), "first", "in_future"),
        (told("2019-01-01", "2019-01-09"), "first", "too_long_ago"),
        (told("2026-06-05", "2026-06-01"), "last", "before_first"),
        (told("2026-06-05", "2036-06-01"), "last", "too_far_ahead"),
        (told("2026-06-01", "2026-06-05", days=frozenset()), "weekdays", "not_weekdays"),
        (told("2026-06-01", "2026-06-05", days_a_week=8), "days_a_week", "not_in_a_week"),
        (told("2026-06-01", "2026-06-05", days_missed=6), "days_missed", "not_in_spell"),
        (told("2026-06-01", "2026-06-05", "-1"), "average_pay", "below_nothing"),
        (told("2026-06-01", "2026-06-05", "25000"), "average_pay", "not_for_a_week"),
        (told("2026-06-01", "2026-06-05", earlier=(spell("2026-05-30", "2026-06-02"),)), "earlier", "not_before_this"),
        (told("2026-06-01", "2026-06-05", earlier=(spell("2026-05-20", "2026-05-02"),)), "earlier", "before_first"),
    ],
)
def test_what_cannot_be_right_is_asked_again(answers: Told, question: str, reason: str) -> None:
    assert [(each.question, each.reason) for each in refusals(answers, TODAY)] == [(question, reason)]
    assert reason in VOCABULARY.questions[question]
    with pytest.raises(AnswersRefused):
        check_sick_pay(answers, TODAY)


days = st.dates(date(2022, 6, 1), date(2026, 11, 20))
anything = st.builds(
    lambda first, length, weekdays, pay, work: Told(
        work=work, first=first, last=min(first + timedelta(days=length), TODAY), weekdays=weekdays, average_pay=pay
    ),
    days, st.integers(0, 300), st.frozensets(st.integers(0, 6), min_size=1),
    st.none() | st.decimals(0, 900, places=2), st.none() | st.sampled_from(Work),
)  # fmt: skip


def paid(answers: Told) -> D:
    found = check_sick_pay(answers, TODAY).values.get("total")
    return D(0) if found is None else found.number


@settings(max_examples=80, deadline=None)
@given(anything, st.integers(0, 60))
def test_longer_sickness_never_pays_less_under_one_rule(answers: Told, more: int) -> None:
    longer = replace(answers, last=min(answers.last + timedelta(days=more), TODAY))
    if outcome(longer) != "rule_changed":
        assert paid(longer) >= paid(answers)


@settings(max_examples=80, deadline=None)
@given(anything, st.decimals(0, 300, places=2))
def test_higher_pay_never_gives_less_sick_pay(answers: Told, more: D) -> None:
    if answers.average_pay is not None:
        assert paid(replace(answers, average_pay=answers.average_pay + more)) >= paid(answers)


@settings(max_examples=80, deadline=None)
@given(anything)
def test_paid_days_lie_in_the_spell_and_within_28_weeks(answers: Told) -> None:
    found = check_sick_pay(answers, TODAY).values
    if "first" in found:
        assert answers.first <= found["first"].value <= found["last"].value <= answers.last
        assert 0 <= found["weeks_left"].number <= 28


@settings(max_examples=80, deadline=None)
@given(anything)
def test_every_key_given_is_in_the_vocabulary(answers: Told) -> None:
    found = check_sick_pay(answers, TODAY)
    assert set(found.values) >= VOCABULARY.outcomes[found.outcome.value]
    assert all(set(each.values) >= VOCABULARY.notes[each.key] for each in found.notes)
    assert all(set(each.parts) >= VOCABULARY.sums[each.label] for each in found.sums)


def test_every_outcome_is_in_the_vocabulary() -> None:
    assert {each.value for each in SickPayOutcome} == set(VOCABULARY.outcomes)


@settings(max_examples=100, deadline=None)
@given(st.decimals("1", "130", places=2), st.integers(1, 7), st.data())
def test_a_week_is_rounded_as_hmrc_rounds_it(weekly: D, usual: int, data: st.DataObject) -> None:
    # HMRC's tables: the daily rate cut to four places, times the days, rounded up to a penny.
    number = data.draw(st.integers(1, usual))
    daily = (weekly / usual).quantize(D("0.0001"), ROUND_DOWN)
    assert abs(week_part(weekly, number, usual) - (daily * number).quantize(D("0.01"), ROUND_UP)) <= D("0.01")


@pytest.mark.parametrize("usual", range(1, 8))
@pytest.mark.parametrize("weekly", ["116.75", "118.75", "123.25"])
def test_the_rates_of_each_year_come_to_the_pennies_of_hmrc(weekly: str, usual: int) -> None:
    daily = (D(weekly) / usual).quantize(D("0.0001"), ROUND_DOWN)
    for number in range(1, usual + 1):
        assert week_part(D(weekly), number, usual) == (daily * number).quantize(D("0.01"), ROUND_UP)
