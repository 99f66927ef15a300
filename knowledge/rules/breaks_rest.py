"""The rules of rest: the break in a shift, the rest between shifts, days off. Working Time Regulations 1998."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge.figures import FigureValue, value
from knowledge.rules.breaks_answers import BreaksAnswers, Limits, Ruling, Standing, rest_ruling
from knowledge.rules.outcome import SumLine, counted, of_figure

BREAK, DAILY_REST, DAYS_OFF = "break", "daily_rest", "days_off"
MINUTES_IN_AN_HOUR = 60
FORTNIGHT_WEEKS = 2


def break_ruling(answers: BreaksAnswers, limits: Limits) -> Ruling | None:
    """The break in a shift (regulation 12). None where too little was told.

    It is due when the work of a day is longer than the figure, not when it is just as long. A break on call, or at the
    start or the end, is no break. Where only the break itself brings the work down to the figure, nobody can be sure.
    """
    shift, minutes = answers.shift_hours, answers.break_minutes
    if shift is None or (minutes is None and shift > limits.break_after.number):
        return None
    given = _real_minutes(answers)
    values = {
        "shift": counted(shift, "hours"),
        "got": counted(given, "minutes"),
        "due": of_figure(limits.break_minutes),
        "after": of_figure(limits.break_after),
    }
    figures = (limits.break_after, limits.break_minutes)
    line = SumLine("break_got", counted(given, "minutes"), {name: values[name] for name in ("shift", "due")}, figures)
    if shift <= limits.break_after.number:
        return Ruling(BREAK, Standing.NOT_DUE, "break_not_due", values, (line,))
    if given < limits.break_minutes.number and work_hours(shift, given) <= limits.break_after.number:
        return Ruling(BREAK, Standing.UNSURE, "break_unsure", values, (line,))
    return rest_ruling(BREAK, answers, given < limits.break_minutes.number, limits.young, values, line)


def daily_rest_ruling(answers: BreaksAnswers, limits: Limits) -> Ruling | None:
    """The rest between one working day and the next (regulation 10)."""
    if answers.rest_hours is None:
        return None
    got, due = counted(answers.rest_hours, "hours"), of_figure(limits.daily_rest)
    line = SumLine("rest_got", got, {"due": due}, (limits.daily_rest,))
    missed = answers.rest_hours < limits.daily_rest.number
    return rest_ruling(DAILY_REST, answers, missed, limits.young, {"got": got, "due": due}, line)


def days_off_ruling(answers: BreaksAnswers, limits: Limits, on: date) -> Ruling | None:
    """Days off in two weeks (regulation 11): for adults both ways of giving them come to the same number of days."""
    if answers.days_off is None:
        return None
    due, figures = _days_due(limits.young, on)
    got = counted(answers.days_off, "days")
    values = {"got": got, "due": counted(due, "days")}
    line = SumLine("days_off_got", got, {"due": values["due"]}, figures)
    return rest_ruling(DAYS_OFF, answers, answers.days_off < due, limits.young, values, line)


def work_hours(shift: Decimal, break_minutes: Decimal) -> Decimal:
    """The hours of a shift without its break, exact to well under a second."""
    return (shift - break_minutes / MINUTES_IN_AN_HOUR).quantize(Decimal("0.0001"))


def _days_due(young: bool, on: date) -> tuple[Decimal, tuple[FigureValue, ...]]:
    if young:
        weekly = value("working_time.under_18_weekly_rest_days", on)
        return weekly.number * FORTNIGHT_WEEKS, (weekly,)
    fortnight = value("working_time.fortnight_rest_hours", on)
    day_long = value("working_time.weekly_rest_hours", on)
    return fortnight.number / day_long.number, (fortnight, day_long)


def _real_minutes(answers: BreaksAnswers) -> Decimal:
    if answers.break_minutes is None or answers.break_is_free is False or answers.break_at_edge is True:
        return Decimal(0)
    return answers.break_minutes
