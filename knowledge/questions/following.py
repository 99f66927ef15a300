"""What follows an answer in a check: the next question, the same one again with a reason, or the end.

Pure, and the same for the chat and for the plain pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from knowledge.questions.check import Check
from knowledge.questions.draft import MISSING, Draft, opened, questions_by_name
from knowledge.questions.question import Question
from knowledge.rules.outcome import AnswersRefused, Refusal

DONE, CANNOT = "done", "cannot"
"""How a check ends by itself: all was asked, or nothing can be told without what was passed over."""


@dataclass(frozen=True)
class Following:
    """The draft with its open question. `again`: why that one is asked once more. `end`: how the check ends.

    Where nothing can be told, the question that is lacking stays open, for who goes on with the check later.
    """

    draft: Draft
    again: Refusal | None = None
    end: str | None = None


def following(check: Check, draft: Draft, now: date) -> Following:
    """After an answer that was taken."""
    after = opened(check, draft, now)
    if after.open is not None:
        return Following(after)
    known = questions_by_name(check, after)
    missing = next((each for each in check.wrong(after.answers, now) if each.question in known), None)
    if missing is not None and missing.question not in after.insisted and not check.over(after.answers, now):
        insisted = replace(after.without(missing.question), insisted=(*after.insisted, missing.question))
        return Following(insisted, missing)
    try:
        check.find(after.answers, now)
    except AnswersRefused:
        return Following(after.without(missing.question) if missing else after, end=CANNOT)
    return Following(after, end=DONE)


def passed_over(check: Check, draft: Draft, question: Question, now: date) -> Following:
    """After "I do not know". What nothing can be told without is asked for once more, with the reason."""
    after = draft.answered(question.name, None)
    refused = Refusal(question.name, MISSING)
    needed = any((each.question, each.reason) == (question.name, MISSING) for each in check.wrong(after.answers, now))
    if needed and question.name not in draft.insisted:
        return Following(replace(draft.without(question.name), insisted=(*draft.insisted, question.name)), refused)
    if needed:
        return Following(draft, end=CANNOT)
    return following(check, replace(after, open=None), now)
