"""Greeting, menu, choices, deletion, language, a person: the moves that carry no question."""

from __future__ import annotations

import pytest

from actions.answer import AnswerAction
from actions.calm_action import CalmAction
from actions.language import ChangeLanguageAction, language_named
from actions.menu import MenuAction
from actions.not_understood import DidYouMeanAction, OutOfScopeAction
from actions.people import TalkToPersonAction
from actions.privacy import DeleteMyDataAction
from actions.reply import Reply
from actions.small_talk import AffirmAction, DenyAction, GoodbyeAction, GreetAction, StopAction, ThankAction
from actions.turn import Turn
from knowledge.languages import offered_languages
from knowledge.phrases import phrase
from knowledge.topics import all_sections, all_topics, topics_in
from tests.actions.talk import say


def test_the_first_greeting_tells_about_privacy_and_danger_before_anything_else() -> None:
    said = say(GreetAction(), "greet", first_contact=True)
    assert phrase("greeting_privacy") in said.messages[0]["text"]
    assert phrase("greeting_danger") in said.messages[0]["text"]
    assert said.kinds == ["notice", "menu"]
    assert said.slots["introduced"] is True


def test_a_first_contact_with_a_question_gets_the_privacy_line_and_then_the_answer() -> None:
    said = say(AnswerAction(), "ask/minimum_wage", first_contact=True)
    assert said.kinds == ["notice", "answer"]
    assert phrase("greeting_privacy") in said.messages[0]["text"]


def test_on_the_web_the_gateway_has_told_about_privacy_already() -> None:
    said = say(AnswerAction(), "ask/minimum_wage", first_contact=True, channel="web")
    assert said.kinds == ["answer"]
    assert say(GreetAction(), "greet", first_contact=True, channel="web", turns_before=0).kinds == ["menu"]


def test_later_greetings_are_short_and_after_silence_say_nothing_of_before() -> None:
    assert say(GreetAction(), "greet").words == phrase("greeting_again")
    assert say(GreetAction(), "greet", turns_before=0).words == phrase("greeting_after_silence")


def test_the_menu_leads_through_every_section_to_every_topic() -> None:
    sections = say(MenuAction(), "menu").intents
    topics: list[str] = []
    for section in all_sections():
        assert f"menu/{section.id}" in sections
        topics += [intent for intent in say(MenuAction(), f"menu/{section.id}").intents if intent.startswith("ask/")]
    assert sorted(topics) == sorted(topic.intent for topic in all_topics())


def test_on_a_phone_a_section_comes_in_pages_that_hold_all_of_it() -> None:
    shown, page = [], "menu/rights"
    for _ in range(10):
        intents = say(MenuAction(), page, form="short").intents
        assert len(intents) <= 10
        assert intents[-1] == "menu"
        shown += [intent for intent in intents if intent.startswith("ask/")]
        onwards = [intent for intent in intents if intent.startswith("menu/")]
        if not onwards:
            break
        page = onwards[0]
    assert shown == [topic.intent for topic in topics_in("rights")]


@pytest.mark.parametrize("intent", ["menu/nonsense", "menu/rights/99", "menu/rights/0", "menu/rights/x"])
def test_a_menu_that_is_none_still_shows_one(intent: str) -> None:
    assert say(MenuAction(), intent).kinds == ["menu"]


def test_no_button_is_longer_than_a_phone_shows() -> None:
    for intent in ["menu", *(f"menu/{section.id}" for section in all_sections())]:
        for message in say(MenuAction(), intent).messages:
            assert [b["title"] for b in message["buttons"] if len(b["title"]) > 24] == []


def test_starting_over_forgets_the_topic() -> None:
    said = say(MenuAction(), "start_over", slots={"topic": "payslip", "parts_given": 2})
    assert (said.slots["topic"], said.slots["parts_given"]) == (None, 0)
    assert said.words == phrase("start_over")


def test_did_you_mean_offers_at_most_three_by_title_and_none_of_these() -> None:
    ranking = (
        ("greet", 0.3),
        ("ask/payslip", 0.2),
        ("ask/sick_pay", 0.2),
        ("talk_to_person", 0.1),
        ("ask/deductions", 0.1),
    )
    said = say(DidYouMeanAction(), "nlu_fallback", ranking=ranking)
    assert said.intents == ["ask/payslip", "ask/sick_pay", "talk_to_person", "menu"]
    assert said.kinds == ["choice"]
    assert said.slots["pending"] == "did_you_mean"
    assert said.kept == {"not_understood": "did_you_mean"}


def test_when_it_is_not_understood_again_or_nothing_fits_the_menu_comes() -> None:
    again = say(DidYouMeanAction(), "ask/payslip", slots={"pending": "did_you_mean"})
    assert (again.kinds, again.words) == (["menu"], phrase("did_you_mean_again"))
    assert say(DidYouMeanAction(), "nlu_fallback", ranking=(("greet", 0.2),)).kinds == ["menu"]


