"""A question gets its topic's answer; a second question in the same message is offered next."""

from __future__ import annotations

from dataclasses import replace

from actions.calm_action import CalmAction
from actions.menu import sections_menu
from actions.reply import Button, Message, Reply
from actions.told import answer_messages
from actions.turn import OTHER_QUESTION, Turn
from knowledge.answers import topic_title
from knowledge.phrases import phrase
from knowledge.register_words import check_menu
from knowledge.render import SHORT, answer_text, more_parts
from knowledge.topics import all_checks, all_topics

_RELATED = 3


class AnswerAction(CalmAction):
    """ "ask/<topic>" """

    rasa_name = "action_answer"

    def reply(self, turn: Turn) -> Reply:
        """The answer on the topic, then the offer; the menu when there is no such topic."""
        if turn.about not in {each.id for each in all_topics()}:
            return Reply([sections_menu(turn.language)])
        # In the middle of a check a short answer, so that the question below it stays in sight.
        return answer_on(turn.about, replace(turn, form="short", also=()) if turn.in_check else turn)


def answer_on(topic: str, turn: Turn) -> Reply:
    """The answer on one topic in the turn's language and form, and the second question where there is one."""
    said = answer_text(topic, turn.language, turn.form)
    parts = more_parts(topic, turn.language)
    short = turn.form == SHORT
    check = next((each for each in all_checks() if each.topic == topic), None)
    buttons = [Button(topic_title(each, turn.language), f"ask/{each}") for each in said.related[:_RELATED]]
    if short:
        buttons = [Button(phrase("button_more", turn.language), "follow_up/more")] if parts else []
        buttons.append(Button(phrase("button_menu", turn.language), "menu"))
    else:
        buttons.append(Button(phrase("button_why", turn.language), "follow_up/why"))
        buttons.append(Button(phrase("button_source", turn.language), "follow_up/source"))
    if check is not None:
        buttons.append(Button(check_menu(check, turn.language), check.intent))
    messages = answer_messages(said, turn.language, buttons)
    slots: dict[str, object] = {"topic": topic, "parts_given": 0 if short else len(parts)}
    second = next((each for each in turn.also if topic_of(each) != topic and title_of(each, turn.language)), None)
    if second:
        messages.append(_offer(second, turn.language))
        slots |= {"pending": OTHER_QUESTION, "other_question": second}
    return Reply(messages, slots)


def topic_of(intent: str) -> str | None:
    """The topic whose answer a question or a check leads to; None for an intent that is neither."""
    family, _, about = intent.partition("/")
    if family == "ask":
        return about
    return next((check.topic for check in all_checks() if check.intent == intent), None)


def title_of(intent: str, lang: str) -> str:
    """The words for a question on a button; nothing for an intent that is no question."""
    family, _, about = intent.partition("/")
    if family == "ask":
        return topic_title(about, lang)
    if family == "start_check":
        return next((check_menu(check, lang) for check in all_checks() if check.id == about), "")
    return ""


def _offer(intent: str, lang: str) -> Message:
    title = title_of(intent, lang)
    buttons = [Button(title, intent), Button(phrase("button_deny", lang), "deny")]
    return Message("choice", phrase("second_question", lang, title=title), lang, buttons=buttons)
