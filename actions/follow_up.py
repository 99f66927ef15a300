"""What follows an answer: more of it, who can help, why, where it comes from, and "in my case"."""

from __future__ import annotations

from actions.answer import answer_on
from actions.calm_action import CalmAction
from actions.menu import sections_menu
from actions.reply import Button, Message, Reply
from actions.told import answer_messages, with_answer
from actions.turn import Turn
from knowledge.phrases import phrase
from knowledge.register_words import situation_title
from knowledge.render import (
    help_text,
    if_text,
    more_parts,
    section_text,
    situations_answered,
    source_text,
    why_text,
)
from knowledge.situations import situations_in_text

_SITUATIONS_OFFERED = 8


class FollowUpAction(CalmAction):
    """ "follow_up/<what>", about the topic answered last in this session"""

    rasa_name = "action_follow_up"

    def reply(self, turn: Turn) -> Reply:
        """Without an answer to follow, nothing of before is spoken of: a neutral greeting and the menu."""
        topic = turn.topic
        if topic is None:
            key = "greeting_after_silence" if turn.new_session else "nothing_to_follow"
            return Reply([sections_menu(turn.language, key)])
        what, _, which = turn.about.partition("/")
        if what == "more":
            return _more(topic, turn)
        if what == "in_my_case":
            return _in_my_case(topic, which, turn)
        texts = {"who_helps": help_text, "why": why_text, "source": source_text}
        if what not in texts:
            return answer_on(topic, turn)
        return Reply(answer_messages(texts[what](topic, turn.language, turn.form), turn.language))


def _more(topic: str, turn: Turn) -> Reply:
    parts = more_parts(topic, turn.language)
    if turn.parts_given >= len(parts):
        buttons = [
            Button(phrase("button_who_helps", turn.language), "follow_up/who_helps"),
            Button(phrase("button_menu", turn.language), "menu"),
        ]
        return Reply([Message("notice", phrase("answer_no_more", turn.language), turn.language, topic, buttons)])
    said = section_text(topic, parts[turn.parts_given], turn.language, turn.form)
    given = turn.parts_given + 1
    left = [Button(phrase("button_more", turn.language), "follow_up/more")] if given < len(parts) else []
    menu = Button(phrase("button_menu", turn.language), "menu")
    return Reply(answer_messages(said, turn.language, [*left, menu]), {"parts_given": given})


def _in_my_case(topic: str, chosen: str, turn: Turn) -> Reply:
    answered = situations_answered(topic, turn.language)
    named = (chosen,) if chosen else situations_in_text(turn.text, turn.spoken)
    known = [each for each in named if each in answered]
    if known:
        told = (if_text(topic, each, turn.language, turn.form) for each in known)
        return Reply([message for said in told for message in answer_messages(said, turn.language)])
    if not named and answered:
        buttons = [
            Button(situation_title(each, turn.language), f"follow_up/in_my_case/{each}")
            for each in answered[:_SITUATIONS_OFFERED]
        ]
        return Reply([Message("choice", phrase("situation_which", turn.language), turn.language, topic, buttons)])
    helpers = help_text(topic, turn.language, turn.form)
    return Reply(with_answer(phrase("situation_not_known", turn.language), helpers, turn.language))
