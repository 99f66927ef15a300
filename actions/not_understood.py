"""What is not understood well enough is asked back; what is something else gets what the service does."""

from __future__ import annotations

from actions.answer import title_of
from actions.calm_action import CalmAction
from actions.menu import sections_menu
from actions.reply import Button, Message, Reply
from actions.turn import DID_YOU_MEAN, Turn
from knowledge.phrases import phrase

_CHOICES = 3
NOT_UNDERSTOOD = "not_understood"
"""What became of a message that could not be placed: the gateway shows such questions to who writes answers."""
# Moves that may be offered as a choice, each with the words on its button.
_MOVES = {
    "talk_to_person": "button_talk_to_person",
    "change_language": "button_change_language",
    "delete_my_data": "button_delete",
}


class DidYouMeanAction(CalmAction):
    """A reading that is not sure: two or three choices by their titles"""

    rasa_name = "action_did_you_mean"

    def reply(self, turn: Turn) -> Reply:
        """The choices; the menu when there is nothing to choose from, or the worker was asked back just before."""
        if turn.pending == DID_YOU_MEAN:
            return Reply([sections_menu(turn.language, "did_you_mean_again")], keep={NOT_UNDERSTOOD: "not_understood"})
        buttons = [Button(title, intent) for intent, _ in turn.ranking if (title := _title(intent, turn.language))][
            :_CHOICES
        ]
        if not buttons:
            return Reply([sections_menu(turn.language, "not_understood")], keep={NOT_UNDERSTOOD: "not_understood"})
        buttons.append(Button(phrase("did_you_mean_none", turn.language), "menu"))
        asked = Message("choice", phrase("did_you_mean", turn.language), turn.language, buttons=buttons)
        return Reply([asked], {"pending": DID_YOU_MEAN}, {NOT_UNDERSTOOD: "did_you_mean"})


class OutOfScopeAction(CalmAction):
    """ "out_of_scope" """

    rasa_name = "action_out_of_scope"

    def reply(self, turn: Turn) -> Reply:
        """Kindly, what the service does, and the menu."""
        return Reply([sections_menu(turn.language, "out_of_scope")], keep={NOT_UNDERSTOOD: "out_of_scope"})


def _title(intent: str, lang: str) -> str:
    return phrase(_MOVES[intent], lang) if intent in _MOVES else title_of(intent, lang)
