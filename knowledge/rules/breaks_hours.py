"""The limits on hours: the average week, and night work. Working Time Regulations 1998."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge.figures import FigureValue, value
from knowledge.rules.breaks_answers import BreaksAnswers, Limits, Ruling, Setting, Standing
from knowledge.rules.breaks_rest import work_hours
from knowledge.rules.outcome import SumLine, counted, of_figure

WEEK, NIGHT, LONG_DAY = "week", "night", "long_day"


def week_ruling(answers: BreaksAnswers, limits: Limits) -> Ruling | None:
    """The average week, all jobs added (regulations 4 and 5). Somebody under eighteen cannot opt out of it."""
    hours = week_total(answers)
    if hours is None:
        return None
    total, limit = counted(hours, "hours"), of_figure(limits.week_hours)
    values = {"total": total, "limit": limit}
    line = SumLine("week_total", total, {"limit": limit}, (limits.week_hours,))
    if hours <= limits.week_hours.number:
        return Ruling(WEEK, Standing.KEPT, "week_kept", values, (line,))
    if limits.young:
        return Ruling(WEEK, Standing.MISSED, "week_missed_young", values, (line,))
    if answers.setting is Setting.LIVE_IN_FAMILY:
        return Ruling(WEEK, Standing.UNSURE, "week_family", values, (line,))
    if answers.opted_out is None:
        return Ruling(WEEK, Standing.UNSURE, "week_unless_opted_out", values, (line,))
    if answers.opted_out:
        return Ruling(WEEK, Standing.NOT_DUE, "week_opted_out", values, (line,))
    return Ruling(WEEK, Standing.MISSED, "week_missed", values, (line,))


def night_ruling(answers: BreaksAnswers, limits: Limits, on: date) -> Ruling | None:
    """Night work (regulations 2 and 6). None where nothing was told of nights.

    The average for each day is the normal hours of a week over the days of the week that are no rest day. An opt-out
    does not touch it.
    """
    if answers.night_hours is None or answers.night_hours == 0:
        return None
    least = value("working_time.night_worker_hours", on)
    if limits.young:
        return Ruling(NIGHT, Standing.UNSURE, "night_young")
    if answers.night_hours < least.number or answers.nights_regular is False:
        return Ruling(NIGHT, Standing.NOT_DUE, "night_not_due", {"least": of_figure(least)})
    if answers.nights_regular is None or answers.week_hours is None:
        return Ruling(NIGHT, Standing.UNSURE, "night_unsure", {"least": of_figure(least)})
    limit = value("working_time.night_limit_hours", on)
    average, figures = _night_average(answers.week_hours, limit, on)
    values = {"average": counted(average, "hours"), "limit": of_figure(limit)}
    line = SumLine("night_average", values["average"], {"limit": values["limit"]}, (*figures, limit))
    if average <= limit.number:
        return Ruling(NIGHT, Standing.KEPT, "night_kept", values, (line,))
    if answers.setting is Setting.LIVE_IN_FAMILY:
        return Ruling(NIGHT, Standing.UNSURE, "night_family", values, (line,))
    return Ruling(NIGHT, Standing.MISSED, "night_missed", values, (line,))


def long_day_ruling(answers: BreaksAnswers, limits: Limits, on: date) -> Ruling | None:
    """The longest day of somebody under eighteen (regulation 5A); adults have none."""
    if not limits.young or answers.shift_hours is None:
        return None
    limit = value("working_time.under_18_day_limit_hours", on)
    shift = counted(answers.shift_hours, "hours")
    values = {"shift": shift, "limit": of_figure(limit)}
    line = SumLine("long_day", shift, {"limit": values["limit"]}, (limit,))
    if answers.shift_hours <= limit.number:
        return Ruling(LONG_DAY, Standing.KEPT, "long_day_kept", values, (line,))
    minutes = answers.break_minutes or Decimal(0)
    standing = Standing.MISSED if work_hours(answers.shift_hours, minutes) > limit.number else Standing.UNSURE
    return Ruling(LONG_DAY, standing, f"long_day_{standing.value}", values, (line,))


def week_total(answers: BreaksAnswers) -> Decimal | None:
    """Hours of an average week in all jobs; None where those of this job are not known."""
    if answers.week_hours is None:
        return None
    return answers.week_hours + (answers.other_job_hours or Decimal(0))


def _night_average(week_hours: Decimal, limit: FigureValue, on: date) -> tuple[Decimal, tuple[FigureValue, ...]]:
    rest, period = value("working_time.weekly_rest_hours", on), value("working_time.weekly_rest_period_days", on)
    per_day = value("working_time.night_limit_period_hours", on)
    working_days = period.number - rest.number / per_day.number
    return week_hours / working_days, (per_day, rest, period)