def test_out_of_scope_says_what_the_service_does() -> None:
    said = say(OutOfScopeAction(), "out_of_scope")
    assert (said.kinds, said.words) == (["menu"], phrase("out_of_scope"))
    assert said.kept == {"not_understood": "out_of_scope"}


def test_deletion_is_asked_once_without_a_word_about_the_talk_and_done_on_yes() -> None:
    asked = say(DeleteMyDataAction(), "delete_my_data", slots={"topic": "passport_withheld"})
    assert asked.intents == ["delete_my_data/now", "delete_my_data/keep"]
    assert asked.slots["pending"] == "deletion"
    assert asked.messages[0]["keep"] == {"delete_asked": True}
    for done in (
        say(AffirmAction(), "affirm", slots={"pending": "deletion"}),
        say(DeleteMyDataAction(), "delete_my_data/now"),
    ):
        assert done.messages[0]["keep"] == {"delete_requested": True}
        assert done.slots["pending"] is None


def test_no_keeps_everything() -> None:
    for kept in (
        say(DenyAction(), "deny", slots={"pending": "deletion"}),
        say(DeleteMyDataAction(), "delete_my_data/keep"),
    ):
        assert kept.words == phrase("delete_kept")
        assert "keep" not in kept.messages[0]


def test_a_question_of_ours_that_was_passed_over_is_forgotten() -> None:
    said = say(AnswerAction(), "ask/minimum_wage", slots={"pending": "deletion"})
    assert said.slots["pending"] is None


@pytest.mark.parametrize("action", [AffirmAction(), DenyAction()])
def test_yes_and_no_without_a_question_do_nothing(action: CalmAction) -> None:
    said = say(action, "affirm")
    assert said.words == phrase("all_right")
    assert "keep" not in said.messages[0]


def test_yes_answers_the_second_question() -> None:
    slots = {"pending": "other_question", "other_question": "ask/payslip", "topic": "minimum_wage"}
    assert say(AffirmAction(), "affirm", slots=slots).messages[0]["topic"] == "payslip"


def test_no_to_every_choice_shows_the_menu() -> None:
    assert say(DenyAction(), "deny", slots={"pending": "did_you_mean"}).kinds == ["menu"]


@pytest.mark.parametrize(
    ("action", "key"), [(ThankAction(), "thanks"), (GoodbyeAction(), "goodbye"), (StopAction(), "nothing_under_way")]
)
def test_a_courtesy_is_returned(action: CalmAction, key: str) -> None:
    assert say(action, "thank").words == phrase(key)


def test_a_language_that_is_not_offered_is_said_truthfully() -> None:
    said = say(ChangeLanguageAction(), "change_language", "can we speak Polish please")
    assert "Polish" in said.words
    assert said.messages[0]["keep"] == {"language_wished": "pl"}


def test_english_can_be_chosen_and_is_kept() -> None:
    said = say(ChangeLanguageAction(), "change_language", "English please")
    assert said.messages[0]["keep"] == {"language": "en"}


def test_asking_for_other_languages_offers_those_that_are_whole_and_leaves_the_others_to_the_gateway() -> None:
    said = say(ChangeLanguageAction(), "change_language", "another language", form="short")
    assert said.intents == [f"change_language/{each.code}" for each in offered_languages()]
    assert said.messages[0]["keep"] == {"language_wished": ""}


@pytest.mark.parametrize(
    ("text", "code"),
    [("not English, Hindi", "hi"), ("polish?", "pl"), ("polishing the floor", None), ("english", "en"), ("", None)],
)
def test_a_language_is_found_by_its_name(text: str, code: str | None) -> None:
    found = language_named(text)
    assert (found.code if found else None) == code


def test_a_person_is_asked_for_and_nobody_is_promised() -> None:
    said = say(TalkToPersonAction(), "talk_to_person")
    assert said.words.startswith(phrase("person_case"))
    assert phrase("shop_read_not_known") in said.words
    assert phrase("person_wait") in said.words
    assert said.messages[0]["keep"] == {"person_asked": True}


class Failing(CalmAction):
    """Fails with a worker's words in its error."""

    rasa_name = "action_failing_in_a_test"

    def reply(self, turn: Turn) -> Reply:
        """Never says anything."""
        raise ValueError(f"could not read {turn.text}")


def test_a_failure_is_a_calm_sentence_with_somebody_to_turn_to_and_no_word_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    said = say(Failing(), "ask/minimum_wage", "canary words of a worker")
    assert said.kinds == ["error"]
    assert phrase("apology") in said.words
    assert any(letter.isdigit() for letter in said.words)
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text
    assert "canary" not in said.words
