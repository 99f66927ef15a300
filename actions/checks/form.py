"""The checks as one Rasa form: beginning one, reading an answer, asking a question, and ending it.

Which question is open, and every answer, stand in one slot; the form's only required slot is the answer to that
question, and it is never filled. So the seven checks share the rules of the dialogue.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.calm_action import CalmAction, places
from actions.checks.asking import question_message
from actions.checks.correcting import MOST_OFFERED
from actions.checks.ending import NONE, calendar_days, ending_messages
from actions.checks.hearing import CHANGE, FAMILY, GO_ON, QUIET, hear
from actions.checks.language import in_language_of
from actions.interrupted import answered_elsewhere
from actions.menu import sections_menu
from actions.reply import Button, Message, Reply
from actions.turn import CHECK_DRAFTS, CHECK_FORM, Turn
from knowledge import clock
from knowledge.checks import check_words, is_check_reviewed
from knowledge.phrases import phrase
from knowledge.placeholders import fill
from knowledge.questions.check import Check
from knowledge.questions.draft import Draft, opened
from knowledge.questions.every_check import CHECKS
from knowledge.questions.following import CANNOT, DONE, following
from knowledge.questions.onward import topic_of
from knowledge.rules.calendar_file import calendar_text

logger = logging.getLogger(__name__)

ANSWER = "check_answer"
LEAVE_BY = "0"
_REQUESTED = "requested_slot"
_MENUS = ("action_did_you_mean", "action_menu", "action_out_of_scope", "action_delete_my_data", "action_greet")
"""After these a choice is already on the screen, and no second question is put below it."""
_AGAIN = "again"


class BeginCheckAction(CalmAction):
    """ "start_check/<check>"; "check/go_on", "check/again/<check>", "check/none" and "check/change" take one up"""

    rasa_name = "action_check_begin"

    def reply(self, turn: Turn) -> Reply:
        """A fresh check, or the one that was left. An answer that comes when nothing is asked gets a greeting."""
        what, _, which = turn.about.partition("/")
        if turn.family == "start_check":
            return _started(CHECKS.get(turn.about), turn)
        named = which if which in CHECKS else turn.check or next(reversed(list(turn.checks)), "")
        if what == _AGAIN and named in CHECKS:
            return _fresh(CHECKS[named], turn)
        if what == CHANGE and turn.check_done:
            draft = Draft.load(turn.check_done)
            which_one = phrase("check_change_which", in_language_of(draft.check, turn).language)
            draft = replace(draft, choosing=tuple(draft.answers)[-MOST_OFFERED:]).saying(which_one)
            return _under_way(draft, turn)
        if what in (GO_ON, NONE) and named in turn.checks:
            return _taken_up(Draft.load(turn.checks[named]), turn, what == NONE)
        key = "check_nothing_begun" if what == GO_ON else "greeting_after_silence"
        return Reply([sections_menu(turn.language, key)], {"check_end": QUIET})


def _started(check: Check | None, turn: Turn) -> Reply:
    if check is None:
        return Reply([sections_menu(turn.language)], {"check_end": QUIET})
    before = turn.checks.get(check.id)
    if not before or not before.get("answers"):
        return _fresh(check, turn)
    buttons = [
        Button(phrase("button_check_go_on", turn.language), f"{FAMILY}/{GO_ON}/{check.id}"),
        Button(phrase("button_check_again", turn.language), f"{FAMILY}/{_AGAIN}/{check.id}"),
    ]
    asked = Message("choice", phrase("check_begun_before", turn.language), turn.language, buttons=buttons)
    return Reply([asked], {"check": check.id, "check_end": QUIET})


def _fresh(check: Check, turn: Turn) -> Reply:
    """From the beginning: what the check is, how it goes, and whether its words are not those of a speaker."""
    words = check_words(check.id, turn.language)
    lines = [fill(words.intro, words.lang), phrase("check_how", words.lang, leave=LEAVE_BY)]
    if not is_check_reviewed(check.id, words.lang):
        lines.append(phrase("not_reviewed", words.lang))
    begun = _under_way(opened(check, Draft(check.id), clock.today()).saying(*lines), turn)
    if words.lang == turn.language:
        return begun
    return replace(begun, messages=[Message("notice", phrase("answer_in_english", turn.language), turn.language)])


def _taken_up(draft: Draft, turn: Turn, none: bool) -> Reply:
    if none and draft.open:
        said = replace(in_language_of(draft.check, turn), intent="", ranking=(), text=NONE)
        heard = hear(CHECKS[draft.check], draft, said)
        return _under_way(heard.draft, turn, heard.end)
    return _under_way(replace(draft.saying(), choosing=()), turn)


def _under_way(draft: Draft, turn: Turn, end: str | None = None) -> Reply:
    slots = {"check": draft.check, CHECK_DRAFTS: {**turn.checks, draft.check: draft.dump()}, "check_end": end}
    return Reply([], {**slots, "check_done": None, "sharing_end": None}, {"choice_open": False})


class ReadCheckAnswer(Action):  # type: ignore[misc]
    """Rasa's hook that reads an answer. It says nothing itself; no answer lets Rasa answer what else was meant."""

    def name(self) -> str:
        """The name Rasa looks for."""
        return f"validate_{CHECK_FORM}"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        """The slots that change, and whether a question is open; none when the message is about something else."""
        try:
            return _read(tracker)
        except Exception as error:  # noqa: BLE001 - the worker must not be held in a form that is broken
            logger.error("%s failed: %s", self.name(), places(error))
            return [SlotSet("check_end", QUIET), SlotSet(_REQUESTED, None)]


