"""The check of sick pay for one spell of sickness."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.questions.check import Check
from knowledge.questions.choosing import One, Times, WeekDays, YesNo
from knowledge.questions.dated import DayOf
from knowledge.questions.kinds import Count, Pounds
from knowledge.questions.question import Given, Question, decimal, when, whole
from knowledge.rules.outcome import Finding, Refusal
from knowledge.rules.sick_pay import check_sick_pay, refusals
from knowledge.rules.sick_pay_answers import SickPayAnswers, Spell, Work

_NOTHING_MORE = (Work.SELF_EMPLOYED.value, Work.NOT_STARTED.value, Work.AGENCY_BETWEEN_JOBS.value)


def questions(given: Given) -> Iterator[Question]:
    """How somebody works, when they were ill, their usual days and pay, illness before, papers."""
    yield Question("work", One())
    if given.get("work") in _NOTHING_MORE:
        return
    yield Question("first", DayOf())
    yield Question("last", DayOf(last=True, still=True))
    yield Question("weekdays", WeekDays())
    if "weekdays" in given and not given["weekdays"]:
        yield Question("days_a_week", Count("days"))
        yield Question("days_missed", Count("number"))
    yield Question("average_pay", Pounds("week"))
    yield Question("earlier", Times())
    yield Question("maternity", YesNo())
    yield Question("fit_note", YesNo())
    yield Question("contract", YesNo())


def answers(given: Given) -> SickPayAnswers:
    """What the rule gets. A last day that is "" is a sickness that goes on."""
    return SickPayAnswers(
        work=Work(given["work"]) if given.get("work") else None,
        first=when(given, "first"),
        last=when(given, "last"),
        weekdays=frozenset(given["weekdays"]) if given.get("weekdays") else None,
        days_a_week=whole(given, "days_a_week"),
        days_missed=whole(given, "days_missed"),
        average_pay=decimal(given, "average_pay"),
        earlier=tuple(
            Spell(date.fromisoformat(first), date.fromisoformat(last)) for first, last in given.get("earlier") or ()
        ),
        has_fit_note=given.get("fit_note"),
        contract_pays_more=given.get("contract"),
        maternity=given.get("maternity"),
    )


def wrong(given: Given, today: date) -> tuple[Refusal, ...]:
    """Why answers cannot be right."""
    return refusals(answers(given), today)


def find(given: Given, today: date) -> tuple[Finding, ...]:
    """What is due."""
    return (check_sick_pay(answers(given), today),)


CHECK = Check("sick_pay", questions, wrong, find)
