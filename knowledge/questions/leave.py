"""The check of paid holiday in one leave year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from knowledge.figures import value
from knowledge.questions.check import Check
from knowledge.questions.choosing import One, Several
from knowledge.questions.dated import DayOf
from knowledge.questions.kinds import Count, HoursOf, Pounds
from knowledge.questions.question import Given, Question, amount, decimal, when
from knowledge.rules.leave import check_leave
from knowledge.rules.leave_answers import LeaveAnswers, Pattern, refusals
from knowledge.rules.outcome import Finding, Refusal
from knowledge.said.days import NEAREST


def questions(given: Given) -> Iterator[Question]:
    """The leave year, how the hours are spread, the job inside the year, what was taken, and the pay."""
    yield Question("year_start", DayOf())
    yield Question("pattern", One())
    pattern = given.get("pattern") or Pattern.DAYS.value
    if pattern == Pattern.IRREGULAR.value:
        if _by_the_older_rule(given):
            yield Question("average_week", HoursOf("week"))
        else:
            yield Question("period_hours", Several("hours"))
    else:
        yield Question("days_a_week", Count("days", parts=True))
        if pattern == Pattern.HOURS.value:
            yield Question("hours_a_week", HoursOf("week"))
    yield Question("started", DayOf(no=True))
    yield Question("left", DayOf(NEAREST, no=True))
    in_days = pattern == Pattern.DAYS.value
    yield Question("taken", Count("days", parts=True) if in_days else HoursOf())
    if pattern == Pattern.IRREGULAR.value:
        yield Question("weekly_pays", Several("pounds"))
    else:
        yield Question("week_pay", Pounds("week"))


def _by_the_older_rule(given: Given) -> bool:
    start = when(given, "year_start")
    return start is not None and start < value("holiday.irregular_rule_from").day


def answers(given: Given) -> LeaveAnswers:
    """What the rule gets."""
    return LeaveAnswers(
        year_start=when(given, "year_start"),
        pattern=Pattern(given.get("pattern") or Pattern.DAYS),
        days_a_week=decimal(given, "days_a_week"),
        hours_a_week=decimal(given, "hours_a_week"),
        period_hours=tuple(Decimal(each) for each in given.get("period_hours") or ()),
        average_week=decimal(given, "average_week"),
        started=when(given, "started"),
        left=when(given, "left"),
        taken=amount(given, "taken"),
        week_pay=decimal(given, "week_pay"),
        weekly_pays=tuple(Decimal(each) for each in given.get("weekly_pays") or ()),
    )


def wrong(given: Given, today: date) -> tuple[Refusal, ...]:
    """Why answers cannot be right."""
    return refusals(answers(given), today)


def find(given: Given, today: date) -> tuple[Finding, ...]:
    """How much is due and left."""
    return (check_leave(answers(given), today),)


CHECK = Check("leave", questions, wrong, find)
