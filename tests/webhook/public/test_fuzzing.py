"""Whatever is sent, nothing breaks: generated requests over the whole OpenAPI document, and generated conversations."""

from __future__ import annotations

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from tests.webhook.parts import DANGER, Chat, PlayedRasa, post_sms, signed
from webhook import answering, sending
from webhook.gateway import Gateway
from webhook.public import chat as chat_addresses
from webhook.public.app import create_app


@pytest.fixture
def app(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    monkeypatch.setattr(chat_addresses, "EVENTS_SECONDS", 0.01)
    monkeypatch.setattr(chat_addresses, "LOOK_SECONDS", 0.01)
    return create_app(gateway)


def test_no_request_over_the_openapi_document_gives_a_5xx(app: FastAPI) -> None:
    document = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) >= 10
    for operation in operations:

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def every_request(case: schemathesis.Case) -> None:
            headers = dict(Chat(TestClient(app)).headers)
            if case.path.startswith("/twilio/"):
                fields = case.body if isinstance(case.body, dict) else {}
                case.body = {str(name): str(value) for name, value in fields.items()}
                headers = signed(case.body, case.path)
            case.call_and_validate(headers=headers, checks=[not_a_server_error, response_schema_conformance])

        every_request()


said = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["STOP", "START", "HELP", "DELETE", "yes", "1", "2", "0", "menu", DANGER, "/greet", "@x", ""]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages=st.lists(st.tuples(said, st.booleans()), min_size=1, max_size=6))
def test_no_conversation_in_the_web_chat_breaks(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa, messages: list[tuple[str, bool]]
) -> None:
    chat = Chat(client)
    for text, down in messages:
        rasa.down = down
        response = chat.post(text)
        if response.status_code == 401:  # erased, as was ordered
            chat = Chat(client)
            response = chat.post(text)
        assert response.status_code == 200
        assert response.json()["messages"]
    rasa.down = False
    answering.answer_waiting(gateway)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages=st.lists(st.tuples(said, st.booleans(), st.sampled_from(["sms", "whatsapp"])), min_size=1, max_size=5))
def test_no_conversation_on_a_phone_breaks(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa, messages: list[tuple[str, bool, str]]
) -> None:
    for number, (text, down, channel) in enumerate(messages):
        rasa.down = down
        sender = "+447700900123" if channel == "sms" else "whatsapp:+447700900123"
        assert post_sms(client, f"SM{id(messages)}{number}", text, number=sender).status_code == 200
        answering.drain(gateway)
        answering.answer_waiting(gateway)
        sending.send_waiting(gateway)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(fields=st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=8))
def test_no_signed_form_breaks_the_webhooks(client: TestClient, fields: dict[str, str]) -> None:
    for path in ("/twilio/messages", "/twilio/status", "/twilio/fallback"):
        for sent in (fields, {"From": "+447700900123", "MessageSid": "SM1", "MessageStatus": "sent", **fields}):
            assert client.post(path, data=sent, headers=signed(sent, path)).status_code < 500


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=300))
def test_no_bytes_break_the_chat(client: TestClient, body: bytes) -> None:
    headers = {**Chat(client).headers, "Content-Type": "application/json"}
    assert client.post("/chat/messages", content=body, headers=headers).status_code < 500
    assert client.post("/twilio/messages", content=body).status_code == 403
