"""Deleting: asked back once, in words that say nothing of what was talked about. The gateway does the erasing.

`keep` tells it: "delete_asked" lets it ask in its own words, which the keyword DELETE uses too; "delete_requested" is
the worker's yes. Either way its words take the place of these.
"""

from __future__ import annotations

from actions.calm_action import CalmAction
from actions.reply import Button, Message, Reply
from actions.turn import DELETION, Turn
from knowledge.phrases import phrase

_AFTERWARDS = ("delete_done", "delete_open_case")


class DeleteMyDataAction(CalmAction):
    """ "delete_my_data" asks; "delete_my_data/now" and "delete_my_data/keep" are its buttons"""

    rasa_name = "action_delete_my_data"

    def reply(self, turn: Turn) -> Reply:
        """The question, or what was chosen."""
        if turn.about == "now":
            return deleted(turn)
        if turn.about == "keep":
            return kept(turn)
        words = f"{phrase('delete_ask', turn.language)} {phrase('delete_open_case', turn.language)}"
        buttons = [
            Button(phrase("button_delete_now", turn.language), "delete_my_data/now"),
            Button(phrase("button_keep", turn.language), "delete_my_data/keep"),
        ]
        asked = Message("choice", words, turn.language, buttons=buttons, keep={"delete_asked": True})
        return Reply([asked], {"pending": DELETION})


def deleted(turn: Turn) -> Reply:
    """Asks the gateway to erase everything. Its words hold once the gateway has done so."""
    words = " ".join(phrase(key, turn.language) for key in _AFTERWARDS)
    return Reply(
        [Message("notice", words, turn.language, keep={"delete_requested": True})], {"topic": None, "parts_given": 0}
    )


def kept(turn: Turn) -> Reply:
    """Nothing is deleted."""
    return Reply([Message("notice", phrase("delete_kept", turn.language), turn.language)])
