"""Is pay below the minimum wage? One pay period, as the National Minimum Wage Regulations 2015 count it.

The rate is the one in force for the worker on the first day of the period (reg 4B; Acas, "When your rate increases"),
so a rise or a birthday inside it counts from the next period. What is in doubt is reckoned both ways; only when both
give the same is there an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from knowledge import clock
from knowledge.figures import FigureNotKnown, FigureValue, value
from knowledge.rules import pay_keys
from knowledge.rules.outcome import (
    PENNY,
    AnswersRefused,
    Finding,
    Note,
    Quantity,
    SumLine,
    counted,
    day,
    of_figure,
    pounds,
    pounds_down,
)
from knowledge.rules.pay_answers import Charge, PayAnswers, Work, refusals
from knowledge.rules.pay_keys import PayOutcome
from knowledge.rules.pay_money import money_doubts, not_lowering, pay_that_counts
from knowledge.rules.pay_period import is_too_long, years_before
from knowledge.rules.pay_rate import (
    RatesNotYetKnown,
    UnderSchoolLeavingAge,
    age_on,
    highest_rate,
    lowest_rate,
    rate,
    school_leaving_day,
)
from knowledge.rules.pay_time import hours_that_count, time_doubts

__all__ = ["VOCABULARY", "AnswersRefused", "PayOutcome", "check_pay"]
VOCABULARY = pay_keys.VOCABULARY


@dataclass(frozen=True)
class _Reckoning:
    pay: Decimal
    hours: Decimal
    rate: FigureValue
    lines: tuple[SumLine, ...]

    @property
    def missing(self) -> Decimal:
        """Whole pence that are missing: wages are paid in pence, so less than one cannot be."""
        return max(self.rate.number * self.hours - self.pay, Decimal(0)).quantize(PENNY, ROUND_DOWN)

    @property
    def hourly(self) -> Quantity:
        shown = pounds_down(self.pay / self.hours)
        return shown if self.missing else pounds(max(shown.number, self.rate.number))

    def sums(self) -> tuple[SumLine, ...]:
        """Every line, down to what is missing."""
        due = self.rate.number * self.hours
        pay, hours = pounds(self.pay), counted(self.hours, "hours")
        ending = [
            SumLine("pay_that_counts", pay),
            *(line for line in self.lines if line.label.startswith("hours")),
            SumLine("hours_that_count", hours),
            SumLine("pay_an_hour", self.hourly, {"pay": pay, "hours": hours}),
            SumLine("rate", of_figure(self.rate), figures=(self.rate,)),
            SumLine("due", pounds(due), {"rate": of_figure(self.rate), "hours": hours}),
        ]
        if self.missing:
            ending.append(SumLine("missing", pounds(self.missing), {"due": pounds(due), "pay": pay}))
        return (*(line for line in self.lines if not line.label.startswith("hours")), *ending)


def check_pay(answers: PayAnswers, today: date | None = None) -> Finding:
    """What the check finds for one pay period. Raises AnswersRefused when an answer cannot be right or is missing."""
    now = today or clock.today()
    wrong = refusals(answers, now)
    if wrong or answers.start is None or answers.end is None:
        raise AnswersRefused(wrong)
    early = _before_the_sum(answers, answers.start, answers.end)
    if early is not None:
        return Finding(early, answers.start, notes=_notes(answers))
    try:
        kind, low = _reckon(answers, answers.start, False), _reckon(answers, answers.start, True)
    except UnderSchoolLeavingAge:
        return Finding(PayOutcome.UNDER_SCHOOL_LEAVING_AGE, answers.start)
    except RatesNotYetKnown:
        return Finding(PayOutcome.CANNOT_TELL_NEW_RATES, answers.start)
    except FigureNotKnown:
        return Finding(PayOutcome.CANNOT_TELL_OLD_RATES, answers.start)
    return _compared(answers, answers.start, answers.end, kind, low, now)


def _before_the_sum(answers: PayAnswers, start: date, end: date) -> PayOutcome | None:
    """The outcomes that need no sum, or for which none can be made."""
    if answers.birth is not None:
        youngest = int(value("minimum_wage.youngest_age").number)
        if age_on(answers.birth, start) <= youngest and start <= school_leaving_day(answers.birth):
            return PayOutcome.UNDER_SCHOOL_LEAVING_AGE
    if answers.work is Work.SELF_EMPLOYED:
        return PayOutcome.CANNOT_TELL_SELF_EMPLOYED
    if answers.work is Work.VOLUNTEER:
        return PayOutcome.CANNOT_TELL_VOLUNTEER
    if is_too_long(start, end):
        changed = _rate_changes_inside(answers, start, end)
        return PayOutcome.RULE_CHANGED_IN_PERIOD if changed else PayOutcome.CANNOT_TELL_LONG_PERIOD
    if answers.hours.live_in_days and answers.hours.live_in_hours is None:
        return PayOutcome.CANNOT_TELL_LIVE_IN
    return None


def _rate_changes_inside(answers: PayAnswers, start: date, end: date) -> bool:
    try:
        return _rate(answers, start, True) != _rate(answers, end, True)
    except (FigureNotKnown, UnderSchoolLeavingAge):
        return True


def _rate(answers: PayAnswers, on: date, against_employer: bool, started: date | None = None) -> FigureValue:
    """The rate on a day for the worker's age then, or for the age on `started` under the rates of that day."""
    age = age_on(answers.birth, started or on) if answers.birth is not None else answers.age
    if age is None:
        return highest_rate(on) if against_employer else lowest_rate(on)
    return rate(age, on, apprentice=answers.apprentice, first_year=answers.first_year)


