"""The visa's own pay test, worked by hand.

Floors by the day the certificate was assigned: 20,480 and 10.10 (39 hours), 20,960 and 10.75 from 12 April 2023, 23,200
and 11.90 from 4 April 2024, 25,000 and 12.82 from 9 April 2025 (fact sheet on sponsorship, section 2a). Stretches from
8 April 2026: 25 per cent in three months, 12/52 in twelve weeks, 17/52 in seventeen (Immigration Rules, SW 14.3B).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import clock
from knowledge.check_text import finding_text
from knowledge.rules.outcome import AnswersRefused
from knowledge.rules.pay import VOCABULARY
from knowledge.rules.pay_visa import VisaAnswers, check_visa_pay, visa_refusals, yearly
from knowledge.rules.pay_visa_keys import PaidHow

TODAY = date(2026, 11, 21)
ABOVE, BELOW = "visa_at_or_above", "visa_below"


@pytest.fixture(autouse=True, scope="module")
def _today():
    with clock.at(TODAY):
        yield


def paid(assigned: str | None, hourly: str, weekly: str, **more) -> VisaAnswers:
    day = date.fromisoformat(assigned) if assigned else None
    return VisaAnswers(assigned=day, hourly=D(hourly), weekly_hours=D(weekly), **more)


def stretch(pay: str, hours: str | None = "487.5", back: str = "0", how: PaidHow = PaidHow.MONTHLY) -> VisaAnswers:
    """A certificate of May 2026 at 12.83 for 37.5 hours: 12.83 x 37.5 x 52 = 25,018.50."""
    return paid("2026-05-01", "12.83", "37.5", paid=how, stretch_pay=D(pay),
                stretch_hours=D(hours) if hours else None, paid_back=D(back))  # fmt: skip


CASES = {
    # Both sides of each change of the floor
    "before the figures": (paid("2022-03-31", "12", "39"), "visa_cannot_tell_old"),
    "10.10 x 39 x 52 = 20,482.80": (paid("2023-04-11", "10.10", "39"), ABOVE),
    "a day later it needs 10.75": (paid("2023-04-12", "10.10", "39"), BELOW),
    "10.75 x 37.5 x 52 = 20,962.50": (paid("2024-04-03", "10.75", "37.5"), ABOVE),
    "a day later it needs 11.90": (paid("2024-04-04", "11.89", "39"), BELOW),
    "11.90 x 37.5 x 52 = 23,205": (paid("2025-04-08", "11.90", "37.5"), ABOVE),
    "a day later it needs 12.82": (paid("2025-04-09", "12.81", "40"), BELOW),
    "12.82 x 39 x 52 = 25,998.96": (paid("2025-04-09", "12.82", "39"), ABOVE),
    "12.82 x 37.5 x 52 = 24,999, a pound under by rounding": (
        paid("2025-04-09", "12.82", "37.5"), "visa_cannot_tell_rounding"),
    # The year's floor is not cut for part time; only the first 48 hours count
    "30 hours need 16.03: 25,006.80": (paid("2025-06-01", "16.03", "30"), ABOVE),
    "16.02 x 30 x 52 = 24,991.20": (paid("2025-06-01", "16.02", "30"), BELOW),
    "60 hours count as 48": (paid("2025-06-01", "12.82", "60"), ABOVE),
    "25,000 for 40 hours is 12.02 an hour": (yearly(paid("2025-06-01", "1", "40"), D(25000)), BELOW),
    "25,000 for 37.5 hours": (yearly(paid("2025-06-01", "1", "37.5"), D(25000)), ABOVE),
    "the certificate says 26,000": (
        paid("2025-06-01", "12.83", "37.5", salary=D(26000)), "visa_below_certificate"),
    # Money paid back to the sponsor, counted from 9 April 2025
    "500 paid back: 25,018.50 - 500": (paid("2025-06-01", "12.83", "37.5", paid_back=D(500)), BELOW),
    "not clear for an older certificate: 23,205 - 500": (
        paid("2025-04-08", "11.90", "37.5", paid_back=D(500)), "visa_cannot_tell_paid_back"),
    # The stretches, for certificates from 8 April 2026
    "three months: 6,250": (stretch("6250", "487"), ABOVE),
    "a penny less": (stretch("6249.99", "487"), BELOW),
    "twelve weeks: 25,000 x 12/52 = 5,769.23": (stretch("5769.23", "450", how=PaidHow.MORE_OFTEN), ABOVE),
    "5,769.20 in twelve": (stretch("5769.20", "450", how=PaidHow.MORE_OFTEN), BELOW),
    "seventeen weeks: 25,000 x 17/52 = 8,173.08": (stretch("8173.08", "637", how=PaidHow.UNEVEN), ABOVE),
    "8,173.06 in seventeen": (stretch("8173.06", "637", how=PaidHow.UNEVEN), BELOW),
    "100 paid back in three months": (stretch("6300", "487", back="100"), BELOW),
    "500 hours for 6,300 are 12.60 each": (stretch("6300", "500"), BELOW),
    "without the hours of the stretch": (stretch("6300", None), "visa_cannot_tell_stretch"),
    "a certificate of 7 April 2026 keeps the yearly test": (paid("2026-04-07", "12.83", "37.5"), ABOVE),
    "one of 8 April 2026 does not": (paid("2026-04-08", "12.83", "37.5"), "visa_cannot_tell_stretch"),
    "no date": (paid(None, "12.83", "37.5"), "visa_cannot_tell_date"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_case_worked_by_hand(name):
    answers, outcome = CASES[name]
    found = check_visa_pay(answers)
    assert found.outcome.value == outcome
    assert VOCABULARY.outcomes[outcome] <= set(found.values)
    assert "{" not in "".join(finding_text("pay", found).lines())


def test_the_minimum_wage_is_named_where_it_is_higher_than_an_old_floor():
    old = check_visa_pay(paid("2024-01-01", "12.71", "37.5"))
    assert "visa_minimum_wage_too" in {note.key for note in old.notes}
    new = check_visa_pay(paid("2025-06-01", "12.83", "37.5"))
    assert "visa_minimum_wage_too" not in {note.key for note in new.notes}


def test_only_the_first_48_hours_count_for_the_year():
    """12.82 x 48 x 52 = 31,998.72."""
    found = check_visa_pay(paid("2025-06-01", "12.82", "60"))
    assert found.values["year_pay"].number == D("31998.72")
    assert "visa_hours_capped" in {note.key for note in found.notes}


def test_what_is_missing_in_a_stretch_is_shown():
    lines = {line.label: line.result.number for line in check_visa_pay(stretch("6000", "487.5")).sums}
    assert lines["visa_months_needed"] == D(6250)
    assert lines["visa_stretch_missing"] == D(250)
    assert lines["visa_stretch_hour"] == D("12.30")


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        (paid("2027-01-01", "12", "37.5"), "visa_assigned"),
        (paid("2025-06-01", "0", "37.5"), "visa_hourly"),
        (paid("2025-06-01", "12", "400"), "visa_weekly_hours"),
        (paid("2025-06-01", "12", "37.5", salary=D(12)), "visa_salary"),
        (paid("2025-06-01", "12", "37.5", paid_back=D(-1)), "visa_paid_back"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused(answers, question):
    refused = visa_refusals(answers, TODAY)
    assert [each.question for each in refused] == [question]
    assert refused[0].reason in VOCABULARY.questions[question]
    with pytest.raises(AnswersRefused):
        check_visa_pay(answers)


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2022, 4, 1), date(2026, 4, 7)), st.decimals(5, 30, places=2), st.decimals(10, 60, places=1),
    st.decimals(0, 5, places=2),
)  # fmt: skip
def test_more_pay_never_fails_a_test_that_less_pay_met(assigned, hourly, weekly, more):
    low = VisaAnswers(assigned=assigned, hourly=hourly, weekly_hours=weekly)
    if check_visa_pay(low).outcome.value == ABOVE:
        assert check_visa_pay(replace(low, hourly=hourly + more)).outcome.value == ABOVE
