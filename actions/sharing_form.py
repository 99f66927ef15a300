"""The sharing choice as a Rasa form: beginning it, reading an answer, asking a step, and ending it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.calm_action import CalmAction, places
from actions.interrupted import answered_elsewhere
from actions.menu import sections_menu
from actions.reply import Button, Message, Reply
from actions.sharing import CHOICE, DONE, QUIET, STEPS, hear, next_step
from actions.sharing_words import ending, question
from actions.turn import Turn
from knowledge.phrases import phrase
from knowledge.sharing_words import SHARE

logger = logging.getLogger(__name__)

FORM = "sharing_form"
_REQUESTED = "requested_slot"
_ASKED_FOR = ("offer", "choose", "choose/share")
"""What takes the choice up; its other intents are answers, which mean nothing when it is not under way."""


class BeginSharingAction(CalmAction):
    """ "sharing/offer" by the gateway, "sharing/choose" when the worker asks for it"""

    rasa_name = "action_sharing_begin"

    def reply(self, turn: Turn) -> Reply:
        """A fresh choice, or the one that was left. An answer that comes when nothing is asked gets a greeting."""
        fresh: dict[str, Any] = {**dict.fromkeys(STEPS), "sharing_end": None}
        if turn.about not in _ASKED_FOR:
            return Reply([sections_menu(turn.language, "greeting_after_silence")], {"sharing_end": QUIET})
        before = {} if turn.about == "offer" else dict(turn.draft_before)
        if turn.about == "choose/share" and before.get(CHOICE) != SHARE:
            before = {CHOICE: SHARE}
        return Reply([], {**fresh, **before})


class ReadSharingAnswer(Action):  # type: ignore[misc]
    """Rasa's hook that reads an answer. It says nothing itself; no answer lets Rasa answer what else was meant."""

    def name(self) -> str:
        """The name Rasa looks for."""
        return f"validate_{FORM}"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        """The slots that change, and which is asked for next; none when the message is about something else."""
        try:
            return self._read(tracker)
        except Exception as error:  # noqa: BLE001 - the worker must not be held in a form that is broken
            logger.error("%s failed: %s", self.name(), places(error))
            return [SlotSet("sharing_end", QUIET), SlotSet(_REQUESTED, None)]

    def _read(self, tracker: Any) -> list[dict[str, Any]]:
        turn = Turn.read(tracker)
        step = tracker.slots.get(_REQUESTED)
        if step not in STEPS:  # it has just begun
            return _events({}, turn, turn.choice_ended)
        if answered_elsewhere(tracker, FORM):
            # The choice itself is not asked twice; a question of who has chosen to share is asked again.
            return _events({}, turn, QUIET if step == CHOICE else None)
        heard = hear(step, turn)
        return [] if heard.elsewhere else _events(dict(heard.slots), turn, heard.end)


def _events(changed: dict[str, str | None], turn: Turn, end: str | None) -> list[dict[str, Any]]:
    draft = {name: value for name, value in {**turn.draft, **changed}.items() if value is not None}
    following = None if end else next_step(draft)
    events = [SlotSet(name, value) for name, value in changed.items()]
    return [
        *events,
        SlotSet("sharing_end", end or (None if following else DONE)),
        SlotSet(_REQUESTED, following),
    ]


def _asking(step: str) -> type[CalmAction]:
    """The action that asks one step, under the name by which Rasa looks for it."""

    def reply(self: CalmAction, turn: Turn) -> Reply:
        return question(step, turn)

    return type(f"Ask_{step}", (CalmAction,), {"reply": reply, "rasa_name": f"action_ask_{step}"})


ASKING = tuple(_asking(step) for step in STEPS)


class EndSharingAction(CalmAction):
    """After the form: the words of its end, and what the gateway writes down"""

    rasa_name = "action_sharing_end"

    def reply(self, turn: Turn) -> Reply:
        """The words; nothing when something else was asked and answered. A check that waits may be gone on with."""
        reply = ending(turn)
        if not reply.messages or turn.check not in turn.checks:
            return reply
        buttons = [Button(phrase("button_check_go_on", turn.language), "check/go_on")]
        waits = Message("choice", phrase("check_after_choice", turn.language), turn.language, buttons=buttons)
        return replace(reply, messages=[*reply.messages, waits])