def _reckon(answers: PayAnswers, start: date, against_employer: bool) -> _Reckoning:
    pay, money_lines = pay_that_counts(answers, start, against_employer)
    hours, time_lines = hours_that_count(answers, against_employer)
    return _Reckoning(pay, hours, _rate(answers, start, against_employer), (*money_lines, *time_lines))


def _compared(answers: PayAnswers, start: date, end: date, kind: _Reckoning, low: _Reckoning, today: date) -> Finding:
    notes = [*_period_notes(answers, start, end, low), *_notes(answers)]
    if kind.hours <= 0 or low.hours <= 0:
        return Finding(PayOutcome.CANNOT_TELL_HOURS, start, notes=tuple(notes))
    values = {"hourly": low.hourly, "rate": of_figure(low.rate), "start": day(start), "end": day(end)}
    if not low.missing:
        return Finding(PayOutcome.AT_OR_ABOVE, start, values, low.sums(), tuple(notes))
    if kind.missing:
        values |= {"hourly": kind.hourly, "rate": of_figure(kind.rate), "missing": pounds(kind.missing)}
        if low.missing > kind.missing:
            notes.append(Note("may_be_more", {"missing": pounds(low.missing)}))
            notes += [Note(key) for key in _doubts(answers)]
        sums = (*kind.sums(), *_owed_today(answers, start, kind, today))
        return Finding(PayOutcome.BELOW, start, values, sums, (*notes, *_how_far_back(end, today)))
    notes += [Note(key) for key in _doubts(answers)]
    unknown_age = answers.birth is None and answers.age is None
    outcome = PayOutcome.CANNOT_TELL_AGE if unknown_age else PayOutcome.CANNOT_TELL_DEPENDS
    values |= {"highest": kind.hourly, "lowest": low.hourly, "missing": pounds(low.missing)}
    return Finding(outcome, start, values, low.sums(), tuple(notes))


def _doubts(answers: PayAnswers) -> tuple[str, ...]:
    return (*money_doubts(answers), *time_doubts(answers))


def _owed_today(answers: PayAnswers, start: date, then: _Reckoning, today: date) -> tuple[SumLine, ...]:
    """What is missing at today's rate for somebody of the age then (National Minimum Wage Act 1998 s.17)."""
    try:
        now = _rate(answers, today, False, started=start)
    except FigureNotKnown:
        return ()
    if now.number <= then.rate.number:
        return ()
    parts = {"missing": pounds(then.missing), "then": of_figure(then.rate), "now": of_figure(now)}
    return (SumLine("owed_today", pounds(then.missing * now.number / then.rate.number), parts, (now,)),)


def _how_far_back(end: date, today: date) -> tuple[Note, ...]:
    court = years_before(today, int(value("minimum_wage.arrears_years_back").number))
    tribunal = years_before(today, int(value("minimum_wage.tribunal_years_back").number))
    if end < court:
        return (Note("too_long_ago", {"court": day(court)}),)
    key = "past_tribunal" if end < tribunal else "how_far_back"
    return (Note(key, {"court": day(court), "tribunal": day(tribunal)}),)


def _period_notes(answers: PayAnswers, start: date, end: date, low: _Reckoning) -> list[Note]:
    notes = []
    try:
        later = _rate(answers, end, True)
    except (FigureNotKnown, UnderSchoolLeavingAge):
        notes.append(Note("rise_in_period_not_known"))
    else:
        if later != low.rate:
            values = {"rate": of_figure(later), "day": day(end + timedelta(days=1))}
            notes.append(Note("rise_in_period", values))
    if not low.rate.sure.startswith("A"):
        notes.append(Note("rate_not_confirmed"))
    return notes


def _notes(answers: PayAnswers) -> tuple[Note, ...]:
    notes = []
    if answers.birth is None and answers.age == int(value("minimum_wage.youngest_age").number):
        notes.append(Note("school_leaving_age"))
    if left_out := not_lowering(answers):
        notes.append(Note("taken_not_counted", {"amount": pounds(left_out)}))
    if answers.taken:
        notes.append(Note("deductions_have_rules"))
    if any(each.kind is Charge.SPONSOR_COST for each in answers.taken):
        notes.append(Note("sponsor_cost"))
    if answers.hours.sleep_in:
        notes.append(Note("sleep_in"))
    return tuple(notes)
