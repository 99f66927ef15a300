"""What the door read in a message is not read again for its answer, unless something else is asked of it."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.webhook.parts import Chat
from understanding.encoder import Encoder
from understanding.risk import Risk
from webhook import steps
from webhook.stepping import reading
from webhook.steps import Context, Known

QUESTION = "what is the minimum wage for a carer"


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is encoded."""
    found: list[str] = []
    real = Encoder.encode

    def noted(encoder: Encoder, texts: Any) -> Any:
        found.extend(texts)
        return real(encoder, texts)

    monkeypatch.setattr(Encoder, "encode", noted)
    return found


@pytest.fixture
def languages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every language in which danger is read."""
    found: list[str] = []
    real = reading.risks.assess

    def noted(text: str, *, language: str, **more: Any) -> Risk:
        found.append(language)
        return real(text, language=language, **more)

    monkeypatch.setattr(reading.risks, "assess", noted)
    return found


def at_the_door(text: str) -> Context:
    return steps.run(Context(text, "web", "p"), steps.AT_THE_DOOR)


def test_a_message_of_the_chat_is_encoded_and_read_once(
    client: TestClient, encoded: list[str], languages: list[str]
) -> None:
    chat = Chat(client)
    chat.say("hello there, good morning to you")
    encoded.clear()
    languages.clear()
    chat.say(QUESTION)
    assert encoded == [QUESTION]
    assert languages == ["en"]


def test_another_text_is_read_for_itself(encoded: list[str]) -> None:
    before = at_the_door(QUESTION).reading
    encoded.clear()
    context = Context("2", "web", "p", known=Known(said="two"), read_before=before)
    steps.run(context, steps.AT_THE_DOOR)
    assert encoded == ["two"]


def test_in_another_language_danger_is_read_again_from_the_same_vectors(
    encoded: list[str], languages: list[str]
) -> None:
    before = at_the_door("ok ok").reading
    encoded.clear()
    languages.clear()
    known = Known(language="hi", language_chosen=True)
    steps.run(Context("ok ok", "web", "p", known=known, read_before=before), steps.AT_THE_DOOR)
    assert encoded == []
    assert languages == ["hi"]


def test_what_failed_at_the_door_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(reading.risks, "assess", lambda *_, **__: 1 / 0)
        assert at_the_door(QUESTION).reading is None
    assert at_the_door(QUESTION).reading is not None
