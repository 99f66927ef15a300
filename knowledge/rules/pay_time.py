"""The hours that count for the minimum wage in a pay period (National Minimum Wage Regulations 2015, Part 5)."""

from __future__ import annotations

from decimal import Decimal

from knowledge.rules.outcome import SumLine, counted
from knowledge.rules.pay_answers import Basis, Hours, PayAnswers
from knowledge.rules.pay_period import share_of_year, weeks_in_year

ADDED = ("travel", "waiting", "training", "around_shift")


def hours_that_count(answers: PayAnswers, against_employer: bool) -> tuple[Decimal, tuple[SumLine, ...]]:
    """The hours and the lines that lead to them. `against_employer`: whether what is in doubt counts.

    On a yearly salary the contract's hours of the period count; more hours count only once the year's hours are used up
    (regs 21-29), so in one period they are a doubt.
    """
    worked, lines = _worked(answers.hours, against_employer)
    basic = basic_hours(answers)
    if basic is None or (against_employer and worked > basic):
        return worked, lines
    line = SumLine("hours_of_salary", counted(basic, "hours"), {"weekly": counted(answers.weekly_hours or 0, "hours")})
    return basic, (line,)


def basic_hours(answers: PayAnswers) -> Decimal | None:
    """The hours a yearly salary is for, in this period; None where pay is not by the year or no hours were agreed."""
    if answers.basis is not Basis.YEARLY or answers.weekly_hours is None:
        return None
    return answers.weekly_hours * weeks_in_year() * share_of_year(answers)


def time_doubts(answers: PayAnswers) -> tuple[str, ...]:
    """The notes on hours that may or may not count."""
    found = []
    if answers.hours.awake is None and answers.hours.sleep_in:
        found.append("doubt_awake")
    basic = basic_hours(answers)
    if basic is not None and _worked(answers.hours, True)[0] > basic:
        found.append("doubt_salaried")
    return tuple(found)


def _worked(hours: Hours, against_employer: bool) -> tuple[Decimal, tuple[SumLine, ...]]:
    awake = hours.awake if hours.awake is not None else (hours.sleep_in if against_employer else Decimal(0))
    live_in = hours.live_in_days * (hours.live_in_hours or Decimal(0))
    total = hours.at_work - hours.breaks + awake + live_in
    lines = [SumLine("hours_at_work", counted(hours.at_work, "hours"))] if hours.at_work else []
    if hours.breaks:
        lines.append(SumLine("hours_breaks", counted(hours.breaks, "hours")))
    for name in ADDED:
        more: Decimal = getattr(hours, name)
        total += more
        if more:
            lines.append(SumLine(f"hours_{name}", counted(more, "hours")))
    if hours.sleep_in:
        lines.append(SumLine("hours_awake", counted(awake, "hours"), {"sleep_in": counted(hours.sleep_in, "hours")}))
    if live_in:
        parts = {"days": counted(hours.live_in_days, "days"), "a_day": counted(hours.live_in_hours or 0, "hours")}
        lines.append(SumLine("hours_live_in", counted(live_in, "hours"), parts))
    return total, tuple(lines)
