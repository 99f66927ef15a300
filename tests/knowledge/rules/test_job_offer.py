"""Offers, fees and clauses, worked by hand. Sources: the guidance on scams; Employment Agencies Act 1973 s.6; sponsor
costs banned from 31 December 2024; recruitment from abroad closed on 22 July 2025; NHS Employers on repayment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.checks import check_words
from knowledge.rules.job_offer import (
    VOCABULARY,
    AnswersRefused,
    FeeFor,
    JobOfferAnswers,
    JobOfferFinding,
    JobOfferOutcome,
    Listed,
    Paper,
    Promise,
    Scam,
    Visa,
    Who,
    check_job_offer,
    refusals,
)
from knowledge.topics import all_topics

TODAY = date(2026, 11, 21)
Told = JobOfferAnswers


def found(answers: Told) -> JobOfferFinding:
    return check_job_offer(answers, TODAY)


def notes(answers: Told) -> set[str]:
    return {each.key for each in found(answers).notes}


def fee(what: str, on: str | None = None, pounds: str | None = None, **more) -> Told:
    return Told(
        asked_on=date.fromisoformat(on) if on else None, fee_asked=True, fee_for=frozenset({FeeFor(what)}),
        fee_sum=D(pounds) if pounds else None, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "outcome", "likely", "note"),
    [
        (fee("job", pounds="12000", fee_by=Who.AGENCY), "signs_found", {Scam.FEE}, "fee_for_job"),
        (fee("job", fee_by=Who.AGENT_ABROAD), "signs_found", {Scam.FEE}, "agent_abroad"),
        # Both sides of 31 December 2024: certificate and licence.
        (fee("certificate", "2024-12-31"), "signs_found", {Scam.FEE}, "fee_for_certificate"),
        (fee("certificate", "2024-12-30"), "look_closer", set(), "sponsor_cost_before_ban"),
        (fee("licence", "2024-12-31"), "signs_found", {Scam.FEE}, "fee_for_licence"),
        (fee("licence", "2024-12-30"), "look_closer", set(), "sponsor_cost_before_ban"),
        (fee("skills_charge", "2023-05-01"), "signs_found", {Scam.FEE}, "fee_for_skills_charge"),
        # The visa fee: 551 for the longer visa before 9 April 2025, 590 since.
        (fee("visa_fee", "2025-04-08", "560"), "look_closer", set(), "visa_fee_too_high"),
        (fee("visa_fee", "2025-04-09", "560"), "no_sign_found", set(), "visa_fee_yours"),
        (fee("visa_fee", pounds="590"), "no_sign_found", set(), "visa_fee_yours"),
        (fee("visa_fee", pounds="590.01"), "look_closer", set(), "visa_fee_too_high"),
        (fee("health_surcharge", visa=Visa.SPONSORED), "signs_found", {Scam.FEE}, "fee_for_surcharge"),
        (fee("health_surcharge", visa=Visa.STUDENT_DEGREE), "no_sign_found", set(), "surcharge_may_be_yours"),
        (fee("release"), "signs_found", {Scam.CONTRACT}, "pay_to_be_released"),
        (fee("fine"), "signs_found", {Scam.IMPERSONATION}, "official_wants_money"),
        (fee("housing"), "look_closer", set(), "fee_look_closer"),
        (Told(fee_asked=True), "look_closer", set(), "fee_ask_what_for"),
        (fee("job", paid=True), "already_given", {Scam.FEE}, "fee_for_job"),
        # A clause: at most 3,000 in the first year, then 1,500, then 750; it shrinks and names each cost.
        (Told(clause=True, clause_sum=D(3000), clause_months=36), "no_sign_found", set(), "clause_within_guide"),
        (Told(clause=True, clause_sum=D("3000.01")), "signs_found", {Scam.CONTRACT}, "clause_above_guide"),
        (Told(clause=True, clause_sum=D(25000)), "signs_found", {Scam.CONTRACT}, "clause_above_guide"),
        (Told(clause=True), "look_closer", set(), "clause_sum_not_known"),
        (Told(clause=True, clause_sum=D(900), clause_shrinks=False), "signs_found", {Scam.CONTRACT},
         "clause_does_not_shrink"),
        (Told(clause=True, clause_sum=D(900), clause_listed=False), "signs_found", {Scam.CONTRACT},
         "clause_not_listed"),
        (Told(clause=True, clause_sum=D(900), clause_months=37), "signs_found", {Scam.CONTRACT}, "clause_long"),
        # Both sides of 22 July 2025: a sponsored care job for somebody abroad.
        (Told(asked_on=date(2025, 7, 22), abroad=True, visa=Visa.SPONSORED), "signs_found", {Scam.JOB},
         "closed_to_abroad"),
        (Told(asked_on=date(2025, 7, 21), abroad=True, visa=Visa.SPONSORED), "no_sign_found", set(), "look_up"),
        (Told(abroad=True, visa=Visa.NONE_NEEDED), "no_sign_found", set(), "look_up"),
        (Told(unlike_promise=True), "signs_found", {Scam.JOB}, "unlike_promise"),
        (Told(listed=Listed.NOT_FOUND, visa=Visa.SPONSORED), "look_closer", set(), "not_on_list"),
        (Told(listed=Listed.FOUND), "no_sign_found", set(), "list_proves_little"),
        (Told(hurry=True), "look_closer", set(), "hurry"),
        # Student visas: 20 hours a week in term at degree level, 10 below it.
        (Told(visa=Visa.STUDENT_DEGREE, hours=D(21), in_term=True), "signs_found", {Scam.STUDENT}, "student_hours"),
        (Told(visa=Visa.STUDENT_DEGREE, hours=D(20), in_term=True), "no_sign_found", set(), "student_limit"),
        (Told(visa=Visa.STUDENT_BELOW, hours=D(11), in_term=True), "signs_found", {Scam.STUDENT}, "student_hours"),
        (Told(visa=Visa.STUDENT_BELOW, hours=D(10), in_term=True), "no_sign_found", set(), "student_limit"),
        (Told(visa=Visa.STUDENT_DEGREE, hours=D(40), in_term=False), "no_sign_found", set(), "student_limit"),
        (Told(visa=Visa.STUDENT_DEGREE, hours=D(40)), "look_closer", set(), "student_hours"),
        (Told(home_office=True, home_office_money=True), "signs_found", {Scam.IMPERSONATION}, "official_wants_money"),
        (Told(home_office=True), "look_closer", set(), "official_check"),
        (Told(promises=frozenset({Promise.TEST_RESULT})), "signs_found", {Scam.DOCUMENT}, "promise_test_result"),
        (Told(promises=frozenset({Promise.CHANGED_SCORE})), "signs_found", {Scam.DOCUMENT}, "promise_changed_score"),
        (Told(promises=frozenset({Promise.VISA})), "signs_found", {Scam.JOB}, "promise_visa"),
        (Told(papers=frozenset({Paper.PASSPORT_TO_KEEP})), "signs_found", {Scam.IDENTITY}, "passport_to_keep"),
        (Told(papers=frozenset({Paper.VISA_LOGIN})), "signs_found", {Scam.IDENTITY}, "visa_login"),
        (Told(papers=frozenset({Paper.BANK_DETAILS}), written_offer=True), "no_sign_found", set(),
         "bank_details_normal"),
        (Told(papers=frozenset({Paper.BANK_DETAILS}), written_offer=False), "signs_found", {Scam.IDENTITY},
         "bank_details_too_soon"),
        (Told(papers=frozenset({Paper.PASSPORT_COPY}), written_offer=True), "no_sign_found", set(),
         "passport_copy_normal"),
        (Told(papers=frozenset({Paper.CARD_OR_CODE}), papers_by=Who.OFFICIAL), "signs_found",
         {Scam.IMPERSONATION, Scam.IDENTITY}, "official_wants_papers"),
        (Told(), "cannot_tell", set(), None),
    ],
)  # fmt: skip
def test_what_it_matches_is_as_worked_by_hand(answers: Told, outcome: str, likely: set[Scam], note: str | None) -> None:
    finding = found(answers)
    assert (finding.outcome.value, set(finding.likely)) == (outcome, likely)
    assert note is None or note in notes(answers)


def test_each_of_the_seven_scams_is_a_topic_and_can_be_matched() -> None:
    topics = {each.id for each in all_topics()}
    assert {scam.value for scam in Scam} <= topics
    assert len(Scam) == 7


def test_two_scams_at_once_are_both_told_each_with_its_reason() -> None:
    answers = Told(fee_asked=True, fee_for=frozenset({FeeFor.JOB, FeeFor.RELEASE}))
    assert [each.key for each in found(answers).notes][:6] == [
        "likely_fee_scam", "fee_for_job", "do_fee_scam", "likely_contract_scam", "pay_to_be_released",
        "do_contract_scam",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "signs"),
    [
        (fee("job"), set()),  # tried, nothing paid
        (fee("job", paid=True), {"illegal_fee", "money_or_details_given_to_scammer"}),
        (Told(clause=True, clause_sum=D(9000)), {"repayment_bond"}),
        (Told(unlike_promise=True), {"job_unlike_promise"}),
        (Told(papers=frozenset({Paper.PASSPORT_TO_KEEP})), set()),
        (Told(papers=frozenset({Paper.PASSPORT_TO_KEEP}), handed_over=True),
         {"documents_held", "money_or_details_given_to_scammer"}),
        (Told(papers=frozenset({Paper.VISA_LOGIN}), handed_over=True),
         {"account_login_held", "money_or_details_given_to_scammer"}),
    ],
)  # fmt: skip
def test_signs_are_of_what_has_happened(answers: Told, signs: set[str]) -> None:
    assert set(found(answers).signs) == signs


@pytest.mark.parametrize(
    ("answers", "question", "reason"),
    [
        (Told(asked_on=date(2027, 1, 1)), "asked_on", "in_future"),
        (Told(asked_on=date(2007, 1, 1)), "asked_on", "too_long_ago"),
        (Told(fee_sum=D(-1)), "fee_sum", "not_a_sum"),
        (Told(clause_sum=D(10) ** 9), "clause_sum", "not_a_sum"),
        (Told(clause_months=-1), "clause_months", "not_a_length"),
        (Told(hours=D(400)), "hours", "not_in_a_week"),
    ],
)
def test_what_cannot_be_right_is_asked_again(answers: Told, question: str, reason: str) -> None:
    assert [(each.question, each.reason) for each in refusals(answers, TODAY)] == [(question, reason)]
    assert reason in VOCABULARY.questions[question]
    with pytest.raises(AnswersRefused):
        found(answers)


def test_no_outcome_says_that_an_offer_is_safe() -> None:
    words = check_words("job_offer")
    for outcome in words.outcomes.values():
        said = " ".join((outcome.answer, *outcome.meaning, *outcome.do)).lower()
        assert "safe" not in said
        assert "genuine" not in said
    assert "does not show that the offer is real" in words.outcomes["no_sign_found"].answer


maybe = st.none() | st.booleans()
anything = st.builds(
    Told,
    asked_on=st.none() | st.dates(date(2022, 6, 1), TODAY),
    fee_asked=maybe,
    fee_for=st.frozensets(st.sampled_from(FeeFor)),
    fee_sum=st.none() | st.decimals(0, 20000, places=2),
    fee_by=st.none() | st.sampled_from(Who),
    paid=maybe,
    clause=maybe,
    clause_sum=st.none() | st.decimals(0, 30000, places=2),
    clause_months=st.none() | st.integers(0, 120),
    clause_shrinks=maybe,
    clause_listed=maybe,
    abroad=maybe,
    visa=st.none() | st.sampled_from(Visa),
    hours=st.none() | st.decimals(0, 100, places=1),
    in_term=maybe,
    papers=st.frozensets(st.sampled_from(Paper)),
    papers_by=st.none() | st.sampled_from(Who),
    written_offer=maybe,
    handed_over=maybe,
    home_office=maybe,
    home_office_money=maybe,
    promises=st.frozensets(st.sampled_from(Promise)),
    unlike_promise=maybe,
    listed=st.none() | st.sampled_from(Listed),
    hurry=maybe,
)


@settings(max_examples=80, deadline=None)
@given(anything, st.sampled_from(Promise), st.sampled_from([FeeFor.JOB, FeeFor.RELEASE, FeeFor.SKILLS_CHARGE]))
def test_telling_of_one_more_bad_thing_never_takes_a_scam_away(answers: Told, promise: Promise, what: FeeFor) -> None:
    worse = replace(answers, fee_asked=True, promises=answers.promises | {promise}, fee_for=answers.fee_for | {what})
    assert set(found(answers).likely) <= set(found(worse).likely)


@settings(max_examples=80, deadline=None)
@given(anything, st.decimals(0, 5000, places=2))
def test_a_higher_sum_never_looks_better(answers: Told, more: D) -> None:
    def sums(extra: D) -> Told:
        return replace(
            answers,
            fee_sum=None if answers.fee_sum is None else answers.fee_sum + extra,
            clause_sum=None if answers.clause_sum is None else answers.clause_sum + extra,
        )

    assert set(found(sums(D(0))).likely) <= set(found(sums(more)).likely)


@settings(max_examples=80, deadline=None)
@given(anything)
def test_every_key_given_is_in_the_vocabulary_and_no_scam_is_told_twice(answers: Told) -> None:
    finding = found(answers)
    assert all(set(each.values) >= VOCABULARY.notes[each.key] for each in finding.notes)
    assert all(set(each.parts) >= VOCABULARY.sums[each.label] for each in finding.sums)
    assert not set(finding.likely) & set(finding.possible)


def test_every_outcome_is_in_the_vocabulary() -> None:
    assert {each.value for each in JobOfferOutcome} == set(VOCABULARY.outcomes)
