"""Dates of a sponsor's licence and a visa that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.figures import figure
from knowledge.rules.outcome import Refusal
from knowledge.rules.sponsor_timeline_answers import Event, SponsorTimelineAnswers

DAYS_AHEAD_MOST = 3660  # no visa of this kind is longer; beyond it somebody has mistyped


def refusals(answers: SponsorTimelineAnswers, today: date) -> tuple[Refusal, ...]:
    """Every question that must be asked again, with the reason."""
    return (*_events(answers, today), *_ends(answers, today))


def question_of(event: Event) -> str:
    """The question that asks for the day of an event."""
    return f"{event.value}_on"


def _events(answers: SponsorTimelineAnswers, today: date) -> Iterator[Refusal]:
    for event in Event:
        when = answers.days.get(event)
        if when is None:
            continue
        if when > today:
            yield Refusal(question_of(event), "in_future")
        elif when < _known_from():
            yield Refusal(question_of(event), "too_long_ago")
    suspended, answered = answers.days.get(Event.SUSPENDED), answers.days.get(Event.ANSWERED)
    if suspended is not None and answered is not None and answered < suspended:
        yield Refusal(question_of(Event.ANSWERED), "before_letter")


def _ends(answers: SponsorTimelineAnswers, today: date) -> Iterator[Refusal]:
    letter = answers.days.get(Event.LETTER)
    if answers.letter_end is not None and letter is not None and answers.letter_end < letter:
        yield Refusal("letter_end", "before_letter")
    for question, end in (("letter_end", answers.letter_end), ("visa_end", answers.visa_end)):
        if end is not None and end > today + timedelta(days=DAYS_AHEAD_MOST):
            yield Refusal(question, "too_far_ahead")
        if end is not None and end < _known_from():
            yield Refusal(question, "too_long_ago")


def _known_from() -> date:
    return figure("sponsor_licence.curtailment_days").starts[0].start
