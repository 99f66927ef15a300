"""The menu: sections, and the topics of a section, as buttons that also work by number."""

from __future__ import annotations

from actions.calm_action import CalmAction
from actions.reply import Button, Message, Reply
from actions.turn import Form, Turn
from knowledge.answers import topic_title
from knowledge.phrases import phrase
from knowledge.register_words import section_menu, section_title
from knowledge.topics import Section, all_sections, topics_in

# A text message shows a few choices at a time; a screen shows a section whole.
_ON_A_PHONE = 8


class MenuAction(CalmAction):
    """ "menu" and "start_over" show the sections, "menu/<section>" and "menu/<section>/<page>" its topics."""

    rasa_name = "action_menu"

    def reply(self, turn: Turn) -> Reply:
        """The sections for anything that is not the name of a section."""
        section, _, page = turn.about.partition("/") if turn.family == "menu" else ("", "", "")
        found = next((each for each in all_sections() if each.id == section), None)
        if found is None:
            if turn.family == "start_over":
                return Reply([sections_menu(turn.language, "start_over")], {"topic": None, "parts_given": 0})
            return Reply([sections_menu(turn.language)])
        return Reply([topics_menu(found, turn.language, turn.form, int(page) if page.isdigit() else 1)])


def sections_menu(lang: str, text_key: str = "menu_intro") -> Message:
    """The first menu, under the words of `text_key`."""
    buttons = [Button(section_menu(each, lang), f"menu/{each.id}") for each in all_sections()]
    buttons.append(Button(phrase("button_talk_to_person", lang), "talk_to_person"))
    return Message("menu", phrase(text_key, lang), lang, buttons=buttons)


def topics_menu(section: Section, lang: str, form: Form, page: int) -> Message:
    """The topics of a section; on a phone a page of them, with a way on and a way back."""
    topics = topics_in(section.id)
    size = _ON_A_PHONE if form == "short" else len(topics)
    start = (page - 1) * size if 0 < page <= -(-len(topics) // size) else 0
    buttons = [Button(topic_title(each.id, lang), each.intent) for each in topics[start : start + size]]
    if start + size < len(topics):
        buttons.append(Button(phrase("menu_more", lang), f"menu/{section.id}/{start // size + 2}"))
    buttons.append(Button(phrase("menu_back", lang), "menu"))
    return Message("menu", phrase("menu_section", lang, section=section_title(section, lang)), lang, buttons=buttons)
