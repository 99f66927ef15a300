"""The dated steps of a suspension, a lost licence and a shortened visa, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.figures import FigureValue, value
from knowledge.rules.outcome import Note, SumLine, counted, day, of_figure
from knowledge.rules.sponsor_timeline_answers import Event, SponsorTimelineAnswers
from knowledge.rules.sponsor_timeline_end import Basis, End
from knowledge.rules.working_days import working_days_after

ANSWER_DUE, DECISION_AIMED, REPORT_DUE, END = "answer_due", "decision_aimed", "report_due", "end"


@dataclass(frozen=True)
class Step:
    """One dated step. `told`: the worker gave the day; else it was counted."""

    key: str
    day: date
    told: bool
    sums: tuple[SumLine, ...] = ()

    def note(self, today: date) -> Note:
        """The key of its words: of what happened, of what is ahead, or of what has passed by."""
        when = "" if self.told and self.key != END else ("_ahead" if self.day >= today else "_passed")
        left = counted(abs((self.day - today).days), "days")
        values = {"day": day(self.day), "left": left} if when == "_ahead" else {"day": day(self.day)}
        return Note(f"step_{self.key}{when}", values)


def steps(answers: SponsorTimelineAnswers, end: End | None) -> tuple[Step, ...]:
    """Every step that has a day, the first first."""
    found = [Step(event.value, when, told=True) for event, when in answers.days.items()]
    found += _counted_steps(answers)
    if end is not None:
        found.append(Step(END, end.day, told=end.basis is not Basis.COUNTED, sums=end.sums))
    order = [event.value for event in Event]
    return tuple(sorted(found, key=lambda step: (step.day, order.index(step.key) if step.key in order else len(order))))


def _counted_steps(answers: SponsorTimelineAnswers) -> Iterator[Step]:
    over = [answers.days[state] for state in (Event.REVOKED, Event.REINSTATED) if state in answers.days]
    suspended, answered = answers.days.get(Event.SUSPENDED), answers.days.get(Event.ANSWERED)
    decided = any(suspended is None or when >= suspended for when in over)
    undated = (Event.REVOKED, Event.REINSTATED)
    decided = decided or any(answers.has(state) and state not in answers.days for state in undated)
    if suspended is not None and not decided and not answers.has(Event.ANSWERED):
        yield _after(ANSWER_DUE, suspended, value("sponsor_licence.response_working_days", suspended))
    if answered is not None and not decided:
        yield _after(DECISION_AIMED, answered, value("sponsor_licence.decision_working_days", answered))
    job_ended = answers.days.get(Event.JOB_ENDED)
    if job_ended is not None:
        yield _after(REPORT_DUE, job_ended, value("visa.report_working_days", job_ended))


def _after(key: str, start: date, length: FigureValue) -> Step:
    found = working_days_after(start, int(length.number))
    line = SumLine(f"{key}_on", day(found), {"start": day(start), "length": of_figure(length)}, (length,))
    return Step(key, found, told=False, sums=(line,))
