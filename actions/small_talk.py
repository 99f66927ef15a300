"""Greeting, thanks, goodbye, yes, no and stop."""

from __future__ import annotations

from dataclasses import replace

from actions.answer import answer_on
from actions.calm_action import CalmAction
from actions.introduction import introduction
from actions.menu import sections_menu
from actions.privacy import deleted, kept
from actions.reply import Button, Message, Reply
from actions.turn import DELETION, DID_YOU_MEAN, OTHER_QUESTION, Turn
from knowledge.checks import check_words
from knowledge.phrases import phrase
from knowledge.placeholders import fill
from knowledge.topics import all_checks


class GreetAction(CalmAction):
    """ "greet" """

    rasa_name = "action_greet"
    introduces_itself = True

    def reply(self, turn: Turn) -> Reply:
        """The introduction at a first contact; later a short greeting, which after silence says nothing of before."""
        if turn.first_contact:
            return Reply([introduction(turn), sections_menu(turn.language, "greeting_ask")])
        key = "greeting_after_silence" if turn.new_session else "greeting_again"
        return Reply([sections_menu(turn.language, key)])


class ThankAction(CalmAction):
    """ "thank" """

    rasa_name = "action_thank"

    def reply(self, turn: Turn) -> Reply:
        """A short word back."""
        return _notice("thanks", turn)


class GoodbyeAction(CalmAction):
    """ "goodbye" """

    rasa_name = "action_goodbye"

    def reply(self, turn: Turn) -> Reply:
        """A short word back."""
        return _notice("goodbye", turn)


class StopAction(CalmAction):
    """ "stop", as a wish to leave what is under way (the keyword STOP is the gateway's)"""

    rasa_name = "action_stop"

    def reply(self, turn: Turn) -> Reply:
        """Whatever was asked is dropped, without a word about what it was."""
        return _notice("nothing_under_way", turn)


class AffirmAction(CalmAction):
    """ "affirm": yes to what was asked last"""

    rasa_name = "action_affirm"

    def reply(self, turn: Turn) -> Reply:
        """Deletes, or answers the second question; without a question, a word and an invitation."""
        if turn.pending == DELETION:
            return deleted(turn)
        if turn.pending == OTHER_QUESTION and turn.other_question:
            asked = replace(turn, intent=turn.other_question, also=())
            if asked.family == "start_check":
                return _offered_check(asked)
            return answer_on(asked.about, asked)
        return _notice("all_right", turn)


class DenyAction(CalmAction):
    """ "deny": no to what was asked last"""

    rasa_name = "action_deny"

    def reply(self, turn: Turn) -> Reply:
        """Keeps what would have been deleted; the menu when no choice was right; else a word and an invitation."""
        if turn.pending == DELETION:
            return kept(turn)
        if turn.pending == DID_YOU_MEAN:
            return Reply([sections_menu(turn.language, "greeting_ask")])
        return _notice("all_right", turn)


def _offered_check(turn: Turn) -> Reply:
    """What the check is, and a way to begin it."""
    check = next((each for each in all_checks() if each.id == turn.about), None)
    if check is None:
        return _notice("all_right", turn)
    words = check_words(check.id, turn.language)
    button = Button(phrase("button_start_check", turn.language), check.intent)
    return Reply([Message("choice", fill(words.intro, words.lang), words.lang, buttons=[button])])


def _notice(key: str, turn: Turn) -> Reply:
    return Reply([Message("notice", phrase(key, turn.language), turn.language)])
