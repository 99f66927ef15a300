"""What a message does to a check under way. Pure: a draft and a turn give the next draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from actions.checks.correcting import MOST_OFFERED, correction, taken_back, with_values
from actions.turn import Turn
from knowledge import clock
from knowledge.answer_words import answer_word, bare_words
from knowledge.phrases import phrase
from knowledge.questions.check import Check
from knowledge.questions.choosing import One, Some, YesNo
from knowledge.questions.draft import Draft, asking, questions_by_name, refused_after
from knowledge.questions.following import Following, following, passed_over
from knowledge.questions.question import Question, Read, Unfit, read_answer
from knowledge.questions.telling import again, not_fit, not_read, understood
from knowledge.said.yes_no import is_unknown, yes_or_no
from knowledge.spoken import spoken
from understanding.questions import asks

FAMILY = "check"
LEFT, LEFT_AT_NOTHING, QUIET = "left", "left_at_nothing", "quiet"
"""How a check is left: for later, with a 0 that may have been a number, or without a word because something else was
begun. The other ends, DONE and CANNOT, are those of every check, wherever it is asked."""
GO_ON, LEAVE, BACK, CHANGE, SKIP, ENOUGH = "go_on", "leave", "back", "change", "skip", "enough"
SURE = 0.8
_LEAVING = ("stop", "goodbye")
_WISHES = ("delete_my_data", "talk_to_person", "change_language", "start_over", "start_check", "follow_up", "sharing")
_SHORT_ANSWER = 5
_SHORTEST_QUESTION = 3


@dataclass(frozen=True)
class Heard:
    """The draft after a message, how the check ends with it, or that the message is about something else."""

    draft: Draft
    end: str | None = None
    elsewhere: bool = False


def hear(check: Check, draft: Draft, turn: Turn, today: date | None = None) -> Heard:
    """What the message means in the check."""
    now = today or clock.today()
    draft = draft.saying()
    question = questions_by_name(check, draft).get(draft.open or "")
    if turn.hold:
        return Heard(draft, elsewhere=True)
    if turn.family == FAMILY:
        return _button(check, draft, question, turn, now)
    if turn.chosen and turn.intent not in ("affirm", "deny"):
        return Heard(draft, elsewhere=turn.intent != f"start_check/{check.id}")
    left = _leaves(draft, question, turn)
    if left is not None:
        return left
    if turn.paused:
        return Heard(draft.saying(phrase("check_after_danger", turn.language)), elsewhere=asks(turn.text))
    words = spoken(turn.spoken)
    if words.is_one(turn.text, GO_ON) or (turn.intent == f"start_check/{check.id}" and _sure(turn)):
        return Heard(draft)
    changed = correction(check, draft, turn)
    if changed is not None:
        if changed.question is None:
            return Heard(replace(draft.saying(phrase("check_change_which", turn.language)), choosing=changed.offered))
        if changed.read is None:
            return Heard(taken_back(draft, changed.question))
        return _taken(check, draft, questions_by_name(check, draft)[changed.question], changed.read, turn, now, True)
    if question is None:
        return Heard(draft, elsewhere=True)
    return _answer(check, draft, question, turn, now)


def _button(check: Check, draft: Draft, question: Question | None, turn: Turn, now: date) -> Heard:
    what, _, which = turn.about.partition("/")
    lang = turn.language
    if what == LEAVE:
        return Heard(draft, LEFT)
    if what == CHANGE and which in draft.answers:
        return Heard(taken_back(draft, which))
    if what == CHANGE:
        return Heard(
            replace(draft.saying(phrase("check_change_which", lang)), choosing=tuple(draft.answers)[-MOST_OFFERED:])
        )
    if question is None or what != question.name:
        return Heard(replace(draft, choosing=()))
    if which == SKIP:
        return _unknown(check, draft, question, turn, now)
    if isinstance(question.kind, Some):
        return _picked(check, draft, question, question.kind, which, turn, now)
    if isinstance(question.kind, YesNo) and which in ("yes", "no"):
        return _taken(check, draft, question, Read(which == "yes"), turn, now)
    choices = asking(check, draft, question, lang, turn.spoken, now).words.choices
    if isinstance(question.kind, One) and which in choices:
        return _taken(check, draft, question, Read(which), turn, now)
    return Heard(draft)


def _picked(check: Check, draft: Draft, question: Question, kind: Some, which: str, turn: Turn, now: date) -> Heard:
    """One choice of several: others may follow, unless it stands alone or none is left."""
    choices = asking(check, draft, question, turn.language, turn.spoken, now).words.choices
    if which == ENOUGH:
        return _taken(check, draft, question, Read(list(draft.picked)), turn, now)
    if which not in choices:
        return Heard(draft)
    picked = tuple(dict.fromkeys((*(each for each in draft.picked if each not in kind.alone), which)))
    left = [each for each in choices if each not in picked and each not in kind.alone]
    danger = check.over({**draft.answers, question.name: list(picked)}, now)
    if which in kind.alone or not left or danger:
        return _taken(check, draft, question, Read([which] if which in kind.alone else list(picked)), turn, now)
    return Heard(replace(draft, picked=picked, choosing=()))


def _leaves(draft: Draft, question: Question | None, turn: Turn) -> Heard | None:
    if bare_words(turn.text) == "0" and question is not None and question.kind.counts:
        return Heard(draft, LEFT_AT_NOTHING)
    if answer_word(turn.text, turn.spoken) == LEAVE or bare_words(turn.text) == "stop":
        return Heard(draft, LEFT)
    leaving = turn.intent in _LEAVING and _sure(turn) and len(turn.text.split()) <= _SHORT_ANSWER
    answers = yes_or_no(turn.text, turn.spoken) is not None or is_unknown(turn.text, turn.spoken)
    return Heard(draft, LEFT) if leaving and not answers and not any(ch.isdigit() for ch in turn.text) else None


def _answer(check: Check, draft: Draft, question: Question, turn: Turn, now: date) -> Heard:
    said = " ".join(turn.text.split())
    ask = asking(check, draft, question, turn.language, turn.spoken, now)
    short = len(said.split()) <= _SHORT_ANSWER
    if asks(said) and not (short and any(ch.isdigit() for ch in said)):
        return Heard(draft, elsewhere=True)
    if is_unknown(said, turn.spoken):
        return _unknown(check, draft, question, turn, now)
    read = read_answer(question, said, ask)
    if read is None and turn.chosen and isinstance(question.kind, YesNo):
        read = Read(turn.intent == "affirm")
    wishes = turn.family in _WISHES and _sure(turn) and not any(ch.isdigit() for ch in said)
    if wishes and (read is None or turn.family in _WISHES[:3]):
        return Heard(draft, elsewhere=True)
    if isinstance(read, Read):
        if isinstance(question.kind, Some):
            return _some(check, draft, question, question.kind, read, turn, now)
        return _taken(check, draft, question, read, turn, now)
    if isinstance(read, Unfit):
        return Heard(draft.saying(not_fit(read.reason, turn.language)))
    about_a_topic = turn.family == "ask" and _sure(turn) and len(said.split()) >= _SHORTEST_QUESTION
    return Heard(draft.saying(not_read(question, ask)), elsewhere=about_a_topic)


def _some(check: Check, draft: Draft, question: Question, kind: Some, read: Read, turn: Turn, now: date) -> Heard:
    """Several named at once are the whole answer; one may be followed by others."""
    named = [each for each in read.value if each not in kind.alone or len(read.value) == 1]
    if len(named) == 1 and named[0] not in kind.alone:
        return _picked(check, draft, question, kind, named[0], turn, now)
    return _taken(check, draft, question, Read(list(dict.fromkeys((*draft.picked, *named)))), turn, now)


def _taken(
    check: Check, draft: Draft, question: Question, read: Read, turn: Turn, now: date, changed: bool = False
) -> Heard:
    """The answer kept and repeated; or its question again, with the reason, where it cannot be right."""
    after = with_values(draft, {question.name: read.value}) if changed else draft.answered(question.name, read.value)
    ask = asking(check, after, question, turn.language, turn.spoken, now)
    refused = refused_after(check, draft, after, question.name, now)
    if refused is not None:
        return Heard(draft.without(question.name).saying(again(check, refused, after, turn.language)))
    told = understood(question, read, ask, check)
    # A correction does not close the question that is open.
    kept = replace(after, open=draft.open if changed and draft.open != question.name else None)
    return _onward(check, kept.saying(told), turn, now)


def _unknown(check: Check, draft: Draft, question: Question, turn: Turn, now: date) -> Heard:
    """Passed over. What nothing can be told without is asked for once more, with the reason."""
    came = passed_over(check, draft, question, now)
    if came.again is not None and came.draft.open == question.name:
        asked_without = draft.answered(question.name, None)
        return Heard(came.draft.saying(again(check, came.again, asked_without, turn.language)), came.end)
    return _heard(check, came, (phrase("check_passed_over", turn.language),) if came.draft is not draft else (), turn)


def _onward(check: Check, draft: Draft, turn: Turn, now: date) -> Heard:
    return _heard(check, following(check, draft, now), draft.say, turn)


def _heard(check: Check, came: Following, said: tuple[str, ...], turn: Turn) -> Heard:
    if came.again is None:
        return Heard(came.draft.saying(*said), came.end)
    return Heard(came.draft.saying(*said, again(check, came.again, came.draft, turn.language)))


def _sure(turn: Turn) -> bool:
    return bool(turn.ranking) and turn.ranking[0][1] >= SURE
