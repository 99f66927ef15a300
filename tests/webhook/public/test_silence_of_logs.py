"""A canary sentence and number go through every path of the gateway; neither shows in a log, a metric or an error."""

from __future__ import annotations

import io

import pytest
from fastapi.testclient import TestClient

from tests.webhook.parts import DANGER, Chat, PlayedRasa, post_sms, sms, without_database
from tests.webhook.twilio_server import Refusal, Twilio
from tests.webhook.written_logs import CANARY_NUMBER
from webhook import answering, metrics_server, sending, upkeep
from webhook.gateway import Gateway
from webhook.public import chat as chat_addresses
from webhook.public.app import create_app

CANARY = "canarywords"


def test_no_path_tells_what_a_worker_said(
    gateway: Gateway, rasa: PlayedRasa, twilio: Twilio, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = ""
    for each in (gateway, without_database(gateway)):
        client = TestClient(create_app(each), raise_server_exceptions=False)
        for down in (False, True):
            rasa.down = down
            chat = Chat(client)
            for text in (CANARY, f"{CANARY} {DANGER}", f"{CANARY} " + "a" * 5000, "DELETE", "1"):
                chat.post(text)
            client.post("/chat/messages", content=f'{{"text": ["{CANARY}"]}}', headers=chat.headers)
            shown += client.get(f"/chat/messages?after={CANARY}").text
            for number, text in enumerate((CANARY, f"{CANARY} {DANGER}", "STOP", "START")):
                post_sms(client, f"SM{down}{number}", text, number=CANARY_NUMBER)
            shown += client.post("/twilio/messages", data=sms("SM9", CANARY, CANARY_NUMBER)).text
            twilio.refusals += [Refusal(400, 21211), Refusal(429, 20429), Refusal(400, 63016)]
            answering.drain(gateway)
            answering.answer_waiting(gateway)
            sending.send_waiting(gateway)
            upkeep.run_erasures(gateway)
    rasa.down = False
    rasa.answer = {"messages": [{"kind": CANARY, "text": CANARY}]}
    Chat(TestClient(create_app(gateway))).post(CANARY)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"{CANARY} {CANARY_NUMBER}")

    monkeypatch.setattr(answering.turns, "write", broken)
    (apology,) = Chat(TestClient(create_app(gateway))).say(CANARY)
    assert apology["kind"] == "error"
    monkeypatch.setattr(chat_addresses.web_chat, "hear", broken)
    failing = TestClient(create_app(gateway), raise_server_exceptions=False)
    response = Chat(failing).post(CANARY)
    assert response.status_code == 500
    shown += response.text
    logged = written.getvalue()
    assert "turn_failed" in logged
    assert "request_failed" in logged
    measured = metrics_server.page(gateway).decode() + metrics_server.page(without_database(gateway)).decode()
    assert "advice_risks_seen_total" in measured
    for place in (logged, shown, measured):
        assert CANARY not in place
        assert CANARY_NUMBER not in place
        assert CANARY_NUMBER[1:] not in place
