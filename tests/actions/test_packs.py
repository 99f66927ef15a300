"""What is said in a language with a pack, and in one that lacks an answer, a check or its review."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions import turn
from actions.answer import AnswerAction
from actions.calm_action import CalmAction
from actions.checks.ending import ending_messages
from actions.checks.form import AskCheckQuestion, BeginCheckAction
from actions.follow_up import FollowUpAction
from actions.menu import MenuAction
from actions.not_understood import DidYouMeanAction
from actions.people import TalkToPersonAction
from actions.reply import Reply
from actions.told import answer_messages, with_answer
from actions.turn import CHECK_DRAFTS, Form, Turn
from knowledge import register_words
from knowledge.checks import check_words
from knowledge.languages import Language, language
from knowledge.phrases import phrase
from knowledge.questions.draft import Draft
from knowledge.questions.every_check import CHECKS
from knowledge.questions.following import DONE
from knowledge.render import answer_text, help_text, if_text, why_text
from tests.actions.talk import say

WITH, WITHOUT = "ro", "yo"
TOPIC = "minimum_wage"


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both languages are offered: one has answers, the other has none."""
    codes: tuple[Language, ...] = tuple(language(code) for code in ("en", WITH, WITHOUT))
    monkeypatch.setattr(turn, "offered_languages", lambda: codes)


def langs(messages: list[dict[str, object]]) -> list[object]:
    return [message["lang"] for message in messages]


@pytest.mark.parametrize("form", ["short", "long"])
def test_an_answer_comes_in_the_language_and_says_that_no_speaker_has_read_it(form: str) -> None:
    said = say(AnswerAction(), f"ask/{TOPIC}", language=WITH, form=form)
    assert said.words == answer_text(TOPIC, WITH, form).text
    assert langs(said.messages) == [WITH]
    assert said.words.count(phrase("not_reviewed", WITH)) == 1


@pytest.mark.parametrize("what", ["who_helps", "why", "source", "more"])
def test_what_follows_an_answer_comes_in_the_language(what: str) -> None:
    said = say(FollowUpAction(), f"follow_up/{what}", language=WITH, slots={"topic": TOPIC})
    assert langs(said.messages) == [WITH]
    assert phrase("not_reviewed", WITH) not in said.words


def test_who_helps_and_why_are_the_words_of_the_pack() -> None:
    for what, made in (("who_helps", help_text(TOPIC, WITH)), ("why", why_text(TOPIC, WITH))):
        assert say(FollowUpAction(), f"follow_up/{what}", language=WITH, slots={"topic": TOPIC}).words == made.text


def test_a_situation_is_answered_in_the_language() -> None:
    said = say(FollowUpAction(), "follow_up/in_my_case/zero_hours", language=WITH, slots={"topic": TOPIC})
    assert langs(said.messages) == [WITH]


@pytest.mark.parametrize(
    ("said", "spoken", "answered"),
    [
        ("și dacă nu am ore fixe?", "ro", "ro"), ("si daca nu am ore fixe?", "ro", "ro"),
        ("और अगर मैं ज़ीरो आवर्स पर हूँ तो?", "hi", "en"), ("mere ghante fix nahi hai to?", "hi", "en"),
    ],
)  # fmt: skip
def test_a_situation_is_found_in_the_workers_own_words_whatever_the_answer_is_in(
    said: str, spoken: str, answered: str
) -> None:
    told = say(FollowUpAction(), "follow_up/in_my_case", said, language=spoken, slots={"topic": TOPIC})
    assert told.words == if_text(TOPIC, "zero_hours", answered).text


def test_choices_stand_under_titles_of_the_language() -> None:
    said = say(DidYouMeanAction(), "", language=WITH, ranking=((f"ask/{TOPIC}", 0.4), ("ask/payslip", 0.3)))
    titles = [button["title"] for button in said.messages[0]["buttons"]]
    assert titles[0] == answer_text(TOPIC, WITH).title != answer_text(TOPIC).title


