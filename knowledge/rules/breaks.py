"""Breaks, rest, days off, nights and the average week: which rule is kept, which is missed.

Source: Working Time Regulations 1998, as in knowledge/figures/working_time.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge import clock
from knowledge.figures import FigureValue, value
from knowledge.rules.breaks_answers import GRAVITY, BreaksAnswers, Limits, Ruling, Setting, Standing
from knowledge.rules.breaks_hours import long_day_ruling, night_ruling, week_ruling, week_total
from knowledge.rules.breaks_rest import (
    FORTNIGHT_WEEKS,
    MINUTES_IN_AN_HOUR,
    break_ruling,
    daily_rest_ruling,
    days_off_ruling,
)
from knowledge.rules.outcome import (
    AnswersRefused,
    Finding,
    Note,
    Outcome,
    Refusal,
    SumLine,
    Vocabulary,
    counted,
    names,
)

__all__ = ["VOCABULARY", "AnswersRefused", "BreaksAnswers", "BreaksOutcome", "Setting", "check_breaks", "refusals"]

HOURS_IN_A_DAY = 24
DAYS_IN_A_WEEK = 7
_WEEK = HOURS_IN_A_DAY * DAYS_IN_A_WEEK
OLDEST = 100


class BreaksOutcome(Outcome):
    """What the rules come to, together."""

    KEPT = "kept"
    MOVED = "moved"
    MISSED_UNLESS_MADE_UP = "missed_unless_made_up"
    MISSED = "missed"
    NOT_SURE = "not_sure"
    CANNOT_TELL = "cannot_tell"


_OUTCOMES = {
    Standing.KEPT: BreaksOutcome.KEPT,
    Standing.NOT_DUE: BreaksOutcome.KEPT,
    Standing.MOVED: BreaksOutcome.MOVED,
    Standing.UNSURE: BreaksOutcome.NOT_SURE,
    Standing.UNLESS: BreaksOutcome.MISSED_UNLESS_MADE_UP,
    Standing.MISSED: BreaksOutcome.MISSED,
}


def check_breaks(answers: BreaksAnswers, today: date | None = None) -> Finding:
    """How each rule stands by the figures of a day, the gravest first. Raises AnswersRefused."""
    wrong = refusals(answers)
    if wrong:
        raise AnswersRefused(wrong)
    day = today or clock.today()
    under = value("working_time.under_18_age", day)
    limits = _limits(answers.age is not None and answers.age < under.number, day)
    rulings = sorted(_rulings(answers, limits, day), key=lambda each: -GRAVITY.index(each.standing))
    notes = [Note(each.note, each.values) for each in rulings]
    if answers.age is None and rulings:
        notes.append(Note("age_not_told"))
    if answers.age is not None and answers.age < value("minimum_wage.youngest_age", day).number:
        return Finding(BreaksOutcome.CANNOT_TELL, day, notes=(Note("school_age"),))
    if any(each.standing is Standing.MISSED for each in rulings):
        notes.append(Note("write_it_down"))
    if not rulings:
        return Finding(BreaksOutcome.CANNOT_TELL, day, notes=(Note("nothing_told"),))
    return Finding(
        outcome=_OUTCOMES[rulings[0].standing],
        on=day,
        values={"missed": counted(sum(each.standing is Standing.MISSED for each in rulings), "number")},
        sums=(*_jobs_sum(answers), *(line for each in rulings for line in each.sums)),
        notes=tuple(notes),
    )


def refusals(answers: BreaksAnswers, today: date | None = None) -> tuple[Refusal, ...]:
    """The answers that cannot be right, in the order of the questions."""
    shift, minutes = answers.shift_hours, answers.break_minutes
    week_wrong = _outside(answers.week_hours, _WEEK)
    found = [
        (answers.age is not None and not 0 < answers.age <= OLDEST, "age", "not_an_age"),
        (shift is not None and not 0 < shift <= HOURS_IN_A_DAY, "shift", "not_in_a_day"),
        (minutes is not None and minutes < 0, "break", "below_nothing"),
        (
            shift is not None and minutes is not None and shift > 0 and minutes > shift * MINUTES_IN_AN_HOUR,
            "break",
            "longer_than_shift",
        ),
        (_outside(answers.rest_hours, _WEEK * FORTNIGHT_WEEKS), "rest", "not_a_rest"),
        (_outside(answers.days_off, DAYS_IN_A_WEEK * FORTNIGHT_WEEKS), "days_off", "not_in_two_weeks"),
        (_outside(answers.night_hours, HOURS_IN_A_DAY), "night", "not_in_a_night"),
        (week_wrong, "week", "not_in_a_week"),
        (
            _outside(answers.other_job_hours, _WEEK) or (not week_wrong and (week_total(answers) or 0) > _WEEK),
            "other_jobs",
            "not_in_a_week",
        ),
    ]
    return tuple(Refusal(question, reason) for wrong, question, reason in found if wrong)


def _limits(young: bool, day: date) -> Limits:
    def figure(adult: str, under: str) -> FigureValue:
        return value(f"working_time.{under if young else adult}", day)

    return Limits(
        young=young,
        break_after=figure("rest_break_after_hours", "under_18_break_after_hours"),
        break_minutes=figure("rest_break_minutes", "under_18_break_minutes"),
        daily_rest=figure("daily_rest_hours", "under_18_daily_rest_hours"),
        week_hours=figure("weekly_limit_hours", "under_18_week_limit_hours"),
    )


def _rulings(answers: BreaksAnswers, limits: Limits, day: date) -> list[Ruling]:
    found = (
        break_ruling(answers, limits),
        daily_rest_ruling(answers, limits),
        days_off_ruling(answers, limits, day),
        week_ruling(answers, limits),
        night_ruling(answers, limits, day),
        long_day_ruling(answers, limits, day),
    )
    return [each for each in found if each is not None]


def _jobs_sum(answers: BreaksAnswers) -> tuple[SumLine, ...]:
    total = week_total(answers)
    if total is None or answers.week_hours is None or not answers.other_job_hours:
        return ()
    parts = {"here": counted(answers.week_hours, "hours"), "elsewhere": counted(answers.other_job_hours, "hours")}
    return (SumLine("jobs_added", counted(total, "hours"), parts),)


def _outside(number: Decimal | int | None, most: int) -> bool:
    return number is not None and not 0 <= number <= most


def _rest_notes(rule: str, *given: str) -> dict[str, frozenset[str]]:
    standings = (Standing.KEPT, Standing.MOVED, Standing.UNLESS, Standing.MISSED)
    return {f"{rule}_{standing.value}": names(*given) for standing in standings}


_BREAK = ("shift", "got", "due", "after")

VOCABULARY = Vocabulary(
    check="breaks",
    outcomes={each.value: names() if each is BreaksOutcome.CANNOT_TELL else names("missed") for each in BreaksOutcome},
    sums={
        "break_got": names("shift", "due"),
        "rest_got": names("due"),
        "days_off_got": names("due"),
        "jobs_added": names("here", "elsewhere"),
        "week_total": names("limit"),
        "night_average": names("limit"),
        "long_day": names("limit"),
    },
    notes={
        **_rest_notes("break", *_BREAK),
        "break_not_due": names(*_BREAK),
        "break_unsure": names(*_BREAK),
        **_rest_notes("daily_rest", "got", "due"),
        **_rest_notes("days_off", "got", "due"),
        **{
            f"week_{how}": names("total", "limit")
            for how in ("kept", "missed", "missed_young", "family", "unless_opted_out", "opted_out")
        },
        **{f"night_{how}": names("average", "limit") for how in ("kept", "missed", "family")},
        **{f"night_{how}": names("least") for how in ("not_due", "unsure")},
        "night_young": names(),
        **{f"long_day_{how}": names("shift", "limit") for how in ("kept", "missed", "unsure")},
        "age_not_told": names(),
        "school_age": names(),
        "nothing_told": names(),
        "write_it_down": names(),
    },
    questions={
        "age": names("not_an_age"),
        "setting": names(),
        "shift": names("not_in_a_day"),
        "break": names("below_nothing", "longer_than_shift"),
        "break_free": names(),
        "break_edge": names(),
        "rest": names("not_a_rest"),
        "days_off": names("not_in_two_weeks"),
        "night": names("not_in_a_night"),
        "nights_regular": names(),
        "week": names("not_in_a_week"),
        "other_jobs": names("not_in_a_week"),
        "opted_out": names(),
        "rest_made_up": names(),
    },
    choices={"setting": names(*(each.value for each in Setting))},
)
