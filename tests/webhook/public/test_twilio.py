"""Twilio's webhooks, the worker behind them, and what goes out by Twilio's REST interface."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from tests.webhook.parts import (
    BASE,
    DANGER,
    NUMBER,
    OURS,
    CountedJobs,
    PlayedRasa,
    post_sms,
    signed,
    sms,
    without_database,
    work,
)
from tests.webhook.twilio_server import SECOND_TOKEN, TOKEN, Twilio
from webhook.channels import sms_text
from webhook.conversations.models import Alert, Conversation, Message
from webhook.gateway import Gateway
from webhook.public.app import create_app

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response />'


def said(xml: str) -> list[str]:
    return [unescape(text) for text in re.findall("<Message>(.*?)</Message>", xml, re.S)]


def count(gateway: Gateway, table: type = Message, direction: str | None = None) -> int:
    query = select(func.count()).select_from(table)
    if direction:
        query = query.where(Message.direction == direction)
    with gateway.database.unit_of_work(read_only=True) as db:
        return db.scalars(query).one()


def test_a_question_gets_an_empty_answer_and_the_reply_by_rest(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    response = post_sms(client, "SM1", "what is the minimum wage")
    assert (response.status_code, response.text) == (200, EMPTY)
    assert response.headers["content-type"].startswith("application/xml")
    assert isinstance(gateway.jobs, CountedJobs)
    assert gateway.jobs.nudges == ["answer"]
    work(gateway)
    assert [(m["To"], m["From"], m["Body"]) for m in twilio.sent] == [
        (NUMBER, OURS, "Answer to what is the minimum wage")
    ]
    assert twilio.sent[0]["StatusCallback"] == f"{BASE}/twilio/status"
    work(gateway)
    assert len(twilio.sent) == 1


def test_whatsapp_is_answered_on_whatsapp_and_is_another_conversation(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    post_sms(client, "SM1", "one")
    post_sms(client, "SM2", "two", number=f"whatsapp:{NUMBER}")
    work(gateway)
    assert sorted(m["To"] for m in twilio.sent) == [NUMBER, f"whatsapp:{NUMBER}"]
    assert len({asked["sender"] for asked in rasa.asked}) == 2
    assert not any(NUMBER[1:] in asked["sender"] for asked in rasa.asked)


@pytest.mark.parametrize("path", ["/twilio/messages", "/twilio/messages/", "/twilio/fallback"])
def test_every_way_in_keeps_the_same_message_once(
    client: TestClient, gateway: Gateway, twilio: Twilio, path: str
) -> None:
    assert post_sms(client, "SM1", "hello", path).text == EMPTY
    assert post_sms(client, "SM1", "hello").text == EMPTY
    work(gateway)
    assert len(twilio.sent) == 1


def test_ten_equal_signed_posts_at_once_are_one_message_and_one_reply(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    started = threading.Barrier(10)

    def post(_: int) -> int:
        started.wait()
        return post_sms(client, "SM1", "what is the minimum wage").status_code

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(post, range(10))) == [200] * 10
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: work(gateway), range(4)))
    work(gateway)
    assert count(gateway, direction="in") == 1
    assert len(rasa.asked) == 1
    assert twilio.bodies() == ["Answer to what is the minimum wage"]


def test_an_unsigned_or_altered_post_gets_403_and_changes_nothing(client: TestClient, gateway: Gateway) -> None:
    fields = sms("SM1", "hello")
    for path in ("/twilio/messages", "/twilio/fallback", "/twilio/status"):
        for headers, sent in (
            ({}, fields),
            ({"X-Twilio-Signature": "forged"}, fields),
            (signed(fields, path), {**fields, "Body": "other"}),
            (signed(fields, path), {**fields, "More": "1"}),
            (signed(fields, "/twilio/other"), fields),
            (signed(fields, path, token="another token"), fields),
        ):
            response = client.post(path, data=sent, headers=headers)
            assert response.status_code == 403
            assert set(response.json()) == {"error"}
    assert count(gateway) == 0
    assert count(gateway, Conversation) == 0
    assert gateway.spool.is_empty()


def test_the_host_header_has_no_say_in_the_signature(client: TestClient) -> None:
    fields = sms("SM1", "hello")
    response = client.post("/twilio/messages", data=fields, headers={**signed(fields), "Host": "evil.example"})
    assert response.status_code == 200


@pytest.mark.parametrize("token", [TOKEN, SECOND_TOKEN])
def test_both_tokens_are_good_while_one_is_replaced(client: TestClient, token: str) -> None:
    fields = sms("SM1", "hello")
    assert client.post("/twilio/messages", data=fields, headers=signed(fields, token=token)).status_code == 200


def test_without_credentials_the_channel_is_off_and_the_service_runs(gateway: Gateway) -> None:
    settings = gateway.settings.model_copy(update={"twilio_auth_token": None, "twilio_auth_token_next": None})
    client = TestClient(create_app(replace(gateway, settings=settings, twilio=None)))
    assert post_sms(client, "SM1", "hello").status_code == 403
    ready = client.get("/readyz").json()
    assert ready["channels"] == {"web": "on", "sms": "off", "whatsapp": "off"}
    assert client.post("/chat/sessions").status_code == 201


def test_danger_gets_999_in_the_webhooks_own_answer_and_repeats_get_nothing(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    words = said(post_sms(client, "SM1", f"help {DANGER}").text)
    assert words[0].split("\n")[0] == "999"
    assert sms_text.segments(words[0]) <= 3
    assert said(post_sms(client, "SM1", f"help {DANGER}").text) == []
    work(gateway)
    assert twilio.sent == []
    assert count(gateway, Alert) == 1
    assert count(gateway, direction="in") == 1
    assert count(gateway, direction="out") == len(words)


def test_danger_with_everything_down_gets_999_and_one_alert_later(gateway: Gateway, rasa: PlayedRasa) -> None:
    rasa.down = True
    client = TestClient(create_app(without_database(gateway)))
    assert said(post_sms(client, "SM1", DANGER).text)[0].startswith("999\n")
    assert said(post_sms(client, "SM1", DANGER).text) == []
    work(gateway)
    work(gateway)
    assert count(gateway, Alert) == 1


def test_2_after_the_safety_words_brings_the_second_message(
    client: TestClient, gateway: Gateway, twilio: Twilio
) -> None:
    first = said(post_sms(client, "SM1", DANGER).text)
    work(gateway)
    post_sms(client, "SM2", "2")
    work(gateway)
    (second,) = twilio.bodies()
    assert second.startswith("999\n")
    assert second not in first


def test_after_stop_nothing_is_sent_and_an_emergency_still_raises_its_alert(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    for sid, text in (("SM1", "STOP"), ("SM2", "what is the minimum wage"), ("SM3", "HELP")):
        post_sms(client, sid, text)
        work(gateway)
    assert twilio.sent == []
    assert said(post_sms(client, "SM4", DANGER).text) == []
    work(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert [alert.opted_out for alert in db.scalars(select(Alert))] == [True]
    post_sms(client, "SM5", "yes")
    post_sms(client, "SM6", "what is the minimum wage")
    work(gateway)
    work(gateway)
    assert [asked["intent"] for asked in rasa.asked] == [None, "sharing/offer"]
    assert len(twilio.sent) == 3


def test_stop_holds_on_one_channel_only(client: TestClient, gateway: Gateway, twilio: Twilio) -> None:
    post_sms(client, "SM1", "STOP")
    post_sms(client, "SM2", "hello", number=f"whatsapp:{NUMBER}")
    work(gateway)
    assert [m["To"] for m in twilio.sent] == [f"whatsapp:{NUMBER}"]


def test_a_choice_is_a_number_on_a_phone(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    rasa.answer = {
        "messages": [
            {"kind": "answer", "text": "First", "buttons": [{"title": "Pay", "intent": "ask/minimum_wage"}]},
            {"kind": "menu", "text": "Second", "buttons": [{"title": "Leave", "intent": "ask/annual_leave"}]},
        ]
    }
    post_sms(client, "SM1", "menu")
    work(gateway)
    assert twilio.bodies() == ["First\n1. Pay", "Second\n2. Leave"]
    post_sms(client, "SM2", " 2. ")
    work(gateway)
    assert rasa.asked[-1]["intent"] == "ask/annual_leave"


def test_long_replies_go_out_in_order_and_within_the_limit(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    sentences = " ".join(f"Sentence number {n} about pay and hours." for n in range(120))
    rasa.answer = {"messages": [{"kind": "answer", "text": sentences}, {"kind": "notice", "text": "Last"}]}
    post_sms(client, "SM1", "tell me all")
    work(gateway)
    bodies = twilio.bodies()
    assert " ".join(bodies) == f"{sentences} Last"
    assert all(len(body) <= 1600 for body in bodies)


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"NumMedia": "1", "MediaContentType0": "audio/ogg"}, "voice"),
        ({"NumMedia": "1", "MediaContentType0": "image/jpeg"}, "pictures"),
        ({"NumMedia": "1", "MediaContentType0": "image/webp"}, "read"),
        ({"Latitude": "52.5", "Longitude": "-2.0"}, "read"),
    ],
)
def test_what_cannot_be_read_gets_a_kind_explanation(
    client: TestClient, gateway: Gateway, twilio: Twilio, more: dict[str, str], word: str
) -> None:
    fields = {**sms("SM1", ""), **more}
    client.post("/twilio/messages", data=fields, headers=signed(fields))
    work(gateway)
    assert word in twilio.bodies()[0]
    assert len(twilio.sent) == 1


@pytest.mark.parametrize("sender", ["HMRC", "60000", "", "whatsapp:", "+44 7700 900123", "client:someone"])
def test_a_sender_without_a_number_gets_nothing(client: TestClient, gateway: Gateway, sender: str) -> None:
    fields = {**sms("SM1", "hello"), "From": sender}
    response = client.post("/twilio/messages", data=fields, headers=signed(fields))
    assert response.status_code in (200, 400)
    assert count(gateway) == 0


@pytest.mark.parametrize("fields", [{}, {"Body": "hello"}, {"MessageSid": "SM1"}, {"From": NUMBER}])
def test_a_signed_post_that_is_no_message_gets_400(client: TestClient, fields: dict[str, str]) -> None:
    assert client.post("/twilio/messages", data=fields, headers=signed(fields)).status_code == 400


def test_without_the_database_a_message_is_kept_and_answered_later(gateway: Gateway, twilio: Twilio) -> None:
    client = TestClient(create_app(without_database(gateway)))
    for _ in range(3):
        assert post_sms(client, "SM1", "what is the minimum wage").text == EMPTY
    work(gateway)
    assert twilio.bodies() == ["Answer to what is the minimum wage"]


def test_without_database_and_disk_twilio_is_asked_to_send_again(gateway: Gateway) -> None:
    gateway.spool.journal.max_bytes = 0
    client = TestClient(create_app(without_database(gateway)))
    assert post_sms(client, "SM1", "hello").status_code == 503


def test_delete_erases_here_and_at_twilio_after_the_farewell(
    client: TestClient, gateway: Gateway, twilio: Twilio, rasa: PlayedRasa
) -> None:
    for sid, text in (("SM1", "my name is Secret"), ("SM2", "DELETE"), ("SM3", "1")):
        post_sms(client, sid, text)
        work(gateway)
    work(gateway)
    assert "30 days" in twilio.bodies()[-1]
    assert count(gateway) == 0
    assert count(gateway, Conversation) == 0
    assert {"SM1", "SM2", "SM3", *(m["sid"] for m in twilio.sent)} == set(twilio.deleted)
    assert len(rasa.forgotten) == 1
