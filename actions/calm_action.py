"""The form of every action: read the turn, reply; and whatever fails, a calm sentence and somebody to turn to."""

from __future__ import annotations

import logging
import traceback
from abc import abstractmethod
from dataclasses import replace
from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.introduction import introduction
from actions.reply import Message, Reply
from actions.turn import Turn
from knowledge.phrase_book import ENGLISH
from knowledge.phrases import phrase
from knowledge.render import help_text

logger = logging.getLogger(__name__)
_FRAMES = 4


class CalmAction(Action):  # type: ignore[misc]
    """An action that cannot show a worker a stack trace. A subclass has a `rasa_name` and says its `reply`."""

    rasa_name: str = ""
    introduces_itself = False

    def name(self) -> str:
        """The action's name in domain.yml."""
        return self.rasa_name

    @abstractmethod
    def reply(self, turn: Turn) -> Reply:
        """What is said to this turn. May raise: the worker then gets the calm sentence."""

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        """Called by the action server."""
        lang = ENGLISH
        try:
            turn = Turn.read(tracker)
            lang = turn.language
            reply = self.reply(turn)
            messages, slots = list(reply.messages), {"pending": None, "other_question": None, **reply.slots}
            if turn.first_contact and messages:
                slots["introduced"] = True
                if not self.introduces_itself:
                    messages.insert(0, introduction(turn))
            if turn.in_check:
                messages = [_alone(message) for message in messages]
            payloads = [message.as_json() for message in messages]
            payloads += [{"keep": reply.keep}] if reply.keep else []
        except Exception as error:  # noqa: BLE001 - the worker gets a sentence, whatever happened
            logger.error("%s failed: %s", self.rasa_name, places(error))
            dispatcher.utter_message(json_message=_apology(lang).as_json())
            return []
        for payload in payloads:
            dispatcher.utter_message(json_message=payload)
        return [SlotSet(name, value) for name, value in slots.items()]


def _alone(message: Message) -> Message:
    """An answer in the middle of a check has no choices of its own: their numbers would be those of the check."""
    return replace(message, buttons=()) if message.kind == "answer" else message


def _apology(lang: str) -> Message:
    words = [phrase(key, lang) for key in ("apology", "apology_try_again")]
    try:
        words += [phrase("apology_help", lang), help_text("get_help", lang, form="short").text]
    except Exception as error:  # noqa: BLE001 - an apology without contacts is better than none
        logger.error("The contacts of the apology failed: %s", places(error))
        words.append(phrase("greeting_danger", lang))
    return Message("error", "\n".join(words), lang)


def places(error: BaseException) -> str:
    """The kind of an error and where it was; never its message, which may hold a worker's words."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return f"{type(error).__name__} " + " < ".join(f"{f.filename}:{f.lineno}" for f in reversed(frames))
