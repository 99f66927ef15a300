"""The sharing choice as it is written down: with its exact words, taken back without a trace, and a way to return."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from knowledge import safety
from knowledge.phrases import phrase
from tests.webhook.cases.rooms import all_cases, everything
from tests.webhook.parts import CONCERNS, DANGER, STRONG_SIGN, Chat, PlayedRasa, post_sms
from tests.webhook.twilio_server import Twilio
from webhook import answering, sending, upkeep
from webhook.cases import service as cases
from webhook.cases.models import CaseChoice
from webhook.conversations import return_phrases, service
from webhook.conversations.models import Conversation, Message, ReturnPhrase
from webhook.database import utc_now
from webhook.gateway import Gateway

NAME, SAFE_WORD, MOBILE = "Ngozi Abara", "marigold", "07700 900777"
IDENTITY = {"way": "by a call", "where": MOBILE, "time": "on Sunday", "words": "", "safe_word": SAFE_WORD, "name": NAME}
TRACES = ("Ngozi", "Abara", SAFE_WORD, "900777", "900 777")


def message(kind: str, text: str, *buttons: tuple[str, str]) -> dict[str, Any]:
    return {"kind": kind, "text": text, "buttons": [{"title": title, "intent": intent} for title, intent in buttons]}


def preview() -> str:
    contact = {name: value for name, value in IDENTITY.items() if name != "name"}
    identity = cases.Identity(NAME, cases.SafeContact(**contact))
    return cases.choice_preview(choice=cases.Choice.SHARE, identity=identity).text


def decided(choice: str, identity: dict[str, str] | None = None, passed_on: str | None = None) -> dict[str, Any]:
    words = passed_on or cases.choice_preview(choice=cases.Choice(choice)).text
    sharing = {"choice": choice, "identity": identity or {}, "passed_on": words, "language": "en"}
    return {
        "messages": [message("notice", "SHOP can now read this.")],
        "keep": {"choice_open": False, "sharing": sharing},
    }


@pytest.fixture(autouse=True)
def scripted(rasa: PlayedRasa) -> PlayedRasa:
    """A dialogue that offers the choice and decides as its buttons say."""
    choices = [("Share", "sharing/pass_on"), ("Helpline", "sharing/helpline_only"), ("Anonymous", "sharing/anonymous")]
    rasa.by_intent = {
        "sharing/offer": {"messages": [message("choice", "You decide", *choices)], "keep": {"choice_open": True}},
        "sharing/pass_on": decided("share", IDENTITY, preview()),
        "sharing/helpline_only": decided("helpline_only"),
        "sharing/anonymous": decided("anonymous"),
    }
    return rasa


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [each["text"] for each in messages]


def test_a_strong_sign_opens_a_case_without_identity_and_offers_the_choice_once(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    assert texts(chat.say(STRONG_SIGN)) == [safety.words("en").high[0], "You decide"]
    (case,) = all_cases(gateway.database)
    assert (case.level, case.choice) == ("high", "none_yet")
    assert texts(chat.say(STRONG_SIGN))[0] == safety.words("en").high_again[0]
    assert len(all_cases(gateway.database)) == 1
    assert [asked["intent"] for asked in rasa.asked].count("sharing/offer") == 1


@pytest.mark.parametrize(("number", "choice"), [("1", "share"), ("2", "helpline_only"), ("3", "anonymous")])
def test_each_choice_is_recorded_with_its_exact_words_and_a_reference(
    client: TestClient, gateway: Gateway, number: str, choice: str
) -> None:
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    (reply,) = chat.say(number)
    (case,) = all_cases(gateway.database)
    assert case.choice == choice
    assert phrase("share_reference", reference=case.reference) in reply["text"]
    with gateway.database.unit_of_work(read_only=True) as db:
        row = cases.current_choice(db=db, case=case)
        assert row is not None
        record = cases.read_choice(vault=gateway.vault, row=row)
        conversation = db.scalars(select(Conversation)).one()
        kept = service.kept(vault=gateway.vault, conversation=conversation)
    shared = choice == "share"
    assert record.passed_on == (preview() if shared else cases.choice_preview(choice=cases.Choice(choice)).text)
    assert record.identity == (
        cases.Identity(NAME, cases.SafeContact(**{k: v for k, v in IDENTITY.items() if k != "name"}))
        if shared
        else cases.Identity()
    )
    assert "sharing" not in kept
    assert (kept["choice_offered"], kept["choice_open"]) == (True, False)


def test_the_dialogue_is_told_what_the_worker_may_know_of_the_case(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    chat.say("1")
    chat.say("my choice")
    (case,) = all_cases(gateway.database)
    assert rasa.asked[-1]["intent"] == "sharing/choose"
    assert rasa.asked[-1]["metadata"]["case"] == {"reference": case.reference, "choice": "share", "read": False}
    with gateway.database.unit_of_work() as db:
        cases.mark_opened(db=db, case=case, staff="7")
    chat.say("my choice")
    assert rasa.asked[-1]["metadata"]["case"]["read"] is True


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_taking_it_back_leaves_no_identity_in_any_table_nor_in_the_dialogue_nor_at_twilio(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa, twilio: Twilio, channel: str
) -> None:
    said = [STRONG_SIGN, f"my name is {NAME}", f"ring me on {MOBILE}, the word is {SAFE_WORD}"]
    if channel == "web":
        chat = Chat(client)
        for text in [*said, "my choice"]:
            chat.say(text)
        rasa.by_intent["sharing/choose"] = rasa.by_intent["sharing/pass_on"]
        chat.say("my choice")
        assert any(trace in everything(gateway.database, gateway.vault) for trace in TRACES)
        reply = texts(chat.say("take back"))
    else:
        rasa.by_intent["sharing/choose"] = rasa.by_intent["sharing/pass_on"]
        for place, text in enumerate([*said, "my choice", "TAKE BACK."]):
            post_sms(client, f"SM{place}", text)
            answering.answer_waiting(gateway)
            sending.send_waiting(gateway)
        reply = twilio.bodies()[-1:]
    assert phrase("share_taken_back") in reply[0]
    upkeep.run_erasures(gateway)
    found = everything(gateway.database, gateway.vault)
    assert [trace for trace in TRACES if trace.lower() in found.lower()] == []
    (case,) = all_cases(gateway.database)
    assert case.choice == "withdrawn"
    assert len(rasa.forgotten) == 1
    if channel == "sms":
        assert {"SM0", "SM1", "SM2"} <= set(twilio.deleted)
        assert phrase("delete_provider") in reply[0]


def asks_for_details(rasa: PlayedRasa, chat: Chat, *answers: str) -> None:
    """A choice in the middle of its questions: the dialogue names what tells who somebody is."""
    for place, answer in enumerate(answers, start=1):
        keep = {"choice_open": True, "withheld": list(answers[:place])}
        rasa.answer = {"messages": [message("choice", f"You said {answer}. And then?")], "keep": keep}
        chat.say(answer)
    rasa.answer = None


@pytest.mark.parametrize("end", ["left", "anonymous", "share"])
def test_what_was_answered_in_the_choice_is_in_no_transcript_whatever_is_chosen(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa, end: str
) -> None:
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    chat.say("my choice")
    asks_for_details(rasa, chat, SAFE_WORD, NAME)
    rasa.by_intent["sharing/choose"] = {
        "left": {"messages": [message("notice", "It is left for now.")], "keep": {"choice_open": False}},
        "anonymous": rasa.by_intent["sharing/anonymous"],
        "share": rasa.by_intent["sharing/pass_on"],
    }[end]
    chat.say("my choice")
    chat.say(f"sorry, {NAME.lower()} again here")
    (case,) = all_cases(gateway.database)
    with gateway.database.unit_of_work() as db:
        read = cases.transcript(db=db, vault=gateway.vault, case=case)
        kept = cases.keep_transcript(db=db, vault=gateway.vault, case=db.merge(case))
    for lines in (read, kept):
        text = "\n".join(line.text for line in lines).lower()
        assert STRONG_SIGN in text
        assert [trace for trace in (NAME, SAFE_WORD) if trace.lower() in text] == []


def test_taking_it_back_also_forgets_answers_that_were_changed_before(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    chat.say("my choice")
    asks_for_details(rasa, chat, "Adaeze Obi", NAME)
    rasa.by_intent["sharing/choose"] = rasa.by_intent["sharing/pass_on"]
    chat.say("my choice")
    chat.say("take back")
    upkeep.run_erasures(gateway)
    found = everything(gateway.database, gateway.vault).lower()
    assert [trace for trace in (*TRACES, "Adaeze") if trace.lower() in found] == []


def test_what_an_officer_has_read_is_said_truthfully_and_nothing_shared_is_too(
    client: TestClient, gateway: Gateway
) -> None:
    chat = Chat(client)
    assert texts(chat.say("take it back")) == [phrase("share_nothing_to_take_back")]
    chat.say(STRONG_SIGN)
    assert texts(chat.say("take it back")) == [phrase("share_nothing_to_take_back")]
    chat.say("my choice")
    chat.say("1")
    with gateway.database.unit_of_work() as db:
        (case,) = all_cases(gateway.database)
        cases.record_choice(db=db, vault=gateway.vault, case=case, choice=cases.Choice.SHARE)
        cases.mark_opened(db=db, case=case, staff="7")
    assert texts(chat.say("take back")) == [phrase("share_already_read")]


def test_a_decision_without_a_case_opens_one(client: TestClient, gateway: Gateway, rasa: PlayedRasa) -> None:
    rasa.by_intent["sharing/choose"] = rasa.by_intent["sharing/anonymous"]
    Chat(client).say("my choice")
    (case,) = all_cases(gateway.database)
    assert (case.why, case.choice, case.level) == ("person_asked", "anonymous", "none")


def test_asking_for_a_person_opens_a_case_at_any_level_tells_its_reference_and_offers_the_choice(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    rasa.answer = {"messages": [message("notice", "We told them.")], "keep": {"person_asked": True}}
    reply = Chat(client).say("can somebody call me")
    (case,) = all_cases(gateway.database)
    assert (case.why, case.level) == ("person_asked", "none")
    assert texts(reply) == [f"We told them.\n{phrase('share_reference', reference=case.reference)}", "You decide"]
    assert gateway.jobs.nudges.count("notify") == 1  # type: ignore[attr-defined]


def test_signs_of_concern_that_add_up_come_before_shop_with_the_earlier_ones(
    client: TestClient, gateway: Gateway
) -> None:
    chat = Chat(client)
    for words in CONCERNS:
        chat.say(words)
    (case,) = all_cases(gateway.database)
    with gateway.database.unit_of_work(read_only=True) as db:
        signs = cases.signs_of(db=db, vault=gateway.vault, case=case)
    assert {sign.sign for sign in signs} == set(CONCERNS.values())
    assert case.level == "high"


def test_what_is_kept_of_the_sum_is_encrypted(client: TestClient, gateway: Gateway) -> None:
    Chat(client).say(next(iter(CONCERNS)))
    with gateway.database.unit_of_work(read_only=True) as db:
        conversation = db.scalars(select(Conversation)).one()
        assert conversation.kept is not None
        assert b"illegal_fee" not in conversation.kept
        kept = service.kept(vault=gateway.vault, conversation=conversation)
    assert kept["risk"]["strong_concerns"] == ["illegal_fee"]


def test_a_joke_is_noted_on_the_case(client: TestClient, gateway: Gateway) -> None:
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    chat.say("sorry that was a joke")
    (case,) = all_cases(gateway.database)
    with gateway.database.unit_of_work(read_only=True) as db:
        acts = [event.act for event in cases.timeline(db=db, case=case)]
    assert cases.Act.JOKE_SAID in acts
    assert case.level == "high"


def test_after_a_silence_the_choice_is_not_offered_for_what_went_before(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    rasa.down = True
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    rasa.down = False
    with gateway.database.unit_of_work() as db:
        db.execute(update(Message).values(received_at=utc_now() - timedelta(minutes=20)))
    assert texts(chat.say("what is the minimum wage")) == ["Answer to what is the minimum wage"]
    assert texts(chat.say("and sick pay"))[-1] == "You decide"


def phrase_of(chat: Chat, rasa: PlayedRasa) -> str:
    """Have a way to come back given, and return its words."""
    button = message("choice", "You can come back", ("A way to come back", "gateway/return_phrase"))
    rasa.by_intent["sharing/choose"] = {"messages": [button], "keep": {}}
    payload = chat.say("my choice")[0]["buttons"][0]["payload"]
    shown = chat.say(payload)
    assert phrase("return_phrase_warning") in shown[0]["text"]
    return str(shown[1]["text"].removeprefix(phrase("return_phrase_is", words="")))


def come_back(client: TestClient, words: str) -> Chat:
    response = client.post("/chat/sessions", json={"phrase": words})
    assert response.status_code == 201, response.text
    chat = Chat(client)
    chat.session, chat.welcome = response.json()["session"], response.json()["messages"]
    return chat


def test_the_words_to_come_back_are_shown_once_and_only_a_slow_hash_is_kept(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    words = phrase_of(chat, rasa)
    assert len(words.split()) == return_phrases.COUNT
    assert words not in json.dumps(chat.all())
    assert words not in everything(gateway.database, gateway.vault)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(ReturnPhrase.phrase_hash)).one() == return_phrases.slow_hash(gateway.vault, words)


def test_the_words_open_replies_choice_and_deletion_and_close_the_session_before(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    before = Chat(client)
    before.say(STRONG_SIGN)
    words = phrase_of(before, rasa)
    chat = come_back(client, f"  {words.upper()}. ")
    assert texts(chat.welcome) == [phrase("return_welcome")]
    assert chat.all(chat.welcome[-1]["id"]) == []
    assert STRONG_SIGN in texts(chat.all())
    assert before.post("hello").status_code == 401
    chat.say("my choice")
    assert rasa.asked[-1]["metadata"]["case"]["choice"] == "none_yet"
    chat.say(DANGER)
    answering.drain(gateway)
    assert [case.level for case in all_cases(gateway.database)] == ["emergency"]
    chat.say("delete everything")
    chat.say("1")
    upkeep.run_erasures(gateway)
    assert client.post("/chat/sessions", json={"phrase": words}).status_code == 401


def test_coming_back_has_the_dialogue_forget_what_it_was_in_the_middle_of(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    words = phrase_of(chat, rasa)
    sender = rasa.asked[-1]["sender"]
    come_back(client, words)
    upkeep.run_erasures(gateway)
    assert rasa.forgotten == [sender]


@pytest.mark.parametrize("words", ["", "one two three", "x" * 300, "\x00", "é" * 20])
def test_words_that_open_nothing_are_refused_calmly(client: TestClient, words: str) -> None:
    response = client.post("/chat/sessions", json={"phrase": words})
    assert response.status_code in (401, 422)
    assert set(response.json()["error"]) == {"code", "message"}


def test_words_cannot_be_tried_many_times(client: TestClient) -> None:
    codes = [client.post("/chat/sessions", json={"phrase": f"try {n}"}).status_code for n in range(12)]
    assert codes[0] == 401
    assert codes[-1] == 429


def test_new_words_replace_the_ones_before(client: TestClient, gateway: Gateway, rasa: PlayedRasa) -> None:
    chat = Chat(client)
    first, second = phrase_of(chat, rasa), phrase_of(chat, rasa)
    assert client.post("/chat/sessions", json={"phrase": first}).status_code == 401
    come_back(client, second)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(CaseChoice)).all() == []
