"""Is this offer, fee, clause or contact one of the seven scams? The signs and the reasons, never that it is safe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge import clock
from knowledge.rules.job_offer_answers import (
    FeeFor,
    JobOfferAnswers,
    Listed,
    Paper,
    Promise,
    Visa,
    Who,
)
from knowledge.rules.job_offer_keys import VOCABULARY, JobOfferOutcome
from knowledge.rules.job_offer_money import clause_clues, fee_clues
from knowledge.rules.job_offer_refusals import refusals
from knowledge.rules.job_offer_signs import (
    Clue,
    Scam,
    contact_clues,
    offer_clues,
    paper_clues,
    promise_clues,
    student_clues,
)
from knowledge.rules.outcome import AnswersRefused, Finding, Note

__all__ = [
    "VOCABULARY", "AnswersRefused", "FeeFor", "JobOfferAnswers", "JobOfferFinding", "JobOfferOutcome", "Listed",
    "Paper", "Promise", "Scam", "Visa", "Who", "check_job_offer", "refusals",
]  # fmt: skip


@dataclass(frozen=True)
class JobOfferFinding(Finding):
    """A finding with the scams it matches, surest first, and the signs (knowledge/signs.yml) of what was done already.

    `likely` are matched by a clue that is enough by itself, `possible` by others only. The ids of scams are topics.
    """

    likely: tuple[Scam, ...] = ()
    possible: tuple[Scam, ...] = ()
    signs: tuple[str, ...] = ()


def check_job_offer(answers: JobOfferAnswers, today: date | None = None) -> JobOfferFinding:
    """Which scams it matches, and why. Raises AnswersRefused."""
    now = today or clock.today()
    wrong = refusals(answers, now)
    if wrong:
        raise AnswersRefused(wrong)
    if answers.nothing_told:
        return JobOfferFinding(JobOfferOutcome.CANNOT_TELL, now)
    clues = tuple(_clues(answers, now))
    likely = _scams(clue for clue in clues if clue.strong)
    possible = tuple(scam for scam in _scams(iter(clues)) if scam not in likely)
    return JobOfferFinding(
        outcome=_outcome(answers, likely, possible),
        on=now,
        sums=tuple(line for clue in clues for line in clue.sums),
        notes=tuple(_notes(clues, likely, possible)),
        likely=likely,
        possible=possible,
        signs=tuple(_signs(answers, clues)),
    )


def _clues(answers: JobOfferAnswers, now: date) -> Iterator[Clue]:
    asked_on = answers.asked_on or now
    yield from fee_clues(answers, asked_on)
    yield from clause_clues(answers, now)
    yield from offer_clues(answers, asked_on)
    yield from student_clues(answers, asked_on)
    yield from contact_clues(answers)
    yield from promise_clues(answers)
    yield from paper_clues(answers)


def _scams(clues: Iterator[Clue]) -> tuple[Scam, ...]:
    return tuple(dict.fromkeys(clue.scam for clue in clues if clue.scam is not None))


def _outcome(answers: JobOfferAnswers, likely: tuple[Scam, ...], possible: tuple[Scam, ...]) -> JobOfferOutcome:
    if (answers.paid or answers.handed_over) and likely:
        return JobOfferOutcome.ALREADY_GIVEN
    if likely:
        return JobOfferOutcome.SIGNS_FOUND
    return JobOfferOutcome.LOOK_CLOSER if possible else JobOfferOutcome.NO_SIGN_FOUND


def _notes(clues: tuple[Clue, ...], likely: tuple[Scam, ...], possible: tuple[Scam, ...]) -> Iterator[Note]:
    for scam, how in ((each, how) for how, scams in (("likely", likely), ("possible", possible)) for each in scams):
        yield Note(f"{how}_{scam.value}")
        seen: set[str] = set()
        for clue in clues:
            if clue.scam is scam and clue.note not in seen:
                seen.add(clue.note)
                yield Note(clue.note, clue.values)
        yield Note(f"do_{scam.value}")
    yield from (Note(clue.note, clue.values) for clue in clues if clue.scam is None)
    yield Note("fair_recruiter")
    yield Note("look_up")
    if Scam.FEE in likely:
        yield Note("report_agency")
    if likely:
        yield Note("report_fraud")
        yield Note("report_advice_first")


def _signs(answers: JobOfferAnswers, clues: tuple[Clue, ...]) -> Iterator[str]:
    """Ids of knowledge/signs.yml for what has happened, not for what was only tried."""
    strong = {clue.scam for clue in clues if clue.strong}
    if answers.paid and Scam.FEE in strong:
        yield "illegal_fee"
    if (answers.paid or answers.handed_over) and strong - {Scam.CONTRACT, Scam.STUDENT}:
        yield "money_or_details_given_to_scammer"
    if Scam.CONTRACT in strong:
        yield "repayment_bond"
    if answers.unlike_promise:
        yield "job_unlike_promise"
    if answers.handed_over and Paper.PASSPORT_TO_KEEP in answers.papers:
        yield "documents_held"
    if answers.handed_over and Paper.VISA_LOGIN in answers.papers:
        yield "account_login_held"
