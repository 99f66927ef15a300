"""The sharing choice, step by step: what is asked next, what an answer means, what is passed on. Pure: no Rasa in it.

Share, Helpline only, or stay anonymous. Only who shares is asked more, each question may be skipped, and the worker
sees the exact words before they are passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.turn import Turn
from knowledge.answer_words import answer_word, bare_words
from knowledge.sharing_words import SHARE, passed_on
from understanding.questions import asks

CHOICE, AGREED, CONFIRMED = "share_choice", "share_agreed", "share_confirmed"
WAY, WHERE, TIME, NAME = "share_way", "share_where", "share_time", "share_name"
DETAILS = (WAY, WHERE, TIME, "share_words", "share_safe_word", NAME)
"""What may be given, in the order in which it is asked. "" is a question that was skipped."""
STEPS = (CHOICE, AGREED, *DETAILS, CONFIRMED)
WAYS = ("chat", "call", "text", "email")
NO_ADDRESS = ("chat", "")
"""Ways that need no number and no address. One in the worker's own words ("telefon") may need it."""
THIS_NUMBER = "this_number"
YES, NO = "yes", "no"
FAMILY = "sharing"
CHOSEN = ("share", "helpline_only", "anonymous")

DONE, LEFT, NOT_NOW, QUIET = "done", "left", "not_now", "quiet"
"""How the choice ends: made, left for later, decided against sharing, or left without a word because something else was
asked."""
LONGEST_ANSWER = 200
SURE = 0.8
_LEAVING = ("stop", "goodbye")
_OTHER_WISHES = ("delete_my_data", "talk_to_person", "change_language", "start_over", "start_check")


@dataclass(frozen=True)
class Heard:
    """What a message does to the choice: slots that change, how it ends, or that it is about something else."""

    slots: Mapping[str, str | None]
    end: str | None = None
    elsewhere: bool = False


AGAIN = Heard({})
ELSEWHERE_ASKED = Heard({}, elsewhere=True)


def next_step(draft: Mapping[str, str]) -> str | None:
    """The slot to be asked for next; None when nothing is left to ask."""
    choice = draft.get(CHOICE)
    if choice is None:
        return CHOICE
    if choice != SHARE or draft.get(AGREED) == NO:
        return None
    if AGREED not in draft:
        return AGREED
    for step in DETAILS:
        if step not in draft and (step != WHERE or draft.get(WAY) not in NO_ADDRESS):
            return step
    return None if CONFIRMED in draft else CONFIRMED


def hear(step: str, turn: Turn) -> Heard:
    """What the message means as the answer to that step."""
    if turn.family == FAMILY:
        return _button(step, turn.about)
    word = answer_word(turn.text, turn.language)
    if len(turn.ranking) <= 1 and turn.intent and turn.intent not in ("affirm", "deny"):
        return ELSEWHERE_ASKED  # a choice from another menu
    sure = bool(turn.ranking) and turn.ranking[0][1] >= SURE
    leaves = turn.intent in _LEAVING and sure and word is None and len(turn.text.split()) <= 4
    if word == "leave" or leaves or bare_words(turn.text) == "stop":
        return Heard({}, end=LEFT)
    if word in CHOSEN and (step == CHOICE or word != SHARE):
        return _choose(str(word))
    if word is None and turn.intent in ("affirm", "deny") and (sure or len(turn.ranking) <= 1):
        word = YES if turn.intent == "affirm" else NO
    if step in DETAILS:
        return _detail(step, turn, word)
    return _plain(step, word)


def _button(step: str, about: str) -> Heard:
    what, _, which = about.partition("/")
    if what in CHOSEN:
        return _choose(what)
    if what == "choose" and which == SHARE and step == CHOICE:
        return _choose(SHARE)
    if what == "skip" and step in DETAILS:
        return Heard({step: ""})
    if what == "way" and step == WAY and which in WAYS:
        return Heard({WAY: which})
    if what == THIS_NUMBER and step == WHERE:
        return Heard({WHERE: THIS_NUMBER})
    if what in (YES, NO) and step == AGREED:
        return _plain(step, what)
    if what in ("pass_on", "change", "not") and step == CONFIRMED:
        return {"pass_on": Heard({CONFIRMED: YES}, end=DONE), "change": _over(), "not": _refused()}[what]
    return AGAIN


def _choose(choice: str) -> Heard:
    """A choice, perhaps another than before: what was answered for the one before is forgotten."""
    cleared: dict[str, str | None] = dict.fromkeys(STEPS)
    return Heard({**cleared, CHOICE: choice}, end=None if choice == SHARE else DONE)


def _over() -> Heard:
    """The questions once more, from the first."""
    return Heard(dict.fromkeys((*DETAILS, CONFIRMED)))


def _refused() -> Heard:
    return Heard(dict.fromkeys(STEPS), end=NOT_NOW)


def _plain(step: str, word: str | None) -> Heard:
    """An answer to a question with few answers."""
    if step == AGREED and word in (YES, NO):
        return Heard({AGREED: YES}) if word == YES else _refused()
    if step == CONFIRMED and word == YES:
        return Heard({CONFIRMED: YES}, end=DONE)
    if step == CONFIRMED and word in (NO, "change"):
        return _over()
    if word == "skip":
        return Heard({}, end=LEFT)
    return ELSEWHERE_ASKED


def _detail(step: str, turn: Turn, word: str | None) -> Heard:
    """An answer in the worker's own words; a question or another clear wish is none."""
    said = " ".join(turn.text.split())
    if word in ("skip", NO) or not said:
        return Heard({step: ""})
    family = turn.family
    sure = bool(turn.ranking) and turn.ranking[0][1] >= SURE
    if asks(said) or (sure and family in _OTHER_WISHES):
        return ELSEWHERE_ASKED
    if word == YES:
        return AGAIN
    if step == WAY:
        return Heard({WAY: _way_named(said)})
    return Heard({step: said[:LONGEST_ANSWER]})


def _way_named(said: str) -> str:
    words = set(said.casefold().replace("-", "").replace(".", " ").split())
    names = {
        "chat": {"chat", "here"},
        "call": {"call", "phone", "ring"},
        "text": {"text", "sms", "message", "whatsapp"},
        "email": {"email", "mail"},
    }
    named = [way for way, spellings in names.items() if words & spellings]
    return named[0] if len(named) == 1 and len(words) <= 3 else said[:LONGEST_ANSWER]


def identity(draft: Mapping[str, str], way_words: Mapping[str, str]) -> dict[str, str]:
    """What is passed on, by the names of the case's record. `way_words` writes out a way and "this number"."""
    given = {step.removeprefix("share_"): draft.get(step) or "" for step in DETAILS}
    for name in ("way", "where"):
        given[name] = way_words.get(given[name], given[name])
    return given


def telling(draft: Mapping[str, str]) -> list[str]:
    """The answers so far that could tell who somebody is: no officer reads them in the chat, whatever is chosen."""
    said = [draft.get(step) or "" for step in DETAILS if step != TIME]
    names = [part for part in (draft.get(NAME) or "").split() if len(part) > 2]
    return [each for each in dict.fromkeys((*said, *names)) if each and each not in (*WAYS, THIS_NUMBER)]


def words_passed_on(draft: Mapping[str, str], way_words: Mapping[str, str], lang: str) -> tuple[str, str]:
    """The exact words this choice passes on, and the language they are really in."""
    choice = draft[CHOICE]
    return passed_on(choice, identity(draft, way_words) if choice == SHARE else {}, lang)
