"""The check of dates after a visit, a suspension, a lost licence, or a letter that shortens the visa."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.questions.check import Check
from knowledge.questions.choosing import One, Some
from knowledge.questions.dated import DayOf
from knowledge.questions.question import Given, Question, chosen, when
from knowledge.rules.outcome import Finding, Refusal
from knowledge.rules.sponsor_timeline import check_sponsor_timeline, refusals
from knowledge.rules.sponsor_timeline_answers import Application, Event, SponsorTimelineAnswers
from knowledge.rules.sponsor_timeline_refusals import question_of
from knowledge.said.days import FUTURE, NEAREST


def questions(given: Given) -> Iterator[Question]:
    """What has happened, the day of each, and the end dates."""
    yield Question("happened", Some())
    told = chosen(given, "happened")
    for event in Event:
        if event.value in told:
            yield Question(question_of(event), DayOf())
            if event is Event.LETTER:
                yield Question("letter_end", DayOf(NEAREST, last=True))
    yield Question("visa_end", DayOf(FUTURE, last=True, year=True))
    if Event.APPLIED.value in told:
        yield Question("application", One())


def answers(given: Given) -> SponsorTimelineAnswers:
    """What the rule gets."""
    told = [Event(each) for each in chosen(given, "happened")]
    days = {event: when(given, question_of(event)) for event in told}
    return SponsorTimelineAnswers(
        happened=frozenset(told),
        days={event: day for event, day in days.items() if day is not None},
        letter_end=when(given, "letter_end") if Event.LETTER in told else None,
        visa_end=when(given, "visa_end"),
        application=Application(given["application"]) if given.get("application") else None,
    )


def wrong(given: Given, today: date) -> tuple[Refusal, ...]:
    """Why answers cannot be right."""
    return refusals(answers(given), today)


def find(given: Given, today: date) -> tuple[Finding, ...]:
    """The stage, and every dated step."""
    return (check_sponsor_timeline(answers(given), today),)


CHECK = Check("sponsor_timeline", questions, wrong, find)
