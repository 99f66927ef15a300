"""Answers and what follows them."""

from __future__ import annotations

import pytest

from actions.answer import AnswerAction
from actions.checks.form import BeginCheckAction
from actions.follow_up import FollowUpAction
from knowledge.phrases import phrase
from knowledge.render import answer_text, help_text, if_text, more_parts, section_text, source_text, why_text
from knowledge.topics import RightsCheck, all_checks
from tests.actions.talk import say

TOPIC = "minimum_wage"
ANSWERED = {"topic": TOPIC, "parts_given": 0}


@pytest.mark.parametrize("form", ["short", "long"])
def test_a_question_gets_the_answer_in_the_form_of_its_channel(form: str) -> None:
    said = say(AnswerAction(), f"ask/{TOPIC}", form=form)
    assert said.messages[0]["text"] == answer_text(TOPIC, form=form).text
    assert (said.kinds, said.messages[0]["topic"]) == (["answer"], TOPIC)
    assert said.slots["topic"] == TOPIC


def test_a_form_or_language_nobody_knows_gets_the_plain_one() -> None:
    said = say(AnswerAction(), f"ask/{TOPIC}", form="huge", language="xx")
    assert said.messages[0]["text"] == answer_text(TOPIC).text
    assert said.messages[0]["lang"] == "en"


def test_on_a_phone_more_is_offered_and_on_a_screen_related_topics() -> None:
    assert say(AnswerAction(), f"ask/{TOPIC}", form="short").intents == ["follow_up/more", "menu", "start_check/pay"]
    on_a_screen = say(AnswerAction(), f"ask/{TOPIC}").intents
    assert on_a_screen[:3] == [f"ask/{each}" for each in answer_text(TOPIC).related[:3]]


def test_a_second_question_is_offered_by_its_title_and_remembered() -> None:
    said = say(AnswerAction(), f"ask/{TOPIC}", also=("ask/payslip",))
    assert said.kinds == ["answer", "choice"]
    assert said.messages[1]["buttons"][0]["intent"] == "ask/payslip"
    assert (said.slots["pending"], said.slots["other_question"]) == ("other_question", "ask/payslip")


@pytest.mark.parametrize("other", [f"ask/{TOPIC}", "start_check/pay", "greet", "follow_up/why"])
def test_what_is_no_second_question_is_not_offered(other: str) -> None:
    assert say(AnswerAction(), f"ask/{TOPIC}", also=(other,)).kinds == ["answer"]


def test_a_topic_that_is_none_gets_the_menu() -> None:
    assert say(AnswerAction(), "ask/nonsense").kinds == ["menu"]


def test_more_gives_the_parts_one_after_the_other_and_says_when_that_is_all() -> None:
    parts = more_parts(TOPIC)
    slots: dict[str, object] = dict(ANSWERED)
    for part in parts:
        said = say(FollowUpAction(), "follow_up/more", slots=slots, form="short")
        assert said.words == section_text(TOPIC, part, form="short").text
        slots["parts_given"] = said.slots["parts_given"]
    last = say(FollowUpAction(), "follow_up/more", slots=slots, form="short")
    assert last.words == phrase("answer_no_more")
    assert "follow_up/who_helps" in last.intents


def test_after_the_long_form_everything_has_been_given() -> None:
    slots = say(AnswerAction(), f"ask/{TOPIC}").slots
    assert say(FollowUpAction(), "follow_up/more", slots=slots).words == phrase("answer_no_more")


@pytest.mark.parametrize(("what", "text"), [("who_helps", help_text), ("why", why_text), ("source", source_text)])
def test_who_helps_why_and_source_are_about_the_topic_answered_last(what: str, text: object) -> None:
    said = say(FollowUpAction(), f"follow_up/{what}", slots=ANSWERED)
    assert said.words == text(TOPIC).text  # type: ignore[operator]
    assert said.messages[0]["topic"] == TOPIC


def test_in_my_case_is_answered_from_the_words_of_the_worker() -> None:
    said = say(FollowUpAction(), "follow_up/in_my_case", "and if I am on a zero-hours contract?", slots=ANSWERED)
    assert said.words == if_text(TOPIC, "zero_hours").text


def test_in_my_case_without_a_case_asks_which_and_the_button_answers() -> None:
    asked = say(FollowUpAction(), "follow_up/in_my_case", "and in my case?", slots=ANSWERED)
    assert asked.kinds == ["choice"]
    assert "follow_up/in_my_case/zero_hours" in asked.intents
    said = say(FollowUpAction(), "follow_up/in_my_case/zero_hours", slots=ANSWERED)
    assert said.words == if_text(TOPIC, "zero_hours").text


def test_a_case_the_answer_does_not_know_is_not_made_up() -> None:
    for chosen, words in (("/no_such_case", ""), ("", "and if I am an apprentice?")):
        said = say(FollowUpAction(), f"follow_up/in_my_case{chosen}", words, slots=ANSWERED)
        assert said.words.startswith(phrase("situation_not_known"))
        assert help_text(TOPIC).text in said.words


@pytest.mark.parametrize("what", ["more", "who_helps", "why", "source", "in_my_case"])
def test_after_silence_a_follow_up_gets_a_neutral_greeting_and_nothing_of_before(what: str) -> None:
    said = say(FollowUpAction(), f"follow_up/{what}", turns_before=0)
    assert (said.kinds, said.words) == (["menu"], phrase("greeting_after_silence"))
    assert all(message["topic"] is None for message in said.messages)


def test_a_follow_up_before_any_answer_asks_for_the_question() -> None:
    assert say(FollowUpAction(), "follow_up/why").words == phrase("nothing_to_follow")


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.id)
def test_an_answer_offers_the_check_of_its_topic(check: RightsCheck) -> None:
    for form in ("short", "long"):
        assert check.intent in say(AnswerAction(), f"ask/{check.topic}", form=form).intents


@pytest.mark.parametrize("check", [check.id for check in all_checks()])
def test_a_check_begins_with_what_it_is_and_keeps_which_it_is(check: str) -> None:
    said = say(BeginCheckAction(), f"start_check/{check}")
    assert (said.messages, said.kept) == ([], {"choice_open": False})
    assert said.slots["check"] == check
    assert said.slots["check_drafts"][check]["open"] is not None
    assert len(said.slots["check_drafts"][check]["say"]) == 2
