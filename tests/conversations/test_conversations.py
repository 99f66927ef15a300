"""Every written conversation, and every topic, through the real Rasa and the real action server."""

from __future__ import annotations

import pytest

from knowledge.topics import all_topics
from tests.conversations.harness import FOLDER, Conversation, conversations, play
from tests.conversations.servers import Servers

pytestmark = pytest.mark.whole_service
WRITTEN = [written for file in sorted(FOLDER.glob("*.yml")) for written in conversations(file.name)]


@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.name)
def test_the_conversation_goes_as_written(written: Conversation, servers: Servers) -> None:
    play(written, servers)


@pytest.mark.parametrize("form", ["short", "long"])
@pytest.mark.parametrize("topic", [topic.id for topic in all_topics()])
def test_every_topic_gets_its_answer(topic: str, form: str, servers: Servers) -> None:
    steps = [{"worker chooses": f"ask/{topic}"}, {"bot answers topic": topic}]
    play(Conversation(topic, steps, form), servers)
