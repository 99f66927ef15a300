"""How much holiday the law gives in one leave year (Working Time Regulations 1998 regs 13, 13A, 14, 15B)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

from knowledge.figures import value
from knowledge.rules.leave_answers import LeaveAnswers, Pattern
from knowledge.rules.outcome import SumLine, counted, of_figure

_TENTH = Decimal("0.1")
_MINUTES_IN_HOUR = 60
_HUNDRED = 100
_NO_EXCESS = Decimal("1E-9")  # below this a remainder comes of dividing, not of the law


@dataclass(frozen=True)
class Entitlement:
    """Holiday due in `unit` (days or hours) and the lines that lead to it.

    `due` is rounded as it is shown, `exact` is not: a leaver is paid for that (reg 14). `week`: a week in the same
    unit, nothing where it is not known.
    """

    due: Decimal
    exact: Decimal
    unit: str
    week: Decimal
    lines: tuple[SumLine, ...]


def round_up(number: Decimal) -> Decimal:
    """Up to a tenth, as GOV.UK's holiday calculator shows days; the law itself gives the exact part."""
    return (number - _NO_EXCESS).quantize(_TENTH, ROUND_CEILING)


def share(answers: LeaveAnswers, start: date, end: date) -> Decimal:
    """The part of the leave year in which the job lasts, by its days, both ends counted."""
    first = max(answers.started or start, start)
    last = min(answers.left or end, end)
    return Decimal((last - first).days + 1) / ((end - start).days + 1)


def regular(answers: LeaveAnswers, start: date, end: date) -> Entitlement:
    """Holiday of somebody whose week is always the same length, in days, or in hours for compressed hours."""
    weeks, most = value("holiday.weeks_a_year"), value("holiday.days_most")
    days = answers.days_a_week or Decimal(0)
    by_days = answers.pattern is Pattern.DAYS
    week, unit = (days, "days") if by_days else (answers.hours_a_week or Decimal(0), "hours")
    full = weeks.number * week
    cap = most.number if by_days else most.number * week / days
    parts = {"week": counted(week, unit), "weeks": of_figure(weeks)}
    lines = [SumLine("full_year", counted(full, unit), parts, (weeks,))]
    if full > cap:
        lines.append(SumLine("most", counted(cap, unit), {"most": of_figure(most)}, (most,)))
        full = cap
    part = share(answers, start, end)
    due = full * part
    if part < 1:
        worked, length = _days(answers, start, end)
        parts = {"full": counted(full, unit), "worked": counted(worked, "days"), "length": counted(length, "days")}
        lines.append(SumLine("part_of_year", counted(due, unit), parts))
    if round_up(due) != due:
        lines.append(SumLine("rounded_up", counted(round_up(due), unit), {"exact": counted(due, unit)}))
    return Entitlement(min(round_up(due), round_up(cap)), due, unit, week, tuple(lines))


def irregular(answers: LeaveAnswers, start: date) -> Entitlement:
    """Holiday built up from the hours of each pay period, each rounded to an hour as reg 15B says.

    Raises FigureNotKnown for a leave year that began before the rule. The law also sets the year's most weeks, which
    cannot be told in hours where hours change; the hours are not cut here.
    """
    percent = value("holiday.irregular_accrual_percent", start)
    half = value("holiday.irregular_rounding_minutes", start)
    up_from = half.number / _MINUTES_IN_HOUR
    lines = []
    total = Decimal(0)
    for hours in answers.period_hours:
        exact = hours * percent.number / _HUNDRED
        whole = exact.to_integral_value(ROUND_DOWN)
        built_up = whole + (1 if exact - whole >= up_from else 0)
        total += built_up
        parts = {"hours": counted(hours, "hours"), "share": of_figure(percent), "exact": counted(exact, "hours")}
        lines.append(SumLine("built_up", counted(built_up, "hours"), parts, (percent, half)))
    lines.append(SumLine("built_up_in_all", counted(total, "hours")))
    return Entitlement(total, total, "hours", answers.average_week or Decimal(0), tuple(lines))


def older_irregular(average_week: Decimal, answers: LeaveAnswers, start: date, end: date) -> Entitlement:
    """Holiday for changing hours in a leave year that began before the rule of 2024: weeks of an average week."""
    weeks = value("holiday.weeks_a_year")
    parts = {"week": counted(average_week, "hours"), "weeks": of_figure(weeks)}
    full = weeks.number * average_week
    exact = full * share(answers, start, end)
    due = round_up(exact)
    lines = [SumLine("full_year", counted(full, "hours"), parts, (weeks,))]
    if share(answers, start, end) < 1:
        worked, length = _days(answers, start, end)
        parts = {"full": counted(full, "hours"), "worked": counted(worked, "days"), "length": counted(length, "days")}
        lines.append(SumLine("part_of_year", counted(due, "hours"), parts))
    return Entitlement(due, exact, "hours", average_week, tuple(lines))


def _days(answers: LeaveAnswers, start: date, end: date) -> tuple[int, int]:
    length = (end - start).days + 1
    return int((share(answers, start, end) * length).to_integral_value()), length
