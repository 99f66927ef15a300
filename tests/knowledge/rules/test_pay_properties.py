"""What must hold for any pay, hours and charges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import clock
from knowledge.check_text import finding_text
from knowledge.rules.outcome import Finding
from knowledge.rules.pay import VOCABULARY, check_pay
from knowledge.rules.pay_answers import PARTS_OF_PAY, Basis, Charge, Hours, Housing, PayAnswers, Taken, refusals
from knowledge.rules.pay_money import DOES_NOT_LOWER, LOWERS

TODAY = date(2026, 11, 21)
MORE_TIME = ("travel", "waiting", "training", "around_shift")
some_hours = st.decimals(0, 20, places=2)
some_pounds = st.decimals(0, 300, places=2)
WORSE = {"at_or_above": 0, "cannot_tell_depends": 1, "cannot_tell_age": 1, "below": 2}
few = settings(max_examples=60, deadline=None)


@pytest.fixture(autouse=True, scope="module")
def _today():
    with clock.at(TODAY):
        yield


@st.composite
def pay(draw: st.DrawFn, doubts: bool = False) -> PayAnswers:
    start = date(2022, 4, 1) + timedelta(days=draw(st.integers(0, 1600)))
    days = draw(st.integers(7, 28))
    kinds = sorted(Charge if doubts else LOWERS | DOES_NOT_LOWER)
    taken = draw(st.lists(st.builds(Taken, st.sampled_from(kinds), st.decimals(D("0.01"), 200, places=2)), max_size=3))
    awake = draw(st.one_of(st.none(), st.just(D(1))) if doubts else st.just(D(1)))
    return PayAnswers(
        start=start, end=start + timedelta(days=days - 1), basis=Basis.PERIOD,
        amount=draw(st.decimals(400, 2000, places=2)), age=draw(st.integers(17, 60)),
        hours=Hours(at_work=draw(st.decimals(1, 80, places=2)), sleep_in=D(9), awake=awake,
                    **{name: draw(some_hours) for name in MORE_TIME}),
        taken=tuple(taken), tips=draw(st.decimals(0, 50, places=2)),
        sleep_in_pay=draw(st.decimals(0, 100, places=2)) if doubts else D(0),
        housing=draw(st.one_of(st.none(), st.builds(Housing, st.integers(0, days), some_pounds))),
    )  # fmt: skip


def hourly(finding: Finding) -> D:
    return next(line.result.number for line in finding.sums if line.label == "pay_an_hour")


def worse(finding: Finding) -> int:
    return WORSE[finding.outcome.value]


@few
@given(pay(), st.sampled_from(MORE_TIME), some_hours)
def test_more_unpaid_time_never_raises_hourly_pay(answers, name, more):
    longer = replace(answers, hours=replace(answers.hours, **{name: getattr(answers.hours, name) + more}))
    assert hourly(check_pay(longer)) <= hourly(check_pay(answers))


@few
@given(pay(doubts=True), st.sampled_from(MORE_TIME), some_hours)
def test_more_unpaid_time_never_makes_the_outcome_better(answers, name, more):
    longer = replace(answers, hours=replace(answers.hours, **{name: getattr(answers.hours, name) + more}))
    assert worse(check_pay(longer)) >= worse(check_pay(answers))


@few
@given(pay(doubts=True), st.sampled_from(sorted(LOWERS)), st.decimals(D("0.01"), 300, places=2))
def test_a_charge_for_the_job_never_raises_pay(answers, kind, amount):
    charged = replace(answers, taken=(*answers.taken, Taken(kind, amount)))
    before, after = check_pay(answers), check_pay(charged)
    assert worse(after) >= worse(before)
    if worse(after) == worse(before):
        assert hourly(after) <= hourly(before)


@few
@given(pay(doubts=True), st.sampled_from(sorted(DOES_NOT_LOWER)), st.decimals(D("0.01"), 300, places=2))
def test_tax_a_loan_and_the_like_change_nothing(answers, kind, amount):
    charged = replace(answers, taken=(*answers.taken, Taken(kind, amount)))
    assert check_pay(charged).sums == check_pay(answers).sums


@few
@given(pay(doubts=True), some_pounds)
def test_more_pay_never_makes_the_outcome_worse(answers, more):
    assert worse(check_pay(replace(answers, amount=answers.amount + more))) <= worse(check_pay(answers))


@few
@given(pay(doubts=True), st.sampled_from(PARTS_OF_PAY), some_pounds)
def test_a_part_that_does_not_count_never_raises_pay(answers, name, amount):
    named = replace(answers, **{name: getattr(answers, name) + amount})
    if not refusals(named, TODAY):
        assert worse(check_pay(named)) >= worse(check_pay(answers))


@few
@given(pay(), st.decimals(0, 100, places=2))
def test_higher_rent_never_raises_pay(answers, more):
    housing = answers.housing or Housing(answers.days, D(50))
    cheap = replace(answers, housing=housing)
    dear = replace(answers, housing=replace(housing, charge=housing.charge + more))
    assert hourly(check_pay(dear)) <= hourly(check_pay(cheap))


@few
@given(pay(doubts=True))
def test_every_finding_has_words_and_only_keys_of_the_vocabulary(answers):
    found = check_pay(answers)
    assert VOCABULARY.outcomes[found.outcome.value] <= set(found.values)
    assert all(VOCABULARY.sums[line.label] <= set(line.parts) for line in found.sums)
    assert all(VOCABULARY.notes[note.key] <= set(note.values) for note in found.notes)
    assert "{" not in "".join(finding_text("pay", found).lines())
