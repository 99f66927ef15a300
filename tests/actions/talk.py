"""Running an action as the action server does, without the server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.calm_action import CalmAction


@dataclass
class Said:
    """What an action said, what the conversation now remembers, and what the gateway is asked to keep."""

    messages: list[dict[str, Any]]
    slots: dict[str, Any]
    kept: dict[str, Any]

    @property
    def words(self) -> str:
        """Everything said."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def kinds(self) -> list[str]:
        """The kinds of the messages."""
        return [message["kind"] for message in self.messages]

    @property
    def intents(self) -> list[str]:
        """The intents behind the buttons."""
        return [button["intent"] for message in self.messages for button in message["buttons"]]


def say(
    action: CalmAction,
    intent: str,
    text: str = "",
    *,
    slots: dict[str, Any] | None = None,
    also: tuple[str, ...] = (),
    ranking: tuple[tuple[str, float], ...] | None = None,
    first_contact: bool = False,
    turns_before: int = 1,
    **metadata: Any,
) -> Said:
    """Run an action on one message. By default it is not a first contact, and not the first message of its session."""
    events: list[dict[str, Any]] = [{"event": "session_started"}]
    if not first_contact:
        events.append({"event": "slot", "name": "introduced", "value": True})
    events += [{"event": "user", "text": "before"}] * turns_before + [{"event": "user", "text": text}]
    family = intent.split("/")[0]
    message = {
        "text": text,
        "intent": {"name": family, "confidence": 1.0},
        "entities": [],
        "reading": {"ranking": [list(each) for each in ranking or ((intent, 1.0),)], "also": list(also)},
        "metadata": {"language": "en", "form": "long", **metadata},
    }
    tracker = Tracker("anna", slots or {}, message, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    changed = asyncio.run(action.run(dispatcher, tracker, {}))
    sent = [each["custom"] for each in dispatcher.messages]
    kept = {name: value for each in sent if "kind" not in each for name, value in each["keep"].items()}
    return Said([each for each in sent if "kind" in each], {event["name"]: event["value"] for event in changed}, kept)
