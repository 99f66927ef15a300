"""The questions on one's situation, worked by hand against knowledge/signs.yml and the table of levels."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.checks import check_words
from knowledge.files import ROOT, read_yaml
from knowledge.rules.sign_levels import LEVELS, SignNotKnown, level_of, level_together
from knowledge.rules.situation import (
    VOCABULARY,
    AnswersRefused,
    SituationAnswers,
    SituationOutcome,
    check_situation,
    next_question,
    refusals,
)
from knowledge.rules.situation_questions import QUESTIONS, TOPICS
from knowledge.topics import all_topics


def told(**chosen: str) -> SituationAnswers:
    return SituationAnswers({question: frozenset(words.split()) for question, words in chosen.items()})


@pytest.mark.parametrize(
    ("answers", "outcome", "signs"),
    [
        (told(), "cannot_tell", ()),
        (told(papers="", living=""), "cannot_tell", ()),
        (told(now="fine"), "no_sign_told", ()),
        (told(papers="with_me", going_out="free", pay_and_rest="paid"), "no_sign_told", ()),
        (told(papers="home_office_has_them"), "no_sign_told", ()),
        (told(papers="somebody_keeps_them"), "high", ("documents_held",)),
        (told(papers="somebody_has_login"), "high", ("account_login_held",)),
        (told(going_out="not_allowed"), "high", ("movement_controlled",)),
        (told(going_out="watched"), "high", ("watched",)),
        (told(going_out="locked_in"), "high", ("locked_in_calm",)),
        (told(now="locked_in_afraid"), "emergency", ("locked_in_afraid",)),
        (told(now="hurt_myself"), "emergency", ("self_harm",)),
        (told(now="child"), "emergency", ("child_in_danger",)),
        (told(pay_and_rest="late"), "concern", ("wages_late",)),
        (told(pay_and_rest="no_pay_for_months"), "high", ("no_pay_for_months",)),
        (told(money_owed="paid_for_job"), "concern", ("illegal_fee",)),
        (told(money_owed="work_it_off"), "high", ("debt_to_work_off",)),
        (told(saying_no="threat_visa"), "high", ("threat_to_cancel_sponsorship",)),
        (told(saying_no="threat_family"), "high", ("threat_to_family",)),
        (told(saying_no="afraid"), "concern", ("fear_of_employer",)),
        (told(treatment="racism"), "concern", ("racist_abuse",)),
        (told(treatment="touched"), "high", ("sexual_pressure",)),
        (told(living="phone_taken"), "high", ("phone_taken",)),
        # Three strong signs of concern are high together; two are not, nor are three of which one is not strong.
        (told(money_owed="paid_for_job pay_to_leave", living="crowded"), "high",
         ("illegal_fee", "repayment_bond", "overcrowded_housing")),
        (told(money_owed="paid_for_job pay_to_leave"), "concern", ("illegal_fee", "repayment_bond")),
        (told(money_owed="paid_for_job pay_to_leave", pay_and_rest="late"), "concern",
         ("wages_late", "illegal_fee", "repayment_bond")),
        # Danger now goes before everything else.
        (told(now="must_go_now", papers="somebody_keeps_them", pay_and_rest="late"), "emergency",
         ("must_flee_now", "documents_held", "wages_late")),
    ],
)  # fmt: skip
def test_the_level_is_the_one_worked_by_hand(answers: SituationAnswers, outcome: str, signs: tuple[str, ...]) -> None:
    found = check_situation(answers)
    assert (found.outcome.value, found.signs) == (outcome, signs)
    assert found.level == ("none" if outcome in ("cannot_tell", "no_sign_told") else outcome)


def test_there_are_four_to_eight_questions_and_danger_comes_first() -> None:
    assert 4 <= len(QUESTIONS) <= 8
    assert next(iter(QUESTIONS)) == "now"


def test_each_question_can_be_answered_without_a_sign() -> None:
    assert all(None in choices.values() for choices in QUESTIONS.values())


def test_one_question_comes_after_another_until_all_were_asked_or_danger_is_told() -> None:
    asked: list[str] = []
    while (question := next_question(asked)) is not None:
        asked.append(question)
    assert asked == list(QUESTIONS)
    assert next_question(["now"], "emergency") is None
    assert next_question(["now"], "high") == "papers"


def test_every_sign_has_a_level_and_a_topic_to_read() -> None:
    signs = {sign for choices in QUESTIONS.values() for sign in choices.values() if sign}
    topics = {each.id for each in all_topics()}
    assert signs == set(TOPICS)
    assert set(TOPICS.values()) <= topics
    assert all(level_of(sign) in LEVELS[1:] for sign in signs)


def test_levels_are_read_from_the_registry_of_signs() -> None:
    entries = read_yaml(ROOT / "signs.yml")["signs"]
    assert all(level_of(name) == entry["level"] for name, entry in entries.items())
    with pytest.raises(SignNotKnown):
        level_of("no_such_sign")


@pytest.mark.parametrize(
    ("answers", "topics"),
    [
        (told(papers="somebody_keeps_them"), ("get_help", "safety_planning", "passport_withheld")),
        (told(pay_and_rest="late"), ("withheld_wages", "signs_of_modern_slavery")),
        (told(now="fine"), ("signs_of_modern_slavery",)),
    ],
)
def test_topics_to_read_lead_to_help_first_when_it_is_grave(answers: SituationAnswers, topics: tuple[str, ...]) -> None:
    assert check_situation(answers).topics == topics


def test_what_is_no_choice_is_asked_again() -> None:
    answers = told(papers="on_the_moon")
    assert [(each.question, each.reason) for each in refusals(answers)] == [("papers", "not_a_choice")]
    with pytest.raises(AnswersRefused):
        check_situation(answers)


def test_no_word_gives_a_verdict() -> None:
    words = check_words("situation")
    said = " ".join(text for _, text in words.texts()).lower()
    assert not re.search(r"you are (?:a )?(?:victim|slave|being enslaved|trafficked)|this is (?:modern )?slavery", said)
    assert "no_verdict" in {each.key for each in check_situation(told(papers="somebody_keeps_them")).notes}


def test_danger_is_answered_with_the_emergency_number_first() -> None:
    outcome = check_words("situation").outcomes["emergency"]
    assert outcome.help[0][0] == "emergency"
    assert "{contact.emergency.number}" in outcome.answer


anything = st.fixed_dictionaries(
    {}, optional={name: st.frozensets(st.sampled_from(sorted(choices))) for name, choices in QUESTIONS.items()}
).map(SituationAnswers)


@settings(max_examples=100, deadline=None)
@given(anything, anything)
def test_telling_more_never_lowers_the_level(some: SituationAnswers, more: SituationAnswers) -> None:
    both = SituationAnswers(
        {name: some.chosen.get(name, frozenset()) | more.chosen.get(name, frozenset()) for name in QUESTIONS}
    )
    assert LEVELS.index(check_situation(both).level) >= LEVELS.index(check_situation(some).level)


@settings(max_examples=100, deadline=None)
@given(anything)
def test_passing_over_a_question_never_raises_the_level(answers: SituationAnswers) -> None:
    whole = LEVELS.index(check_situation(answers).level)
    for left_out in answers.chosen:
        rest = SituationAnswers({name: chosen for name, chosen in answers.chosen.items() if name != left_out})
        assert LEVELS.index(check_situation(rest).level) <= whole


@settings(max_examples=100, deadline=None)
@given(anything)
def test_signs_come_gravest_first_each_once_with_words(answers: SituationAnswers) -> None:
    found = check_situation(answers)
    ranks = [LEVELS.index(level_of(sign)) for sign in found.signs]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(found.signs)) == len(found.signs)
    assert {each.key for each in found.notes} <= set(VOCABULARY.notes)
    assert found.level == level_together(found.signs)


def test_every_outcome_is_in_the_vocabulary() -> None:
    assert {each.value for each in SituationOutcome} == set(VOCABULARY.outcomes)
