"""Changing an answer: "no, I said 10 hours", "change the pay", "change the hours to 40", "back"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from actions.turn import Turn
from knowledge import clock
from knowledge.answer_words import bare_words
from knowledge.checks import check_words
from knowledge.questions.check import Check
from knowledge.questions.choosing import YesNo
from knowledge.questions.draft import Draft, asking, questions_by_name
from knowledge.questions.question import Question, Read, read_answer
from knowledge.said.spelling import plain_words
from knowledge.spoken import spoken

_LOOKED_BACK = 3
_LONGEST_ORDER = 10
_MOST_MARKERS = 6
_SIGNS = "£$€₹₦"
"""Signs of money, which belong to what stands behind them."""
MOST_OFFERED = 8
"""So many answers, the latest, are offered to be changed."""


@dataclass(frozen=True)
class Correction:
    """`question` is the answer to be changed, `read` its new value where it was told, `offered` what it may be."""

    question: str | None = None
    read: Read | None = None
    offered: tuple[str, ...] = ()


def correction(check: Check, draft: Draft, turn: Turn) -> Correction | None:
    """What a message changes of what was answered before; None when it does not speak of that."""
    words = spoken(turn.spoken)
    given = [name for name in draft.answers if name in questions_by_name(check, draft)]
    if not given:
        return None
    if words.is_one(turn.text, "back"):
        return Correction(given[-1])
    bare = bare_words(turn.text)
    if words.begins(bare, "change") or (words.holds(bare, "change") and re.match(r"(?:i|can|could|please)\b", bare)):
        return _ordered(check, draft, turn, given) if len(bare.split()) <= _LONGEST_ORDER else None
    return _said_otherwise(check, draft, turn, given)


def _said_otherwise(check: Check, draft: Draft, turn: Turn, given: list[str]) -> Correction | None:
    """ "No, I said 10 hours": one of the last answers, whose kind reads what is said now."""
    words = spoken(turn.spoken)
    marker = words.begins(turn.text, "corrects")
    if marker is None or (draft.open is None):
        return None
    rest = _behind(turn.text, marker)
    surely = marker in words["corrects_surely"] or words.begins(rest, "corrects_surely") is not None
    for _ in range(_MOST_MARKERS):
        more = words.begins(rest, "corrects")
        if more is None:
            break
        rest = _behind(rest, more)
    known = questions_by_name(check, draft)
    now = known.get(draft.open)
    if not rest and surely:
        return Correction(offered=tuple(given[-MOST_OFFERED:]))
    if not rest or (not surely and (now is None or isinstance(now.kind, YesNo))):
        return None
    for name in reversed(given[-_LOOKED_BACK:]):
        read = _reads(check, draft, known[name], rest, turn)
        if read is not None and not (isinstance(known[name].kind, YesNo) and not surely):
            return Correction(name, read)
    return None


def _ordered(check: Check, draft: Draft, turn: Turn, given: list[str]) -> Correction:
    """ "Change the pay": the answer that is named, with its new value where that is told too."""
    before, _, value = re.sub(r"\binto\b", "to", turn.text, flags=re.IGNORECASE).rpartition(" to ")
    if spoken(turn.spoken).holds(value, "change"):  # "I want to change ..."
        before, value = turn.text, ""
    named = _named(check, draft, before if value else turn.text, given, turn)
    if len(named) == 1:
        question = questions_by_name(check, draft)[named[0]]
        return Correction(named[0], _reads(check, draft, question, value, turn) if value else None)
    return Correction(offered=tuple((named or given)[-MOST_OFFERED:]))


def _named(check: Check, draft: Draft, text: str, given: list[str], turn: Turn) -> list[str]:
    """The answers whose names share the most words with the text."""
    said = _stems(text) - _stems(" ".join(spoken(turn.spoken)["passing"]))
    shared = {name: len(said & _words(check, draft, name, turn.language)) for name in given}
    most = max(shared.values(), default=0)
    return [name for name, count in shared.items() if most and count == most]


def _words(check: Check, draft: Draft, name: str, lang: str) -> set[str]:
    known = questions_by_name(check, draft)[name]
    words = check_words(check.id, lang).questions
    said = [words[known.worded].name, name.replace("_", " ")]
    if known.about:
        said.append(words[known.about[0]].choices[known.about[1]])
    return _stems(" ".join(said))


def _reads(check: Check, draft: Draft, question: Question, text: str, turn: Turn) -> Read | None:
    read = read_answer(question, text, asking(check, draft, question, turn.language, turn.spoken, clock.today()))
    return read if isinstance(read, Read) else None


def _behind(text: str, marker: str) -> str:
    """What stands behind a marker that the text begins with, in one case, without the punctuation between.

    `marker` stands as `bare_words` leaves it: whatever that drops may stand before and inside it ("_no_, 10").
    """
    pattern = r"[\W_]*".join(re.escape(ch) for ch in marker.replace(" ", ""))
    said = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(rf"^[\W_]*{pattern}(?:_|[^\w{_SIGNS}-])*", "", said, count=1)


def _stems(text: str) -> set[str]:
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in plain_words(text).split()}


def taken_back(draft: Draft, question: str) -> Draft:
    """The draft with one answer open again."""
    return replace(draft.without(question), say=())


def with_values(draft: Draft, values: Mapping[str, Any]) -> Draft:
    """The draft with answers set, each in the place it had."""
    return replace(draft, answers={**draft.answers, **values}, picked=(), choosing=())
