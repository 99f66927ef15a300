"""The rules that protect a worker whose phone somebody else reads, each with its test.

Late replies are in test_sending.py, silence in tests/conversations/silence.yml and sharing.yml, deletion in privacy/.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import yaml
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from knowledge import gsm7, safety
from knowledge.contacts import contact
from knowledge.files import ROOT
from knowledge.phrases import phrase, phrase_keys
from tests.webhook.parts import DANGER, STRONG_SIGN, Chat, PlayedRasa, post_sms
from tests.webhook.twilio_server import Twilio
from webhook import answering, sending
from webhook.cases import service as cases
from webhook.conversations.models import Alert, Message
from webhook.database import utc_now
from webhook.gateway import Gateway

OPT_OUT_FILE = ROOT.parent / "deploy" / "twilio" / "advanced-opt-out.yml"
KEYWORDS = yaml.safe_load((ROOT / "keywords" / "en.yml").read_text("utf-8"))
TAUGHT = re.compile(
    r"\b(?:STOP|END|CANCEL|QUIT|YES)\b|\b(?:send|say|type|reply|text)\b[^.]{0,12}\"(?:stop|end|cancel|quit|yes)\""
)


def our_texts() -> dict[str, str]:
    """Every short text and every safety word that a worker may read."""
    words = safety.words("en")
    said = {f"safety.{part}": "\n".join(getattr(words, part)) for part in ("first", "second", "high", "high_again")}
    return {**{key: phrase(key) for key in phrase_keys()}, **said}


def test_no_text_of_ours_teaches_a_word_that_cuts_the_worker_off() -> None:
    assert [key for key, text in our_texts().items() if TAUGHT.search(text)] == []
    answers = "\n".join(path.read_text("utf-8") for path in (ROOT / "answers" / "en").glob("*.yml"))
    assert TAUGHT.findall(answers) == []


def test_a_choice_button_is_no_word_that_cuts_the_worker_off() -> None:
    buttons = [text.casefold() for key, text in our_texts().items() if key.startswith("button_")]
    stops = {word.casefold() for word in KEYWORDS["stop"]}
    assert [text for text in buttons if text in stops] == []


def test_a_number_takes_every_yes_and_no_on_a_phone(client: TestClient, gateway: Gateway, twilio: Twilio) -> None:
    post_sms(client, "SM1", "i paid a fee")
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert "1. Yes\n2. No\n3. Skip" in twilio.bodies()[-1]


@pytest.mark.parametrize("text", [f"stop {STRONG_SIGN}", f"{STRONG_SIGN} help", f"please stop it {DANGER}"])
def test_a_keyword_inside_a_message_is_none_and_the_danger_is_seen(
    client: TestClient, gateway: Gateway, twilio: Twilio, text: str
) -> None:
    post_sms(client, "SM1", text)
    answering.drain(gateway)
    answering.answer_waiting(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Alert.opted_out)).all() == [False]


@pytest.mark.parametrize("text", [DANGER, STRONG_SIGN])
def test_after_stop_nothing_is_sent_but_danger_still_reaches_shop_marked_as_opted_out(
    client: TestClient, gateway: Gateway, twilio: Twilio, text: str
) -> None:
    post_sms(client, "SM1", "STOP")
    answering.answer_waiting(gateway)
    answer = post_sms(client, "SM2", text)
    answering.drain(gateway)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert "<Message>" not in answer.text
    assert twilio.sent == []
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Alert.opted_out)).all() == [True]


def test_words_for_danger_that_are_late_are_not_pushed_with_their_content(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    post_sms(client, "SM1", STRONG_SIGN)
    with gateway.database.unit_of_work() as db:
        db.execute(update(Message).values(received_at=utc_now() - timedelta(minutes=6)))
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert twilio.bodies() == ["You have a reply. Send 1 to read it."]


def test_a_greeting_after_a_silence_names_nothing_of_before(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    rasa.down = True
    chat.say(STRONG_SIGN)
    rasa.down = False
    with gateway.database.unit_of_work() as db:
        db.execute(update(Message).values(received_at=utc_now() - timedelta(minutes=16)))
    chat.say("hello")
    assert [asked["intent"] for asked in rasa.asked] == [None]


def test_coming_back_by_the_words_tells_nothing_of_before() -> None:
    said = phrase("return_welcome")
    for word in ("SHOP", "police", "danger", "Helpline", "slavery", "safe"):
        assert word not in said


def test_without_a_plan_for_contact_it_is_known_that_there_is_none() -> None:
    assert cases.Identity(name="A").contact.is_empty
    assert not cases.SafeContact(time="on Sunday").is_empty


def test_safety_words_say_that_the_chat_cannot_call_and_what_to_do_about_the_phone() -> None:
    words = safety.words("en")
    assert "This chat cannot call for you." in words.first[0]
    assert "If somebody else reads your phone" in words.second[0]


def test_what_is_not_sure_is_not_claimed() -> None:
    """The Helpline's hours are not known, so a second line stands beside it."""
    assert contact("modern_slavery_helpline").hours is None
    for said in (safety.words("en").second[0], safety.words("en").high[0]):
        assert "If nobody answers" in said
        assert str(contact("salvation_army_slavery").number) in said


OPT_OUT = yaml.safe_load(OPT_OUT_FILE.read_text("utf-8"))


@pytest.mark.parametrize("lang", sorted(OPT_OUT))
def test_what_is_entered_at_twilio_has_the_words_the_service_knows_and_names_no_subject(lang: str) -> None:
    entry = OPT_OUT[lang]
    known = {
        "opt_out": KEYWORDS["stop"],
        "opt_in": [*KEYWORDS["start"], *KEYWORDS["start_when_stopped"]],
        "help": KEYWORDS["help"],
    }
    for part, words in known.items():
        assert {word.casefold() for word in entry[part]["keywords"]} >= {word.casefold() for word in words}
        assert gsm7.segments(entry[part]["reply"]) == 1
    for part in ("opt_out", "opt_in"):
        assert not re.search("care|SHOP|slavery|police|Sandwell|danger", entry[part]["reply"], re.IGNORECASE)
    assert entry["help"]["reply"].split("\n")[0] == contact("emergency").number
