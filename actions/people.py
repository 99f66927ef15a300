"""A person is asked for: SHOP is told, the wait is said truthfully, and who can be called meanwhile."""

from __future__ import annotations

from dataclasses import replace

from actions.calm_action import CalmAction
from actions.reply import Reply
from actions.told import with_answer
from actions.turn import Turn
from knowledge.phrases import phrase
from knowledge.render import help_text
from knowledge.shop_reading import shop_next_read

# The topic whose contacts are for everybody.
_FOR_EVERYBODY = "get_help"


class TalkToPersonAction(CalmAction):
    """ "talk_to_person" """

    rasa_name = "action_talk_to_person"

    def reply(self, turn: Turn) -> Reply:
        """That SHOP is told, when it next reads, and who can be called. The gateway then offers the sharing choice."""
        lang = turn.language
        helpers = help_text(_FOR_EVERYBODY, lang, turn.form)
        words = f"{phrase('person_case', lang)} {shop_next_read(lang)} {phrase('person_wait', lang)}"
        first, *rest = with_answer(words, helpers, lang, "notice")
        return Reply([replace(first, topic=None, keep={"person_asked": True}), *rest])
