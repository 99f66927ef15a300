"""A check under way: what was answered so far, which question is open, and what is to be said before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from knowledge.checks import ENGLISH, check_words
from knowledge.questions.check import Check
from knowledge.questions.choosing import Some
from knowledge.questions.question import Asking, Question
from knowledge.rules.outcome import Refusal

MISSING = "missing"
"""The reason of a refusal for want of an answer."""


@dataclass(frozen=True)
class Draft:
    """Everything is plain JSON, so that it is kept in the conversation's memory and outlives a restart.

    `answers` are in the order in which they were given. `open` is the question that was asked. `picked`: choices made
    so far where more may follow. `insisted`: questions that were asked again because nothing can be told without them.
    `say`: lines for the next message. `choosing`: answers offered to be changed.
    """

    check: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    open: str | None = None
    picked: tuple[str, ...] = ()
    insisted: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    choosing: tuple[str, ...] = ()

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> Draft:
        """From what `dump` gave."""
        lists = {name: tuple(kept.get(name) or ()) for name in ("picked", "insisted", "say", "choosing")}
        return cls(str(kept["check"]), dict(kept.get("answers") or {}), kept.get("open"), **lists)

    def dump(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    def answered(self, question: str, value: Any) -> Draft:
        """With an answer, which now is the latest; what hangs on nothing any more is dropped by `tidied`."""
        rest = {name: old for name, old in self.answers.items() if name != question}
        return replace(self, answers={**rest, question: value}, picked=(), choosing=())

    def without(self, question: str) -> Draft:
        """Without an answer: its question is open again."""
        rest = {name: old for name, old in self.answers.items() if name != question}
        return replace(self, answers=rest, open=question, picked=(), choosing=())

    def saying(self, *lines: str) -> Draft:
        """With these lines, and no others, before the next question."""
        return replace(self, say=tuple(line for line in lines if line))


def questions_by_name(check: Check, draft: Draft) -> dict[str, Question]:
    """The questions that the answers call for, in order."""
    return {question.name: question for question in check.questions(draft.answers)}


def opened(check: Check, draft: Draft, today: date) -> Draft:
    """With the next question open: one that was opened on purpose, else the first without an answer; None when done."""
    draft = tidied(check, draft)
    known = questions_by_name(check, draft)
    if draft.open in known and draft.open not in draft.answers:
        return draft
    if check.over(draft.answers, today):
        return replace(draft, open=None, picked=())
    return replace(draft, open=next((name for name in known if name not in draft.answers), None), picked=())


def tidied(check: Check, draft: Draft) -> Draft:
    """Without answers to questions that other answers no longer call for."""
    known = questions_by_name(check, draft)
    return replace(draft, answers={name: value for name, value in draft.answers.items() if name in known})


def asking(check: Check, draft: Draft, question: Question, lang: str, spoken: str, today: date) -> Asking:
    """What a question is read and written with."""
    words = check_words(check.id, lang).questions[question.worded]
    # Where some were chosen, a choice that is a whole answer is shown no more.
    gone = {*draft.picked, *(question.kind.alone if draft.picked and isinstance(question.kind, Some) else ())}
    numbered = tuple(key for key in words.choices if key not in gone)
    known = [check_words(check.id, each).questions[question.worded].choices for each in (lang, spoken, ENGLISH)]
    titles = {key: tuple(dict.fromkeys(choices[key] for choices in known)) for key in words.choices}
    return Asking(words, lang, spoken, today, draft.answers, numbered, titles)


def refused_after(check: Check, before: Draft, after: Draft, name: str, now: date) -> Refusal | None:
    """Why the answer cannot be right, by itself or beside those before it."""
    earlier = set(check.wrong(before.without(name).answers, now))
    wrong = [each for each in check.wrong(after.answers, now) if each.reason != MISSING and each not in earlier]
    return next((each for each in wrong if each.question == name), next(iter(wrong), None))
