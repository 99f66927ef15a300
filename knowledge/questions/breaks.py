"""The check of breaks, rest, days off, nights and weekly hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.figures import value
from knowledge.questions.check import Check
from knowledge.questions.choosing import One, YesNo
from knowledge.questions.kinds import Age, Count, HoursOf, Minutes
from knowledge.questions.question import Given, Question, amount, decimal, whole
from knowledge.rules.breaks import check_breaks, refusals
from knowledge.rules.breaks_answers import BreaksAnswers, Setting, Standing
from knowledge.rules.outcome import Finding, Refusal

_NOT_KEPT = (Standing.MISSED, Standing.UNLESS, Standing.MOVED)


def questions(given: Given) -> Iterator[Question]:
    """The shift and its break, rest between shifts, days off, nights, the week."""
    yield Question("setting", One())
    yield Question("shift", HoursOf("day"))
    if given.get("shift"):
        yield Question("break", Minutes())
        if amount(given, "break"):
            yield Question("break_free", YesNo())
            yield Question("break_edge", YesNo())
    yield Question("rest", HoursOf("day"))
    yield Question("days_off", Count("days"))
    yield Question("night", HoursOf("day"))
    if amount(given, "night"):
        yield Question("nights_regular", YesNo())
    yield Question("week", HoursOf("week"))
    if given.get("week"):
        yield Question("other_jobs", HoursOf("week"))
        together = amount(given, "week") + amount(given, "other_jobs")
        if together > value("working_time.weekly_limit_hours").number:
            yield Question("opted_out", YesNo())
    yield Question("age", Age())
    if "age" in given and _something_missed(given):
        yield Question("rest_made_up", YesNo())


def _something_missed(given: Given) -> bool:
    told = answers({**given, "rest_made_up": None})
    if refusals(told):
        return False
    suffixes = tuple(f"_{standing.value}" for standing in _NOT_KEPT)
    return any(note.key.endswith(suffixes) for note in check_breaks(told).notes)


def answers(given: Given) -> BreaksAnswers:
    """What the rule gets."""
    return BreaksAnswers(
        age=whole(given, "age"),
        setting=Setting(given["setting"]) if given.get("setting") else None,
        shift_hours=decimal(given, "shift"),
        break_minutes=decimal(given, "break"),
        break_is_free=given.get("break_free"),
        break_at_edge=given.get("break_edge"),
        rest_hours=decimal(given, "rest"),
        days_off=whole(given, "days_off"),
        night_hours=decimal(given, "night"),
        nights_regular=given.get("nights_regular"),
        week_hours=decimal(given, "week"),
        other_job_hours=decimal(given, "other_jobs"),
        opted_out=given.get("opted_out"),
        rest_made_up=given.get("rest_made_up"),
    )


def wrong(given: Given, today: date) -> tuple[Refusal, ...]:
    """Why answers cannot be right."""
    return refusals(answers(given), today)


def find(given: Given, today: date) -> tuple[Finding, ...]:
    """How each rule stands."""
    return (check_breaks(answers(given), today),)


CHECK = Check("breaks", questions, wrong, find)
