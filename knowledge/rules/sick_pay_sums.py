"""The sums of sick pay, line by line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge.figures import value
from knowledge.rules.outcome import SumLine, counted, of_figure, pounds
from knowledge.rules.sick_pay_answers import SickPayAnswers
from knowledge.rules.sick_pay_days import PaidDays, amount, rate


def earnings_sum(average_pay: Decimal, day: date) -> SumLine:
    """Average pay against the earnings limit of the old rule."""
    limit = value("sick_pay.lower_earnings_limit", day)
    parts = {"limit": of_figure(limit), "average": pounds(average_pay)}
    return SumLine("earnings", pounds(average_pay), parts, (limit,))


def rate_sum(answers: SickPayAnswers, day: date) -> SumLine:
    """Sick pay for a full week, and how it came about."""
    found = rate(answers, day)
    if found.share and answers.average_pay is not None:
        percent, weekly = found.figures
        parts = {"average": pounds(answers.average_pay), "percent": of_figure(percent), "flat": of_figure(weekly)}
        return SumLine("weekly_share", pounds(found.weekly), parts, found.figures)
    return SumLine("weekly_flat", pounds(found.weekly), figures=found.figures)


def total_sums(answers: SickPayAnswers, paid: PaidDays, usual_days: int) -> tuple[SumLine, ...]:
    """A week's pay and the days at it, for each rate in the spell; then the total; last the weeks used."""
    lines: list[SumLine] = []
    rates = {rate(answers, day): day for day in reversed(paid.days)}
    for found, first in sorted(rates.items(), key=lambda each: each[1]):
        days = [day for day in paid.days if rate(answers, day) == found]
        parts = {
            "days": counted(len(days), "days"),
            "daily": pounds(found.weekly / usual_days),
            "usual": counted(usual_days, "days"),
        }
        lines += [rate_sum(answers, first), SumLine("days_paid", pounds(amount(answers, days, usual_days)), parts)]
    most = value("sick_pay.max_weeks", paid.days[0])
    used = counted(Decimal(paid.used) / usual_days, "weeks")
    return (
        *lines,
        SumLine("total", pounds(amount(answers, paid.days, usual_days))),
        SumLine("weeks_used", used, {"most": of_figure(most)}, (most,)),
    )
