"""A rights check is asked for. None can be worked out here yet: the answer on its topic is given, and that is said."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import answer_on
from actions.calm_action import CalmAction
from actions.menu import sections_menu
from actions.reply import Message, Reply
from actions.turn import Turn
from knowledge.phrases import phrase
from knowledge.topics import all_checks


class StartCheckAction(CalmAction):
    """ "start_check/<check>" """

    rasa_name = "action_start_check"

    def reply(self, turn: Turn) -> Reply:
        """That we cannot work it out here yet, then the answer on the check's topic."""
        check = next((each for each in all_checks() if each.id == turn.about), None)
        if check is None:
            return Reply([sections_menu(turn.language)])
        answered = answer_on(check.topic, replace(turn, also=()))
        first = Message("notice", phrase("check_not_yet", turn.language), turn.language)
        return Reply([first, *answered.messages], answered.slots)
