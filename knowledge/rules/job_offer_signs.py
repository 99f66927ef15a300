"""The signs of the seven scams, each with its reason. Sources: knowledge/answers/en/scams_overview.yml and its kin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from knowledge.figures import value
from knowledge.rules.job_offer_answers import JobOfferAnswers, Listed, Paper, Promise, Visa, Who
from knowledge.rules.outcome import Quantity, SumLine, counted, of_figure


class Scam(str, Enum):
    """The seven scams of the guidance; the value is the topic that tells of it."""

    FEE = "fee_scam"
    CONTRACT = "contract_scam"
    JOB = "job_scam"
    STUDENT = "student_visa_scam"
    IMPERSONATION = "impersonation_scam"
    DOCUMENT = "fraudulent_document_scam"
    IDENTITY = "identity_scam"


@dataclass(frozen=True)
class Clue:
    """One thing told that points to a scam. `strong`: enough by itself; else it only calls for care.

    `scam` None with no strength: something to know that points nowhere.
    """

    note: str
    scam: Scam | None = None
    strong: bool = False
    values: Mapping[str, Quantity] = field(default_factory=dict)
    sums: tuple[SumLine, ...] = ()


def offer_clues(answers: JobOfferAnswers, asked_on: date) -> Iterator[Clue]:
    """Clues in the offer itself: from abroad, unlike the promise, not on the register, in a hurry."""
    sponsored = answers.visa in (None, Visa.SPONSORED)
    closed = value("visa.recruitment_closed_on", asked_on)
    if answers.abroad and sponsored and asked_on >= closed.day:
        yield Clue("closed_to_abroad", Scam.JOB, True, {"closed": of_figure(closed)})
    if answers.unlike_promise:
        yield Clue("unlike_promise", Scam.JOB, True)
    if answers.listed is Listed.NOT_FOUND and sponsored:
        yield Clue("not_on_list", Scam.JOB)
    if answers.listed is Listed.FOUND:
        yield Clue("list_proves_little")
    if answers.hurry:
        yield Clue("hurry", Scam.JOB)


def student_clues(answers: JobOfferAnswers, asked_on: date) -> Iterator[Clue]:
    """Hours above those of a student visa, in term."""
    if answers.visa not in (Visa.STUDENT_DEGREE, Visa.STUDENT_BELOW):
        return
    which = "term_time_hours" if answers.visa is Visa.STUDENT_DEGREE else "below_degree_hours"
    limit = value(f"student.{which}", asked_on)
    values = {"limit": of_figure(limit)}
    if answers.hours is None or answers.hours <= limit.number or answers.in_term is False:
        yield Clue("student_limit", values=values)
        return
    line = SumLine("student_hours", counted(answers.hours, "hours"), values, (limit,))
    yield Clue("student_hours", Scam.STUDENT, answers.in_term is True, {**values, "hours": line.result}, (line,))


def paper_clues(answers: JobOfferAnswers) -> Iterator[Clue]:
    """Papers and details: what nobody needs, and what is normal only after a written offer."""
    if Paper.PASSPORT_TO_KEEP in answers.papers:
        yield Clue("passport_to_keep", Scam.IDENTITY, True)
    if Paper.VISA_LOGIN in answers.papers:
        yield Clue("visa_login", Scam.IDENTITY, True)
    if Paper.CARD_OR_CODE in answers.papers:
        yield Clue("card_or_code", Scam.IDENTITY, True)
    for paper in (Paper.BANK_DETAILS, Paper.PASSPORT_COPY):
        if paper in answers.papers and answers.written_offer:
            yield Clue(f"{paper.value}_normal")
        elif paper in answers.papers:
            sure = answers.written_offer is False and paper is Paper.BANK_DETAILS
            yield Clue(f"{paper.value}_too_soon", Scam.IDENTITY, sure)
    if answers.papers and answers.papers_by is Who.OFFICIAL:
        yield Clue("official_wants_papers", Scam.IMPERSONATION, True)


def contact_clues(answers: JobOfferAnswers) -> Iterator[Clue]:
    """Somebody says they are the Home Office."""
    if answers.home_office and answers.home_office_money:
        yield Clue("official_wants_money", Scam.IMPERSONATION, True)
    elif answers.home_office:
        yield Clue("official_check", Scam.IMPERSONATION)


def promise_clues(answers: JobOfferAnswers) -> Iterator[Clue]:
    """Somebody promises what nobody can."""
    for promise in (Promise.TEST_RESULT, Promise.CHANGED_SCORE, Promise.CERTIFICATE):
        if promise in answers.promises:
            yield Clue(f"promise_{promise.value}", Scam.DOCUMENT, True)
    if Promise.VISA in answers.promises:
        yield Clue("promise_visa", Scam.JOB, True)
