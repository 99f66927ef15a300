"""A person is asked for: nobody reads this chat yet, which is said, with those who can be called."""

from __future__ import annotations

from actions.calm_action import CalmAction
from actions.reply import Message, Reply
from actions.turn import Turn
from knowledge.phrases import phrase
from knowledge.render import help_text

# The topic whose contacts are for everybody.
_FOR_EVERYBODY = "get_help"


class TalkToPersonAction(CalmAction):
    """ "talk_to_person" """

    rasa_name = "action_talk_to_person"

    def reply(self, turn: Turn) -> Reply:
        """Who can be called, and that nobody is reading here now."""
        helpers = help_text(_FOR_EVERYBODY, turn.language, turn.form)
        words = f"{phrase('person_not_here', turn.language)}\n{helpers.text}"
        return Reply([Message("notice", words, helpers.lang)])
