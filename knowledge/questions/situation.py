"""The gentle questions on a situation. What is told feeds the risk of the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.questions.check import Check
from knowledge.questions.choosing import Some
from knowledge.questions.question import Given, Question, chosen
from knowledge.rules.outcome import Finding, Refusal
from knowledge.rules.sign_levels import EMERGENCY
from knowledge.rules.situation import SituationAnswers, check_situation, refusals
from knowledge.rules.situation_questions import QUESTIONS


def questions(given: Given) -> Iterator[Question]:
    """All of them, one at a time; a choice that is no sign is a whole answer."""
    for name, choices in QUESTIONS.items():
        yield Question(name, Some(frozenset(key for key, sign in choices.items() if sign is None)))


def answers(given: Given) -> SituationAnswers:
    """What the rule gets."""
    return SituationAnswers({name: frozenset(chosen(given, name)) for name in QUESTIONS if given.get(name)})


def wrong(given: Given, today: date) -> tuple[Refusal, ...]:
    """Why answers cannot be right."""
    return refusals(answers(given), today)


def find(given: Given, today: date) -> tuple[Finding, ...]:
    """The signs, never a verdict."""
    return (check_situation(answers(given), today),)


def signs(given: Given, today: date) -> tuple[str, ...]:
    """The signs told so far."""
    return check_situation(answers(given), today).signs


def over(given: Given, today: date) -> bool:
    """Whether danger now goes before the questions."""
    return check_situation(answers(given), today).level == EMERGENCY


CHECK = Check("situation", questions, wrong, find, signs, over)
