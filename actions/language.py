"""Another language is asked for. The gateway chooses it and says which there are; these words are for without it."""

from __future__ import annotations

import re

from actions.calm_action import CalmAction
from actions.reply import Button, Message, Reply
from actions.turn import Turn
from knowledge.languages import Language, all_languages, offered_languages
from knowledge.phrases import phrase

LANGUAGE_WISHED = "language_wished"
"""Kept for the gateway: the code of the language, or nothing where it is asked which there are."""


class ChangeLanguageAction(CalmAction):
    """ "change_language"; "change_language/<code>" is a button"""

    rasa_name = "action_change_language"

    def reply(self, turn: Turn) -> Reply:
        """Sets the language, says that it is not offered yet, or shows which there are."""
        wished = all_languages().get(turn.about) or language_named(turn.text)
        if wished is not None and wished.offered:
            return Reply([_set(wished)])
        keep = {LANGUAGE_WISHED: wished.code if wished else ""}
        if wished is not None:
            words = phrase("language_not_offered", turn.language, language=wished.name)
            return Reply([Message("notice", words, turn.language, keep=keep)])
        buttons = [Button(each.own_name, f"change_language/{each.code}") for each in offered_languages()]
        ask = phrase("language_ask", turn.language)
        return Reply([Message("choice", ask, turn.language, buttons=buttons, keep=keep)])


def language_named(text: str) -> Language | None:
    """The language whose name, in English or its own, stands in the text; English only when it is the only one."""
    said = text.casefold()
    found = [each for each in all_languages().values() if _named(each, said)]
    others = [each for each in found if each.code != "en"]
    return next(iter(others or found), None)


def _named(language: Language, said: str) -> bool:
    names = {language.name.casefold(), language.own_name.casefold()}
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in names)


def _set(language: Language) -> Message:
    words = phrase("language_set", language.code, language=language.own_name)
    return Message("notice", words, language.code, keep={"language": language.code})
