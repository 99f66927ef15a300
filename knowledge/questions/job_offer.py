"""The check of an offer, a fee, a clause or a call: which of the seven scams it matches, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.questions.check import Check
from knowledge.questions.choosing import One, Some, YesNo
from knowledge.questions.dated import DayOf
from knowledge.questions.kinds import Count, HoursOf, Pounds
from knowledge.questions.question import Given, Question, chosen, decimal, when, whole
from knowledge.rules.job_offer import check_job_offer
from knowledge.rules.job_offer_answers import FeeFor, JobOfferAnswers, Listed, Paper, Promise, Visa, Who
from knowledge.rules.job_offer_refusals import refusals
from knowledge.rules.outcome import AnswersRefused, Finding, Refusal

_STUDENT = (Visa.STUDENT_DEGREE.value, Visa.STUDENT_BELOW.value)
_PLAIN = (
    "fee_asked", "paid", "clause", "clause_shrinks", "clause_listed", "abroad", "in_term", "written_offer",
    "handed_over", "home_office", "home_office_money", "unlike_promise", "hurry",
)  # fmt: skip


def questions(given: Given) -> Iterator[Question]:
    """Money, the clause, the visa and hours, papers, a call from an office, promises, the register."""
    yield Question("fee_asked", YesNo())
    if given.get("fee_asked"):
        yield Question("fee_for", Some())
        yield Question("fee_sum", Pounds())
        yield Question("fee_by", One())
        yield Question("paid", YesNo())
        yield Question("asked_on", DayOf())
    yield Question("clause", YesNo())
    if given.get("clause"):
        yield Question("clause_sum", Pounds())
        yield Question("clause_months", Count("months"))
        yield Question("clause_shrinks", YesNo())
        yield Question("clause_listed", YesNo())
    yield Question("abroad", YesNo())
    yield Question("visa", One())
    if given.get("visa") in _STUDENT:
        yield Question("hours", HoursOf("week"))
        yield Question("in_term", YesNo())
    yield Question("written_offer", YesNo())
    yield Question("papers", Some())
    if chosen(given, "papers"):
        yield Question("papers_by", One())
        yield Question("handed_over", YesNo())
    yield Question("home_office", YesNo())
    if given.get("home_office"):
        yield Question("home_office_money", YesNo())
    yield Question("promises", Some())
    yield Question("unlike_promise", YesNo())
    yield Question("hurry", YesNo())
    yield Question("listed", One())


def answers(given: Given) -> JobOfferAnswers:
    """What the rule gets."""
    fee_by, papers_by, visa, listed = (given.get(name) for name in ("fee_by", "papers_by", "visa", "listed"))
    return JobOfferAnswers(
        **{name: given.get(name) for name in _PLAIN},
        asked_on=when(given, "asked_on"),
        fee_for=frozenset(FeeFor(each) for each in chosen(given, "fee_for")),
        fee_sum=decimal(given, "fee_sum"),
        fee_by=Who(fee_by) if fee_by else None,
        clause_sum=decimal(given, "clause_sum"),
        clause_months=whole(given, "clause_months"),
        visa=Visa(visa) if visa else None,
        hours=decimal(given, "hours"),
        papers=frozenset(Paper(each) for each in chosen(given, "papers")),
        papers_by=Who(papers_by) if papers_by else None,
        promises=frozenset(Promise(each) for each in chosen(given, "promises")),
        listed=Listed(listed) if listed else None,
    )


def wrong(given: Given, today: date) -> tuple[Refusal, ...]:
    """Why answers cannot be right."""
    return refusals(answers(given), today)


def find(given: Given, today: date) -> tuple[Finding, ...]:
    """The scams it matches."""
    return (check_job_offer(answers(given), today),)


def signs(given: Given, today: date) -> tuple[str, ...]:
    """The signs of danger in what was done already."""
    try:
        return check_job_offer(answers(given), today).signs
    except AnswersRefused:
        return ()


CHECK = Check("job_offer", questions, wrong, find, signs)
