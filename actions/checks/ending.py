"""What is said when a check ends: the finding with its sums and figures, what to do, and who can help."""

from __future__ import annotations

from dataclasses import replace

from actions.checks.hearing import CHANGE, FAMILY, GO_ON, LEFT, LEFT_AT_NOTHING
from actions.checks.language import in_language_of
from actions.reply import Button, Message
from actions.told import with_answer
from actions.turn import Turn
from knowledge import clock
from knowledge.answers import topic_title
from knowledge.check_text import FindingText, finding_text
from knowledge.checks import is_check_reviewed
from knowledge.phrases import phrase
from knowledge.questions.check import Check
from knowledge.questions.draft import Draft
from knowledge.questions.following import CANNOT, DONE
from knowledge.questions.onward import dates_ahead, topic_of, topics_after
from knowledge.render import help_text
from knowledge.rules.calendar_file import CalendarDay
from knowledge.rules.outcome import Finding

NONE = "none"
CALENDAR = "gateway/calendar"
"""A choice of the gateway's own: only it can hand over a file."""
_SHORT_DO = 2


def ending_messages(check: Check, draft: Draft, end: str, turn: Turn) -> list[Message]:
    """The messages of an end; none where it was left for something else."""
    if end == DONE:
        return _found(check, draft, in_language_of(check.id, turn))
    if end == CANNOT:
        helpers = help_text(topic_of(check), turn.language, turn.form)
        words = "\n".join([*draft.say, phrase("check_cannot_tell", turn.language)])
        return with_answer(words, helpers, turn.language, buttons=[_go_on(turn)])
    if end == LEFT_AT_NOTHING:
        none = Button(phrase("button_check_none", turn.language), f"{FAMILY}/{NONE}")
        return [Message("choice", phrase("check_left_at_nothing", turn.language), turn.language, buttons=[none])]
    if end == LEFT:
        return [Message("notice", phrase("check_left", turn.language), turn.language, buttons=[_go_on(turn)])]
    return []


def _go_on(turn: Turn) -> Button:
    return Button(phrase("button_check_go_on", turn.language), f"{FAMILY}/{GO_ON}")


def _found(check: Check, draft: Draft, turn: Turn) -> list[Message]:
    found = check.find(draft.answers, clock.today())
    messages: list[Message] = []
    for place, finding in enumerate(found):
        told = finding_text(check.id, finding, turn.language)
        heading = phrase("check_heading_visa", turn.language) if place else ""
        texts = _short(told, turn.language) if turn.form == "short" else ["\n".join(_long(told, turn.language))]
        texts[0] = "\n".join(line for line in (*(draft.say if not place else ()), heading, texts[0]) if line)
        messages += [Message("answer", text, told.lang, topic_of(check)) for text in texts]
    last = messages.pop()
    if not is_check_reviewed(check.id, last.lang):
        last = replace(last, text=f"{last.text}\n{phrase('not_reviewed', last.lang)}")
    return [*messages, Message(last.kind, last.text, last.lang, last.topic, _buttons(check, found, turn))]


def _long(told: FindingText, lang: str) -> list[str]:
    """The answer, what to do and who can help before the sums; then all that led to it."""
    do = [phrase("heading_do", lang), *(phrase("action_line", lang, action=each) for each in told.do)]
    helpers = [phrase("heading_help", lang), *told.help]
    return [told.answer, *told.meaning, *do, *helpers, *_reasons(told, lang)]


def _short(told: FindingText, lang: str) -> list[str]:
    """Two messages: the answer, what to do and who helps; then how it was worked out."""
    first = "\n".join([told.answer, *told.do[:_SHORT_DO], *told.help])
    reasons = _reasons(told, lang)
    return [first, "\n".join([*reasons, *told.meaning])] if reasons else ["\n".join([first, *told.meaning])]


def _reasons(told: FindingText, lang: str) -> list[str]:
    sums = [*told.sums, *told.figures]
    return [*([phrase("check_heading_sums", lang), *sums] if sums else []), *told.notes]


def _buttons(check: Check, found: tuple[Finding, ...], turn: Turn) -> list[Button]:
    buttons = [Button(topic_title(each, turn.language), f"ask/{each}") for each in topics_after(check, found)]
    buttons.append(Button(phrase("button_check_change", turn.language), f"{FAMILY}/{CHANGE}"))
    if _days(check, found, turn):
        buttons.append(Button(phrase("button_check_dates", turn.language), CALENDAR))
    return buttons


def calendar_days(check: Check, draft: Draft, turn: Turn) -> tuple[CalendarDay, ...]:
    """The dates ahead that may be kept as a file, under neutral titles; none but on the web."""
    return _days(check, check.find(draft.answers, clock.today()), turn)


def _days(check: Check, found: tuple[Finding, ...], turn: Turn) -> tuple[CalendarDay, ...]:
    return dates_ahead(check, found, turn.language) if turn.channel == "web" else ()