def test_the_menu_and_the_offer_of_a_check_take_the_words_of_the_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"sections.rights.menu": "Drepturi", "checks.pay": "Verific salariul"}
    monkeypatch.setattr(register_words, "_own_texts", lambda *_: own)
    monkeypatch.setattr(register_words, "_stale", lambda *_: frozenset())
    menu = say(MenuAction(), "menu", language=WITH)
    assert "Drepturi" in [button["title"] for button in menu.messages[0]["buttons"]]
    offer = say(AnswerAction(), f"ask/{TOPIC}", language=WITH)
    assert "Verific salariul" in [button["title"] for button in offer.messages[0]["buttons"]]


@pytest.mark.parametrize("form", ["short", "long"])
def test_an_answer_that_is_only_there_in_english_is_marked_as_english_under_a_line_of_the_language(form: str) -> None:
    said = say(AnswerAction(), f"ask/{TOPIC}", language=WITHOUT, form=form)
    assert langs(said.messages) == [WITHOUT, "en"]
    assert [message["dir"] for message in said.messages] == ["ltr", "ltr"]
    assert said.messages[0]["text"] == phrase("answer_in_english", WITHOUT)
    assert said.messages[1]["text"] == answer_text(TOPIC, "en", form).text
    assert said.messages[1]["buttons"]
    assert not said.messages[0]["buttons"]


def test_help_in_english_does_not_make_english_of_the_words_above_it() -> None:
    said = say(TalkToPersonAction(), "talk_to_person", language=WITHOUT)
    assert langs(said.messages) == [WITHOUT, WITHOUT, "en"]
    assert said.messages[0]["keep"] == {"person_asked": True}


def test_a_stale_answer_is_followed_by_the_english_with_the_buttons_below_it() -> None:
    english = answer_text(TOPIC)
    own = replace(answer_text(TOPIC, WITH), beside=english)
    first, second = answer_messages(own, WITH)
    assert first.text == f"{own.text}\n\n{phrase('heading_english', WITH)}"
    assert (first.lang, second.lang, second.text) == (WITH, "en", english.text)
    assert [each.lang for each in with_answer("Salut.", own, WITH)] == [WITH, WITH, "en"]


@pytest.mark.parametrize(("lang", "asked_in"), [(WITHOUT, "en"), (WITH, WITH)])
def test_a_check_is_asked_in_one_language_and_says_so_where_that_is_english(
    monkeypatch: pytest.MonkeyPatch, lang: str, asked_in: str
) -> None:
    begun = say(BeginCheckAction(), "start_check/pay", language=lang)
    said_first = [message["text"] for message in begun.messages if "text" in message]
    assert said_first == ([] if asked_in == lang else [phrase("answer_in_english", lang)])
    monkeypatch.setattr(turn, "_checks_before", lambda _: begun.slots[CHECK_DRAFTS])
    asked = say(AskCheckQuestion(), "start_check/pay", language=lang, slots={"check": "pay"})
    question = next(message for message in asked.messages if "text" in message)
    assert question["lang"] == asked_in
    assert check_words("pay", lang).intro[:20] in question["text"]
    assert phrase("button_check_skip", asked_in) == question["buttons"][-1]["title"]
    unread = asked_in != "en"
    assert question["text"].count(phrase("not_reviewed", asked_in)) == unread


@pytest.mark.parametrize("form", ["short", "long"])
def test_what_a_check_finds_says_once_that_no_speaker_has_read_its_words(form: Form) -> None:
    draft = Draft("pay", {"work": "volunteer"})
    found = ending_messages(CHECKS["pay"], draft, DONE, Turn("", language=WITH, form=form))
    assert {message.lang for message in found} == {WITH}
    assert "".join(message.text for message in found).count(phrase("not_reviewed", WITH)) == 1
    english = ending_messages(CHECKS["pay"], draft, DONE, Turn("", form=form))
    assert phrase("not_reviewed") not in "".join(message.text for message in english)


def test_the_apology_is_in_the_language_too() -> None:
    class Broken(CalmAction):
        rasa_name = "action_broken"

        def reply(self, turn: Turn) -> Reply:
            raise RuntimeError

    said = say(Broken(), "thank", language=WITH)
    assert said.words.startswith(phrase("apology", WITH))
    assert langs(said.messages) == [WITH]