def _read(tracker: Any) -> list[dict[str, Any]]:
    turn = Turn.read(tracker)
    draft = current(turn)
    if draft is None:
        return [SlotSet("check_end", QUIET), SlotSet(_REQUESTED, None)]
    if tracker.slots.get(_REQUESTED) != ANSWER or answered_elsewhere(tracker, CHECK_FORM):  # begun, or come back to
        return _events(turn, draft, turn.check_ended)
    heard = hear(CHECKS[draft.check], draft, in_language_of(draft.check, turn))
    return [] if heard.elsewhere else _events(turn, heard.draft, heard.end)


def current(turn: Turn) -> Draft | None:
    """The check under way; None when there is none."""
    kept = turn.checks.get(turn.check or "")
    return Draft.load(kept) if kept and turn.check in CHECKS else None


def _events(turn: Turn, draft: Draft, end: str | None) -> list[dict[str, Any]]:
    if end is None and draft.open is None and not draft.choosing:
        came = following(CHECKS[draft.check], draft, clock.today())
        draft, end = came.draft, came.end
    return [
        SlotSet(CHECK_DRAFTS, {**turn.checks, draft.check: draft.dump()}),
        SlotSet("check_end", end),
        SlotSet(_REQUESTED, None if end else ANSWER),
    ]


class AskCheckQuestion(CalmAction):
    """Asks the open question, unless a choice was just put on the screen or the gateway asks something itself"""

    rasa_name = f"action_ask_{ANSWER}"

    def reply(self, turn: Turn) -> Reply:
        """The question with what was understood before it."""
        draft = current(turn)
        keep = {"check_open": True, "check_waits": True, **_signs(draft)}
        asked = None
        if draft is not None:
            asked = question_message(CHECKS[draft.check], draft, in_language_of(draft.check, turn))
        if draft is None or asked is None or turn.hold or any(each in _MENUS for each in turn.acted):
            return Reply([], {}, keep)
        kept = {CHECK_DRAFTS: {**turn.checks, draft.check: draft.saying().dump()}}
        return Reply([asked], kept, keep)


class EndCheckAction(CalmAction):
    """After the form: what was found, or that the questions were left"""

    rasa_name = "action_check_end"

    def reply(self, turn: Turn) -> Reply:
        """The words; nothing when something else was begun."""
        draft, end = current(turn), turn.check_ended or QUIET
        closed = {"check_open": False}
        if draft is None or end == QUIET:
            return Reply([], {"check_end": None}, closed)
        check = CHECKS[draft.check]
        messages = ending_messages(check, draft, end, turn)
        if end not in (DONE, CANNOT):
            return Reply(messages, {"check_end": None}, closed)
        slots: dict[str, Any] = {"check_end": None, "topic": topic_of(check), "parts_given": 0}
        if end == DONE:
            left = {name: kept for name, kept in turn.checks.items() if name != check.id}
            slots |= {CHECK_DRAFTS: left, "check_done": draft.saying().dump(), "check": None}
        kept = _calendar(draft, turn) if end == DONE else {}
        return Reply(messages, slots, {**closed, "check_waits": end != DONE, **_signs(draft), **kept})


def _signs(draft: Draft | None) -> Mapping[str, Any]:
    """The signs of danger told so far, for the gateway."""
    if draft is None:
        return {}
    told = {**draft.answers, draft.open: list(draft.picked)} if draft.open and draft.picked else draft.answers
    found = CHECKS[draft.check].signs(told, clock.today())
    return {"signs_told": list(found)} if found else {}


def _calendar(draft: Draft, turn: Turn) -> Mapping[str, Any]:
    """The dates ahead as the text of a calendar file, for the web."""
    dates = calendar_days(CHECKS[draft.check], draft, turn)
    return {"calendar": calendar_text(dates, clock.now())} if dates else {}
