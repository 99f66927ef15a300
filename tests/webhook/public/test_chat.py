"""The web chat over its addresses."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from knowledge.phrases import phrase
from tests.webhook.parts import DANGER, Chat, PlayedRasa
from webhook import upkeep
from webhook.conversations.models import Alert, Conversation, Message
from webhook.gateway import Gateway


def rows(gateway: Gateway, table: type = Message) -> int:
    with gateway.database.unit_of_work(read_only=True) as db:
        return db.scalars(select(func.count()).select_from(table)).one()


def test_a_session_begins_with_who_we_are_and_999(client: TestClient) -> None:
    chat = Chat(client)
    words = " ".join(message["text"] for message in chat.welcome)
    assert "999" in words
    assert {message["kind"] for message in chat.welcome} == {"notice"}


def test_a_question_is_answered_in_the_shape_of_the_contract(client: TestClient, rasa: PlayedRasa) -> None:
    rasa.answer = {
        "messages": [
            {
                "kind": "answer",
                "text": "At least that much.",
                "lang": "en",
                "dir": "ltr",
                "topic": "minimum_wage",
                "buttons": [{"title": "Deductions", "intent": "ask/deductions"}],
            }
        ],
        "keep": {},
    }
    (message,) = Chat(client).say("what is the minimum wage", "c1")
    assert set(message) == {"id", "from", "kind", "text", "lang", "dir", "topic", "buttons"}
    assert (message["from"], message["kind"], message["topic"]) == ("service", "answer", "minimum_wage")
    (button,) = message["buttons"]
    assert set(button) == {"title", "payload"}
    assert "ask/" not in json.dumps(message)


@pytest.mark.parametrize("by", ["payload", "number"])
def test_a_choice_is_taken_by_its_payload_or_its_number(client: TestClient, rasa: PlayedRasa, by: str) -> None:
    rasa.answer = {
        "messages": [{"kind": "menu", "text": "Which", "buttons": [{"title": "Pay", "intent": "ask/minimum_wage"}]}]
    }
    chat = Chat(client)
    (message,) = chat.say("menu")
    chat.say(message["buttons"][0]["payload"] if by == "payload" else "1")
    assert rasa.asked[-1]["intent"] == "ask/minimum_wage"
    assert rasa.asked[-1]["text"] == "Pay"


def test_a_payload_of_another_session_or_an_older_menu_is_only_text(client: TestClient, rasa: PlayedRasa) -> None:
    rasa.answer = {
        "messages": [{"kind": "menu", "text": "Which", "buttons": [{"title": "Pay", "intent": "ask/minimum_wage"}]}]
    }
    chat, other = Chat(client), Chat(client)
    payload = chat.say("menu")[0]["buttons"][0]["payload"]
    other.say("menu")
    other.say(payload)
    assert rasa.asked[-1]["intent"] is None
    chat.say("menu")
    chat.say(payload)
    assert rasa.asked[-1]["intent"] is None


def test_an_intent_cannot_be_sent_as_text(client: TestClient, rasa: PlayedRasa) -> None:
    Chat(client).say("/ask/minimum_wage")
    assert (rasa.asked[-1]["intent"], rasa.asked[-1]["text"]) == (None, "/ask/minimum_wage")


def test_the_same_client_id_gives_the_same_reply_and_asks_once(client: TestClient, rasa: PlayedRasa) -> None:
    chat = Chat(client)
    assert chat.say("hello", "c1") == chat.say("hello", "c1")
    assert len(rasa.asked) == 1


def test_ten_equal_messages_at_once_are_one_message(client: TestClient, rasa: PlayedRasa, gateway: Gateway) -> None:
    chat = Chat(client)
    started = threading.Barrier(10)

    def post(_: int) -> str:
        started.wait()
        return json.dumps(chat.say("hello", "c1"))

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(post, range(10)))) == 1
    assert len(rasa.asked) == 1
    assert rows(gateway) == 2


def test_the_conversation_can_be_read_again_from_any_point(client: TestClient) -> None:
    chat = Chat(client)
    first = chat.say("one")[0]["id"]
    chat.say("two")
    assert [m["text"] for m in chat.all()] == ["one", "Answer to one", "two", "Answer to two"]
    assert [m["from"] for m in chat.all(first)] == ["worker", "service"]


def test_a_place_in_the_conversation_that_is_no_name_of_ours_gives_all_of_it(client: TestClient) -> None:
    chat = Chat(client)
    chat.say("one")
    for nothing in ("\0", "%", "0" * 64):
        assert [m["text"] for m in chat.all(nothing)] == ["one", "Answer to one"]


def test_one_session_does_not_read_another(client: TestClient) -> None:
    chat, other = Chat(client), Chat(client)
    uid = chat.say("my secret")[0]["id"]
    assert other.all() == []
    assert other.all(uid) == []


@pytest.mark.parametrize("token", ["", "forged", "x" * 60, "é", "a.b.c"])
def test_a_forged_session_gets_401(client: TestClient, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode()}
    for response in (
        client.post("/chat/messages", json={"text": "hi"}, headers=headers),
        client.get("/chat/messages", headers=headers),
        client.get("/chat/events", headers=headers),
        client.delete("/chat/sessions/current", headers=headers),
    ):
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "no_session"


def test_without_a_session_there_is_401(client: TestClient) -> None:
    assert client.post("/chat/messages", json={"text": "hi"}).status_code == 401


def test_an_ended_session_opens_nothing(client: TestClient) -> None:
    chat = Chat(client)
    chat.say("hello")
    assert client.delete("/chat/sessions/current", headers=chat.headers).status_code == 204
    assert chat.post("hello again").status_code == 401
    assert client.get("/chat/messages", headers=chat.headers).status_code == 401
    assert client.delete("/chat/sessions/current", headers=chat.headers).status_code == 401


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"", 422),
        (b"\xff\xfe", 400),
        (b"[]", 422),
        (b'{"text": 5}', 422),
        (b'{"text": null}', 422),
        (b'{"client_id": "a"}', 422),
        (b'{"text": "a", "client_id": 7}', 422),
        (b'{"text": "a", "client_id": ""}', 422),
    ],
)
def test_broken_bodies_get_a_calm_4xx_that_repeats_nothing(client: TestClient, content: bytes, status: int) -> None:
    headers = {**Chat(client).headers, "Content-Type": "application/json"}
    response = client.post("/chat/messages", content=content, headers=headers)
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    assert set(response.json()["error"]) == {"code", "message"}


@pytest.mark.parametrize("said", ["", "  \n ", "😀", "\u0000\u0007", "...", "\u202e"])
def test_messages_without_words_get_a_calm_reply(client: TestClient, rasa: PlayedRasa, said: str) -> None:
    (message,) = Chat(client).say(said)
    assert message["kind"] == "notice"
    assert rasa.asked == []


def test_half_a_character_is_no_word(client: TestClient) -> None:
    headers = {**Chat(client).headers, "Content-Type": "application/json"}
    body = b'{"text": "\\ud800"}'
    assert client.post("/chat/messages", content=body, headers=headers).json()["messages"][0]["kind"] == "notice"


def test_control_characters_do_not_reach_the_dialogue(client: TestClient, rasa: PlayedRasa) -> None:
    Chat(client).say("what\u0000 is\u0008 my pay\r\nthen")
    assert rasa.asked[0]["text"] == "what is my pay\nthen"


def test_100_kb_get_413_also_without_a_length(client: TestClient) -> None:
    headers = Chat(client).headers
    big = json.dumps({"text": "a" * 100_000}).encode()
    assert client.post("/chat/messages", content=big, headers=headers).status_code == 413
    chunks = (big[i : i + 1000] for i in range(0, len(big), 1000))
    response = client.post("/chat/messages", content=chunks, headers=headers)
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


def test_a_text_over_the_bound_gets_422_and_one_at_the_bound_an_answer(client: TestClient) -> None:
    chat = Chat(client)
    assert chat.post("a" * 4001).status_code == 422
    assert chat.post("क" * 4000).status_code == 200


def test_danger_in_a_text_over_the_bound_is_still_heard(client: TestClient) -> None:
    assert Chat(client).say(DANGER + " a" * 3000)[0]["text"].startswith("999\n")


def test_danger_gets_999_first_and_is_kept_with_its_alert(
    client: TestClient, rasa: PlayedRasa, gateway: Gateway
) -> None:
    chat = Chat(client)
    messages = chat.say(f"please help {DANGER}", "c1")
    assert messages[0]["text"].startswith("999\n")
    assert messages[0]["kind"] == "safety"
    assert rasa.asked == []
    assert rows(gateway, Alert) == 1
    assert [m["id"] for m in chat.all()][1:] == [m["id"] for m in messages]
    assert chat.say(f"please help {DANGER}", "c1") == messages
    assert rows(gateway, Alert) == 1


def test_on_the_web_stop_is_a_word_for_the_dialogue(client: TestClient, rasa: PlayedRasa) -> None:
    Chat(client).say("stop")
    assert rasa.asked[0]["text"] == "stop"


def test_delete_asks_and_then_erases_everywhere(client: TestClient, gateway: Gateway, rasa: PlayedRasa) -> None:
    chat = Chat(client)
    chat.say("my name is Secret")
    (question,) = chat.say("DELETE")
    assert [b["title"] for b in question["buttons"]] == ["Delete", "Keep"]
    (farewell,) = chat.say("1")
    assert farewell["kind"] == "notice"
    upkeep.run_erasures(gateway)
    assert rows(gateway) == 0
    assert rows(gateway, Conversation) == 0
    assert len(rasa.forgotten) == 1


def test_keeping_after_delete_was_asked_erases_nothing(client: TestClient, gateway: Gateway) -> None:
    chat = Chat(client)
    chat.say("DELETE")
    chat.say("2")
    chat.say("hello")
    assert upkeep.run_erasures(gateway) == {"done": 0, "waiting": 0}
    assert len(chat.all()) == 6


def test_the_language_the_dialogue_set_is_kept(client: TestClient, rasa: PlayedRasa) -> None:
    chat = Chat(client)
    rasa.answer = {"messages": [{"kind": "notice", "text": "ठीक है"}], "keep": {"language": "hi"}}
    chat.say("hindi please")
    rasa.answer = None
    chat.say("what is the minimum wage please")
    assert rasa.asked[-1]["metadata"]["language"] == "hi"


def test_every_answer_leaves_no_trace(client: TestClient) -> None:
    for response in (
        client.get("/"),
        client.post("/chat/sessions"),
        client.get("/nowhere"),
        client.get("/static/chat.js"),
    ):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert "set-cookie" not in response.headers


def test_other_origins_are_not_let_in(client: TestClient) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    response = client.options("/chat/messages", headers=asked)
    assert "access-control-allow-origin" not in response.headers


def test_events_bring_what_is_new(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from webhook.public import chat as chat_addresses

    monkeypatch.setattr(chat_addresses, "EVENTS_SECONDS", 0.2)
    monkeypatch.setattr(chat_addresses, "LOOK_SECONDS", 0.1)
    chat = Chat(client)
    chat.say("hello")
    response = client.get("/chat/events", headers=chat.headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    data = [json.loads(line[6:]) for line in response.text.splitlines() if line.startswith("data: ")]
    assert [message["text"] for message in data] == ["hello", "Answer to hello"]


def test_the_language_of_the_page_greets_and_one_that_is_chosen_stays(client: TestClient, rasa: PlayedRasa) -> None:
    opened = client.post("/chat/sessions", json={"language": "hi"}).json()
    assert {message["lang"] for message in opened["messages"]} == {"hi"}
    headers = {"Authorization": f"Bearer {opened['session']}"}
    address = "/chat/sessions/current/language"
    assert client.put(address, json={"language": "ro"}, headers=headers).status_code == 204
    client.post("/chat/messages", json={"text": "what is the minimum wage please"}, headers=headers)
    assert rasa.asked[-1]["metadata"]["language"] == "ro"
    assert client.put(address, json={"language": "xx"}, headers=headers).status_code == 422
    assert client.put(address, json={"language": "ro"}).status_code == 401
    unknown = client.post("/chat/sessions", json={"language": "xx"}).json()
    assert {message["lang"] for message in unknown["messages"]} == {"en"}


def test_a_page_that_goes_away_ends_the_session_by_a_post_of_its_token(client: TestClient) -> None:
    chat = Chat(client)
    address = "/chat/sessions/current/end"
    assert client.post(address, content=chat.session.encode()).status_code == 204
    assert chat.post("hello").status_code == 401
    for wrong in (b"", b"x", chat.session.encode(), "é".encode()):
        assert client.post(address, content=wrong).status_code == 401


def test_an_error_is_told_in_the_language_that_the_page_asks_for_and_else_in_english(client: TestClient) -> None:
    def told(wished: str) -> str:
        refused = client.post("/chat/messages", json={"text": "hello"}, headers={"Accept-Language": wished})
        assert refused.json()["error"]["code"] == "no_session"
        return str(refused.json()["error"]["message"])

    assert [told(lang) for lang in ("hi", "ml")] == [phrase("session_over", lang) for lang in ("hi", "ml")]
    assert told("xx") == told("") == phrase("session_over", "en")
