"""What is switched off holds with the next message; words for danger are never switched off."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from knowledge.phrases import phrase
from tests.webhook.parts import CONCERNS, DANGER, STRONG_SIGN, Chat, PlayedRasa, post_sms
from tests.webhook.twilio_server import Twilio
from webhook import answering, sending, steps
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.conversations.models import Conversation
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.switches import service as switches
from webhook.switches.off import Off
from webhook.switches.service import Kind, NotSwitchable

QUESTION = "what is the minimum wage"
CALM = "You did nothing wrong."


def turn_off(database: Database, kind: Kind, value: str) -> None:
    with database.unit_of_work() as db:
        assert switches.turn_off(db=db, kind=kind, value=value)


def turn_on(database: Database, kind: Kind, value: str) -> None:
    with database.unit_of_work() as db:
        assert switches.turn_on(db=db, kind=kind, value=value)


def answer(topic: str | None, text: str = "At least £12.71 an hour.") -> dict[str, object]:
    return {"kind": "answer", "text": text, "topic": topic}


def texts(said: list[dict[str, object]]) -> str:
    return "\n".join(str(each["text"]) for each in said)


def test_a_channel_that_is_off_says_so_calmly_with_who_can_help_and_asks_no_dialogue(
    client: TestClient, database: Database, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    turn_off(database, Kind.CHANNEL, "web")
    asked = len(rasa.asked)
    said = chat.say(QUESTION)
    assert CALM in texts(said)
    assert "999" in texts(said)
    assert len(rasa.asked) == asked
    turn_on(database, Kind.CHANNEL, "web")
    assert "Answer to" in texts(chat.say(QUESTION))


def test_one_channel_off_leaves_the_others_on(
    client: TestClient, gateway: Gateway, database: Database, twilio: Twilio
) -> None:
    turn_off(database, Kind.CHANNEL, "sms")
    assert "Answer to" in texts(Chat(client).say(QUESTION))
    post_sms(client, "SM1", QUESTION)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert [CALM in body for body in twilio.bodies()] == [True]


@pytest.mark.parametrize("kind", list(Kind))
def test_emergency_words_and_the_alert_are_never_switched_off(
    client: TestClient, gateway: Gateway, database: Database, kind: Kind
) -> None:
    for value in switches.switchable()[kind]:
        turn_off(database, kind, value)
    said = Chat(client).say(DANGER)
    assert said[0]["kind"] == "safety"
    assert str(said[0]["text"]).startswith("999")
    answering.drain(gateway)
    cases.deliver_alerts(database=database, vault=gateway.vault)
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Case.level)).all() == ["emergency"]


@pytest.mark.parametrize("text", [DANGER, "HELP"])
def test_the_steps_give_emergency_words_before_they_look_at_any_switch(gateway: Gateway, text: str) -> None:
    off = Off(*(frozenset(switches.switchable()[kind]) for kind in Kind))
    context = steps.run(steps.Context(text, "web", known=steps.Known(language="hi", language_chosen=True, off=off)))
    assert [draft.kind for draft in context.drafts] == ["safety"] * len(context.drafts)
    assert context.drafts[0].text.startswith("999")
    assert context.drafts[0].lang == "hi"


def test_a_strong_sign_gets_its_words_and_the_choice_on_a_channel_that_is_off_and_no_answer(
    client: TestClient, database: Database, rasa: PlayedRasa
) -> None:
    turn_off(database, Kind.CHANNEL, "web")
    offer = {"kind": "choice", "text": "What shall we do?", "buttons": [{"title": "Share", "intent": "sharing/share"}]}
    rasa.by_intent["sharing/offer"] = {"messages": [offer], "keep": {"choice_open": True}}
    rasa.answer = {"messages": [answer(None, "Thank you.")], "keep": {"choice_open": False}}
    chat = Chat(client)
    said = chat.say(f"{STRONG_SIGN}, is that legal?")
    assert said[0]["kind"] == "safety"
    assert [asked["intent"] for asked in rasa.asked] == ["sharing/offer"]
    assert "What shall we do?" in texts(said)
    assert "Thank you." in texts(chat.say("1")), "the choice goes on to its end"
    assert CALM in texts(chat.say(QUESTION))


def test_stop_and_delete_work_on_a_channel_that_is_off(client: TestClient, database: Database) -> None:
    turn_off(database, Kind.CHANNEL, "web")
    assert any(each["buttons"] for each in Chat(client).say("DELETE"))


def test_of_a_topic_that_is_off_nothing_is_said_but_who_can_help(
    client: TestClient, database: Database, rasa: PlayedRasa
) -> None:
    rasa.answer = {"messages": [answer("minimum_wage"), answer("minimum_wage", "More of it.")], "keep": {}}
    chat = Chat(client)
    turn_off(database, Kind.TOPIC, "minimum_wage")
    said = texts(chat.say(QUESTION))
    assert "12.71" not in said
    assert "More of it." not in said
    assert said.count(CALM) == 1
    rasa.answer = {"messages": [answer("sick_pay", "You get sick pay.")], "keep": {}}
    assert "You get sick pay." in texts(chat.say("sick pay"))
    turn_on(database, Kind.TOPIC, "minimum_wage")
    rasa.answer = {"messages": [answer("minimum_wage")], "keep": {}}
    assert "12.71" in texts(chat.say(QUESTION))


def chat_in_a_language_that_is_off(client: TestClient, database: Database) -> Chat:
    turn_off(database, Kind.LANGUAGE, "hi")
    chat = Chat(client)
    with database.unit_of_work() as db:
        conversation = db.scalars(select(Conversation)).one()
        conversation.language, conversation.language_chosen = "hi", True
    return chat


def test_in_place_of_a_language_that_is_off_there_is_english_and_that_is_said_once(
    client: TestClient, database: Database, rasa: PlayedRasa
) -> None:
    chat = chat_in_a_language_that_is_off(client, database)
    first, second = texts(chat.say("न्यूनतम वेतन क्या है")), texts(chat.say("न्यूनतम वेतन क्या है"))
    assert [asked["metadata"]["language"] for asked in rasa.asked] == ["en", "en"]
    told = phrase("switched_off_language", "hi")
    assert told in first, "the one line that they can read"
    assert told not in second
    turn_on(database, Kind.LANGUAGE, "hi")
    chat.say("न्यूनतम वेतन क्या है")
    assert rasa.asked[-1]["metadata"]["language"] == "hi", "the conversation's own language was not changed"


def test_in_place_of_a_language_that_is_off_the_gentle_question_and_an_apology_are_english_too(
    client: TestClient, database: Database, rasa: PlayedRasa
) -> None:
    chat = chat_in_a_language_that_is_off(client, database)
    gentle = chat.say(f"{next(iter(CONCERNS))}, what is the minimum wage")[-1]
    assert (gentle["kind"], gentle["lang"]) == ("question", "en")
    assert gentle["buttons"][0]["title"] == phrase("button_affirm", "en")
    rasa.down = True
    assert [each["lang"] for each in chat.say(QUESTION)] == ["en"]


def test_only_what_there_is_can_be_switched_and_english_cannot(database: Database) -> None:
    for kind, value in ((Kind.LANGUAGE, "en"), (Kind.LANGUAGE, "xx"), (Kind.TOPIC, "nothing"), (Kind.CHANNEL, "fax")):
        with database.unit_of_work() as db, pytest.raises(NotSwitchable):
            switches.turn_off(db=db, kind=kind, value=value)
    turn_off(database, Kind.CHANNEL, "sms")
    with database.unit_of_work() as db:
        assert not switches.turn_off(db=db, kind=Kind.CHANNEL, value="sms")
    with database.unit_of_work() as db:
        assert switches.turn_on(db=db, kind=Kind.CHANNEL, value="sms")
        assert not switches.turn_on(db=db, kind=Kind.CHANNEL, value="sms")
