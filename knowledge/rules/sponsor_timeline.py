"""What happens when after a visit, a suspension, a lost licence or a letter that shortens the visa.

It gives dates and what is generally possible at each stage. It is not advice on one person's visa: that is for a
regulated adviser (Immigration and Asylum Act 1999), whom every outcome names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge import clock
from knowledge.rules.outcome import AnswersRefused, Finding, Note, Quantity, SumLine, counted, day
from knowledge.rules.sponsor_timeline_answers import Application, Event, SponsorTimelineAnswers
from knowledge.rules.sponsor_timeline_end import Basis, End, end_of_visa
from knowledge.rules.sponsor_timeline_keys import VOCABULARY, SponsorTimelineOutcome
from knowledge.rules.sponsor_timeline_refusals import refusals
from knowledge.rules.sponsor_timeline_steps import Step, steps

__all__ = [
    "VOCABULARY", "AnswersRefused", "Application", "Event", "SponsorFinding", "SponsorTimelineAnswers",
    "SponsorTimelineOutcome", "check_sponsor_timeline", "refusals",
]  # fmt: skip

_STAGES = {
    Event.REVOKED: SponsorTimelineOutcome.REVOKED,
    Event.REINSTATED: SponsorTimelineOutcome.REINSTATED,
    Event.SUSPENDED: SponsorTimelineOutcome.SUSPENDED,
}


@dataclass(frozen=True)
class SponsorFinding(Finding):
    """A finding with its dated steps, and the day by which to have applied or left (None where it is not known)."""

    steps: tuple[Step, ...] = ()
    end: date | None = None


def check_sponsor_timeline(answers: SponsorTimelineAnswers, today: date | None = None) -> SponsorFinding:
    """The stage reached, every dated step, and what is not sure. Raises AnswersRefused."""
    now = today or clock.today()
    wrong = refusals(answers, now)
    if wrong:
        raise AnswersRefused(wrong)
    end = _sure_end(answers, now)
    dated = steps(answers, end)
    values: dict[str, Quantity] = {}
    if end is not None:
        values = {"end": day(end.day), "left": counted(max((end.day - now).days, 0), "days")}
    return SponsorFinding(
        outcome=_stage(answers, end, now),
        on=now,
        values=values,
        sums=tuple(_sums(dated, end, now)),
        notes=(*(step.note(now) for step in dated), *_notes(answers, end, now)),
        steps=dated,
        end=None if end is None else end.day,
    )


def _sure_end(answers: SponsorTimelineAnswers, today: date) -> End | None:
    """The end date; None where a letter without any date may have made it sooner, unless it is over in any case."""
    end = end_of_visa(answers)
    if end is None or not answers.letter_undated:
        return end
    reached = answers.days.get(Event.APPLIED) if answers.has(Event.APPLIED) else today
    return end if reached is not None and reached > end.day else None


def _stage(answers: SponsorTimelineAnswers, end: End | None, today: date) -> SponsorTimelineOutcome:
    if answers.has(Event.APPLIED):
        return _applied(answers, end)
    if end is not None and end.day < today:
        return SponsorTimelineOutcome.END_PASSED
    if answers.has(Event.LETTER):
        if end is None:
            return SponsorTimelineOutcome.LETTER_NO_DATE
        counted_only = end.basis is Basis.COUNTED
        return SponsorTimelineOutcome.LETTER_COUNTED if counted_only else SponsorTimelineOutcome.LETTER
    if answers.licence is Event.REVOKED:
        return SponsorTimelineOutcome.REVOKED
    if answers.has(Event.JOB_ENDED):
        return SponsorTimelineOutcome.JOB_ENDED
    if answers.licence is not None:
        return _STAGES[answers.licence]
    return SponsorTimelineOutcome.VISIT if answers.has(Event.VISIT) else SponsorTimelineOutcome.CANNOT_TELL


def _applied(answers: SponsorTimelineAnswers, end: End | None) -> SponsorTimelineOutcome:
    on = answers.days.get(Event.APPLIED)
    if end is not None and on is not None and on > end.day:
        return SponsorTimelineOutcome.APPLIED_LATE
    if answers.application is Application.SAME_SPONSOR and answers.licence is Event.REVOKED:
        return SponsorTimelineOutcome.APPLICATION_FAILS
    if answers.application is Application.SAME_SPONSOR and answers.licence is Event.SUSPENDED:
        return SponsorTimelineOutcome.APPLICATION_ON_HOLD
    if end is None or on is None or end.basis is Basis.COUNTED:
        return SponsorTimelineOutcome.APPLIED_NOT_SURE
    return SponsorTimelineOutcome.APPLIED_IN_TIME


def _sums(dated: tuple[Step, ...], end: End | None, today: date) -> Iterator[SumLine]:
    for step in dated:
        yield from step.sums
    if end is not None:
        yield SumLine(f"end_{end.basis.value}", day(end.day))
        if end.day >= today:
            yield SumLine("days_left", counted((end.day - today).days, "days"), {"end": day(end.day)})


def _notes(answers: SponsorTimelineAnswers, end: End | None, today: date) -> Iterator[Note]:
    if answers.licence is Event.REVOKED:
        yield Note("work_not_sure")
        yield Note("extra_work_ends")
        if not answers.has(Event.LETTER):
            yield Note("not_from_revocation")
            yield Note("pause_not_sure")
    if answers.has(Event.JOB_ENDED) and not answers.has(Event.LETTER):
        yield Note("pause_may_not_cover")
    if answers.licence is Event.SUSPENDED:
        yield Note("keep_working")
        yield Note("new_reasons_new_time")
    yield from _end_notes(answers, end, today)
    if answers.has(Event.APPLIED):
        yield Note("travel")
    if answers.visa_end is None:
        yield Note("look_up_visa_end")


def _end_notes(answers: SponsorTimelineAnswers, end: End | None, today: date) -> Iterator[Note]:
    if answers.letter_undated:
        yield Note("letter_may_be_sooner")
    if end is None:
        return
    letter = answers.days.get(Event.LETTER)
    if end.basis is Basis.COUNTED:
        yield Note("find_printed_date", {"end": day(end.day)})
    if end.basis is Basis.VISA and answers.has(Event.LETTER):
        yield Note("shorter_visa_stands", {"end": day(end.day)})
        if answers.letter_end is not None:
            yield Note("dates_differ", {"printed": day(answers.letter_end), "visa": day(end.day)})
    if answers.letter_end is not None and letter is not None and answers.letter_end <= letter:
        yield Note("ends_at_once")
    elif end.basis is Basis.PRINTED and end.counted is not None and end.counted != end.day:
        yield Note("printed_differs", {"printed": day(end.day), "counted": day(end.counted)})
    if end.day == today:
        yield Note("last_day_today")
    if answers.days.get(Event.APPLIED) == end.day:
        yield Note("applied_on_last_day")
