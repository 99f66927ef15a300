"""The lines between two questions: what was understood, why a question is asked again, how to answer it."""

from __future__ import annotations

from knowledge.checks import check_words
from knowledge.phrases import phrase
from knowledge.placeholders import fill
from knowledge.questions.check import Check
from knowledge.questions.draft import Draft, questions_by_name
from knowledge.questions.question import Asking, Question, Read
from knowledge.rules.outcome import Refusal


def understood(question: Question, read: Read, asking: Asking, check: Check) -> str:
    """The answer repeated: "Pay for an hour: £12.50."; "about" where it was said to be not exact."""
    key = "check_understood_rough" if read.rough else "check_understood"
    name = about_choice(question, check, asking.lang) or asking.words.name
    return phrase(key, asking.lang, name=name, value=question.kind.tell(read.value, asking))


def about_choice(question: Question, check: Check, lang: str) -> str:
    """The choice that a question goes with ("Uniform or shoes"); nothing where it goes with none."""
    if question.about is None:
        return ""
    other, key = question.about
    return check_words(check.id, lang).questions[other].choices[key]


def again(check: Check, refused: Refusal, draft: Draft, lang: str) -> str:
    """The reason why a question is asked again."""
    known = questions_by_name(check, draft).get(refused.question)
    words = check_words(check.id, lang).questions[known.worded if known else refused.question]
    said = words.again.get(refused.reason)
    return fill(said, lang) if said else phrase("check_not_read", lang)


def not_fit(reason: str, lang: str) -> str:
    """Why an answer that was understood cannot be used."""
    return phrase(reason, lang)


def not_read(question: Question, asking: Asking) -> str:
    """That an answer was not understood, and how to give it."""
    keys = ("check_not_read", question.kind.hint, "check_skip_line")
    return " ".join(phrase(key, asking.lang) for key in keys)
