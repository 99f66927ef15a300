"""Answers on an offer that cannot be right."""

from __future__ import annotations

from datetime import date

from knowledge.figures import figure
from knowledge.rules.job_offer_answers import JobOfferAnswers
from knowledge.rules.outcome import Refusal

# Beyond these somebody has mistyped; they are no rule of law.
HOURS_IN_A_WEEK, MONTHS_MOST, POUNDS_MOST = 168, 240, 1_000_000


def refusals(answers: JobOfferAnswers, today: date) -> tuple[Refusal, ...]:
    """Every question that must be asked again, with the reason."""
    asked_on, known_from = answers.asked_on, figure("visa.visa_fee_longer").starts[0].start
    found = [
        (asked_on is not None and asked_on > today, "asked_on", "in_future"),
        (asked_on is not None and asked_on < known_from, "asked_on", "too_long_ago"),
        (answers.fee_sum is not None and not 0 <= answers.fee_sum <= POUNDS_MOST, "fee_sum", "not_a_sum"),
        (answers.clause_sum is not None and not 0 <= answers.clause_sum <= POUNDS_MOST, "clause_sum", "not_a_sum"),
        (
            answers.clause_months is not None and not 0 <= answers.clause_months <= MONTHS_MOST,
            "clause_months",
            "not_a_length",
        ),
        (answers.hours is not None and not 0 <= answers.hours <= HOURS_IN_A_WEEK, "hours", "not_in_a_week"),
    ]
    return tuple(Refusal(question, reason) for wrong, question, reason in found if wrong)
