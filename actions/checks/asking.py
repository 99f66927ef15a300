"""The message that asks a question of a check: what was understood, the question, and its choices."""

from __future__ import annotations

from actions.checks.hearing import CHANGE, ENOUGH, FAMILY, GO_ON, SKIP
from actions.reply import Button, Message
from actions.turn import Turn
from knowledge import clock
from knowledge.checks import check_words
from knowledge.page_words import page_words
from knowledge.phrases import phrase
from knowledge.placeholders import fill
from knowledge.questions.check import Check
from knowledge.questions.choosing import One, Some, YesNo
from knowledge.questions.draft import Draft, asking, questions_by_name
from knowledge.questions.question import Asking, Question
from knowledge.questions.telling import about_choice


def question_message(check: Check, draft: Draft, turn: Turn) -> Message | None:
    """The open question, or the choice of an answer to change; None when nothing is open."""
    if draft.choosing:
        return _changing(check, draft, turn)
    question = questions_by_name(check, draft).get(draft.open or "")
    if question is None:
        return None
    ask = asking(check, draft, question, turn.language, turn.spoken, clock.today())
    lines = [*draft.say, *_progress(draft, turn), _asked(check, question, ask)]
    lines.append(phrase("check_anything_else", turn.language) if draft.picked else fill(ask.words.help, turn.language))
    return Message("question", "\n".join(lines), turn.language, buttons=_buttons(question, draft, ask))


def _progress(draft: Draft, turn: Turn) -> list[str]:
    """Which question this is, on a screen. How many follow hangs on the answers, so no end is promised."""
    if turn.form == "short":
        return []
    return [page_words(turn.language).with_values("check_step", number=len(draft.answers) + 1)]


def _asked(check: Check, question: Question, ask: Asking) -> str:
    about = about_choice(question, check, ask.lang)
    said = fill(ask.words.ask, ask.lang)
    return f"{phrase('check_about', ask.lang, what=about)} {said}" if about else said


def _buttons(question: Question, draft: Draft, ask: Asking) -> list[Button]:
    """Choices only where the answer is chosen: a number that is typed must not be taken for the number of a choice."""
    kind = question.kind
    if isinstance(kind, YesNo):
        return [
            _button(phrase("button_affirm", ask.lang), question, "yes"),
            _button(phrase("button_deny", ask.lang), question, "no"),
            _button(phrase("button_check_skip", ask.lang), question, SKIP),
        ]
    if not isinstance(kind, One | Some):
        return []
    buttons = [_button(ask.words.choices[each], question, each) for each in ask.numbered]
    if isinstance(kind, Some):
        last = "button_check_enough" if draft.picked else "button_check_none_of_them"
        if draft.picked or not kind.alone:
            buttons.append(_button(phrase(last, ask.lang), question, ENOUGH))
    if not draft.picked:
        buttons.append(_button(phrase("button_check_skip", ask.lang), question, SKIP))
    return buttons


def _button(title: str, question: Question, answer: str) -> Button:
    return Button(title, f"{FAMILY}/{question.name}/{answer}")


def _changing(check: Check, draft: Draft, turn: Turn) -> Message:
    words = check_words(check.id, turn.language).questions
    known = questions_by_name(check, draft)
    named = {name: known[name] for name in draft.choosing if name in known}
    buttons = [
        Button(about_choice(each, check, turn.language) or words[each.worded].name, f"{FAMILY}/{CHANGE}/{name}")
        for name, each in named.items()
    ]
    buttons.append(Button(phrase("button_check_go_on", turn.language), f"{FAMILY}/{GO_ON}"))
    return Message("question", "\n".join(draft.say), turn.language, buttons=buttons)
