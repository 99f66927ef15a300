"""What the steps do while a rights check is under way: its signs, danger in its middle, words that may be answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from knowledge import safety
from knowledge.phrases import phrase
from tests.webhook.cases.rooms import all_cases
from tests.webhook.parts import CONCERNS, DANGER, STRONG_SIGN, Chat, OneWordPatterns, PlayedRasa
from tests.webhook.test_danger_steps import OFFERED, Talk, run, said
from understanding import risk
from understanding.risk import RiskReader
from webhook.conversations import service
from webhook.conversations.models import Conversation
from webhook.gateway import Gateway
from webhook.keywords import Keyword, keyword
from webhook.stepping.talking import OFFER

WORDS = safety.words("en")
QUESTION = {"check_open": True, "check_waits": True}


@pytest.fixture(autouse=True, scope="module")
def few_words_of_danger() -> Iterator[None]:
    risk.use(RiskReader(OneWordPatterns()))
    yield
    risk.use(None)


def asking(*signs: str, **keep: Any) -> Talk:
    """A dialogue that asks a question of a check and tells the signs in its answers so far."""
    return Talk(kind="question", keep={**QUESTION, "signs_told": list(signs), **keep})


def test_a_strong_sign_told_in_a_check_gets_the_words_and_the_choice_and_the_question_waits() -> None:
    talk = asking("documents_held")
    context = run("Somebody keeps them", talk, check_open=True, intent="check/papers/somebody_keeps_them", said="3")
    assert said(context) == [*WORDS.high, OFFERED.text]
    assert (context.level, context.status) == ("high", "answered_high")
    assert [sign.id for sign in context.signs] == ["documents_held"]
    assert context.notes["risk"]["level"] == "high"
    assert talk.intents == ["check/papers/somebody_keeps_them", OFFER]


def test_an_emergency_told_in_a_check_gets_the_fixed_words_alone() -> None:
    talk = asking("violence_now", check_open=False)
    context = run("Somebody is hurting me", talk, check_open=True, intent="check/now/hurt_now", said="2")
    assert {draft.kind for draft in context.drafts} == {"safety"}
    assert context.drafts[0].text.split("\n")[0] == "999"
    assert (context.level, context.status) == ("emergency", "answered_emergency")


def test_after_an_emergency_told_in_a_check_the_next_message_does_not_answer_the_question_nobody_saw() -> None:
    assert run("x", asking("violence_now"), check_open=True, check_paused=True).notes["check_paused"] is True
    ended = run("x", asking("violence_now", check_open=False), check_open=True)
    assert "check_paused" not in ended.notes


def test_a_sign_that_was_told_before_brings_nothing_again() -> None:
    first = run("x", asking("documents_held"), check_open=True)
    again = run(
        "y", asking("documents_held"), check_open=True, level="high", risk=first.notes["risk"], choice_offered=True
    )
    assert said(again) == ["An answer"]
    assert again.signs == ()


def test_a_further_strong_sign_gets_one_line_and_the_next_question() -> None:
    first = run("x", asking("documents_held"), check_open=True)
    known = {"level": "high", "risk": first.notes["risk"], "high_words_given": True, "choice_offered": True}
    further = run("y", asking("documents_held", "threat_of_harm"), check_open=True, **known)
    assert said(further) == [WORDS.high_again[0], "An answer"]


def test_signs_of_concern_are_kept_and_three_strong_ones_together_are_high() -> None:
    one = run("x", asking("illegal_fee"), check_open=True)
    assert said(one) == ["An answer"]
    assert one.notes["risk"]["strong_concerns"] == ["illegal_fee"]
    talk = asking("illegal_fee", *list(CONCERNS.values())[1:])
    three = run("y", talk, check_open=True, level="concern", risk=one.notes["risk"])
    assert said(three)[: len(WORDS.high)] == list(WORDS.high)


def test_a_name_that_is_no_sign_is_left_out() -> None:
    assert said(run("x", asking("no_such_sign"), check_open=True)) == ["An answer"]


def test_after_an_emergency_in_the_middle_the_next_message_is_told_to_be_no_answer() -> None:
    talk = Talk()
    context = run(DANGER, talk, check_open=True)
    assert (talk.asked, context.notes["check_paused"]) == ([], True)
    following = run("I am out of there now", talk, check_open=True, check_paused=True)
    assert talk.asked[0].more["paused"] is True
    assert following.notes["check_paused"] is None
    run("12 hours", talk, check_open=True)
    assert "paused" not in talk.asked[1].more


def test_a_strong_sign_in_the_middle_of_a_check_is_no_answer_to_its_question() -> None:
    talk = Talk()
    context = run(STRONG_SIGN, talk, check_open=True)
    assert said(context) == [*WORDS.high, OFFERED.text]
    assert talk.intents == [OFFER]


def test_a_strong_sign_with_a_question_gets_the_answer_and_no_question_of_the_check() -> None:
    talk = Talk()
    context = run(f"{STRONG_SIGN}, is that legal?", talk, check_open=True)
    assert said(context) == [*WORDS.high, "An answer", OFFERED.text]
    assert talk.asked[0].more["hold"] is True


def test_a_further_strong_sign_in_the_words_of_an_answer_goes_on_to_the_check() -> None:
    talk = asking()
    context = run(STRONG_SIGN, talk, check_open=True, level="high", high_words_given=True, choice_offered=True)
    assert said(context) == [WORDS.high_again[0], "An answer"]


def test_share_is_an_answer_in_a_check_and_the_choice_outside_of_it() -> None:
    talk = asking()
    run("share", talk, check_open=True)
    run("share", talk)
    run("my choice", talk, check_open=True)
    assert talk.intents == [None, "sharing/choose/share", "sharing/choose"]


@pytest.mark.parametrize("text", ["go on", "Continue", "carry on."])
def test_go_on_takes_a_check_up_only_where_one_waits(text: str) -> None:
    talk = asking()
    assert keyword(text, "sms") is Keyword.GO_ON
    run(text, talk, check_waits=True)
    run(text, talk)
    assert talk.intents == ["check/go_on", None]


def test_no_gentle_question_is_put_below_the_question_of_a_check() -> None:
    context = run(next(iter(CONCERNS)), Talk(keep=QUESTION), check_open=True)
    assert said(context) == ["An answer"]


def test_signs_of_a_check_bring_the_conversation_before_shop(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    rasa.by_intent = {"sharing/offer": {"messages": [{"kind": "choice", "text": "You decide"}], "keep": {}}}
    rasa.answer = {
        "messages": [{"kind": "question", "text": "Next question"}],
        "keep": {**QUESTION, "signs_told": ["documents_held"]},
    }
    told = [each["text"] for each in Chat(client).say("They keep it")]
    assert told == [*WORDS.high, "You decide"]
    (case,) = all_cases(gateway.database)
    assert (case.level, case.choice) == ("high", "none_yet")


def test_after_danger_in_the_middle_the_dialogue_is_told_that_the_next_message_is_no_answer(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    rasa.answer = {"messages": [{"kind": "question", "text": "How many hours?"}], "keep": QUESTION}
    chat = Chat(client)
    chat.say("check my pay")
    assert chat.say(DANGER)[0]["text"].startswith("999\n")
    with gateway.database.unit_of_work() as db:
        conversation = db.scalars(select(Conversation)).one()
        service.keep(db=db, vault=gateway.vault, conversation=conversation, values={"choice_offered": True})
    chat.say("I am out of there, 5 minutes ago")
    chat.say("12 hours")
    assert [asked["metadata"].get("paused") for asked in rasa.asked] == [None, True, None]


def test_dates_come_as_a_file_when_they_are_asked_for_and_only_then(client: TestClient, rasa: PlayedRasa) -> None:
    chat = Chat(client)
    rasa.answer = {
        "messages": [{"kind": "answer", "text": "Dates", "buttons": [{"title": "File", "intent": "gateway/calendar"}]}],
        "keep": {"check_open": False, "calendar": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"},
    }
    (first,) = chat.say("my dates")
    assert "file" not in first
    (second,) = chat.say("1")
    assert second["text"] == phrase("check_heading_calendar")
    assert second["file"] == {
        "name": "dates.ics",
        "type": "text/calendar",
        "text": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    }
