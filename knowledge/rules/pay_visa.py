"""Does pay meet the Health and Care visa's own test? By the day the certificate of sponsorship was assigned.

The floors are an hour's and a year's. Certificates assigned from `visa.pay_test_from` on are also tested in each
stretch of months or weeks (Immigration Rules, Appendix Skilled Worker, SW 14.3B); earlier ones keep the yearly test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from knowledge import clock
from knowledge.figures import FigureNotKnown, FigureValue, value
from knowledge.rules.outcome import (
    PENNY,
    AnswersRefused,
    Finding,
    Note,
    Quantity,
    Refusal,
    SumLine,
    counted,
    day,
    of_figure,
    pounds,
    pounds_down,
)
from knowledge.rules.pay_answers import (
    DAYS_IN_WEEK,
    HOURLY_MOST,
    HOURS_IN_DAY,
    SALARY_LEAST,
    SALARY_MOST,
    ZERO,
)
from knowledge.rules.pay_period import MONTHS_IN_YEAR, weeks_in_year
from knowledge.rules.pay_rate import RatesNotYetKnown, highest_rate
from knowledge.rules.pay_visa_keys import PaidHow, VisaPayOutcome

_HUNDRED = 100


@dataclass(frozen=True)
class VisaAnswers:
    """A sponsored care worker's guaranteed basic pay before tax, without overtime, tips, bonuses and housing.

    `assigned`: the day the certificate was assigned. `salary`: what the certificate says for a year. `stretch_pay` and
    `stretch_hours`: pay and all hours worked in the stretch of `paid` (see `stretch`). `paid_back`: money paid back to
    the sponsor in it for business or immigration costs.
    """

    assigned: date | None = None
    paid: PaidHow = PaidHow.MONTHLY
    hourly: Decimal = ZERO
    weekly_hours: Decimal = ZERO
    salary: Decimal | None = None
    stretch_pay: Decimal | None = None
    stretch_hours: Decimal | None = None
    paid_back: Decimal = ZERO


def visa_refusals(answers: VisaAnswers, today: date) -> tuple[Refusal, ...]:
    """Every question that must be asked again, with the reason."""
    return tuple(_refusals(answers, today))


def stretch(paid: PaidHow, on: date | None = None) -> tuple[FigureValue, Decimal]:
    """The stretch that is tested, with its share of a year. Raises FigureNotKnown before the rule began."""
    if paid is PaidHow.MONTHLY:
        return value("visa.pay_test_months", on), value("visa.pay_test_months_percent", on).number / _HUNDRED
    weeks = value("visa.pay_test_uneven_weeks" if paid is PaidHow.UNEVEN else "visa.pay_test_weeks", on)
    return weeks, weeks.number / weeks_in_year()


def check_visa_pay(answers: VisaAnswers, today: date | None = None) -> Finding:
    """What the visa's pay test finds. Raises AnswersRefused when an answer cannot be right."""
    now = today or clock.today()
    wrong = visa_refusals(answers, now)
    if wrong:
        raise AnswersRefused(wrong)
    if answers.assigned is None:
        return Finding(VisaPayOutcome.CANNOT_TELL_DATE, now)
    try:
        hour = value("visa.care_salary_hour", answers.assigned)
        year = value("visa.care_salary_year", answers.assigned)
    except FigureNotKnown:
        return Finding(VisaPayOutcome.CANNOT_TELL_OLD, now)
    return _tested(answers, answers.assigned, hour, year, now)


def _tested(answers: VisaAnswers, assigned: date, hour: FigureValue, year: FigureValue, now: date) -> Finding:
    most = value("visa.hours_counted_max").number
    hours = min(answers.weekly_hours, most)
    year_pay = answers.hourly * hours * weeks_in_year()
    newer = assigned >= value("visa.pay_test_from").day
    lines = [*_hour_lines(answers, hour), *_year_lines(answers, hours, year_pay, year, newer)]
    if newer and answers.stretch_pay is not None:
        lines += _stretch_lines(answers, answers.stretch_pay, year, hour, assigned)
    values: dict[str, Quantity] = {
        "hour_needed": of_figure(hour), "year_needed": of_figure(year),
        "hourly": pounds_down(answers.hourly), "year_pay": pounds_down(year_pay),
    }  # fmt: skip
    if answers.salary is not None:
        values["certificate"] = pounds(answers.salary)
    outcome = _outcome(answers, assigned, year_pay, hour, year, newer)
    return Finding(outcome, now, values, tuple(lines), tuple(_notes(answers, hour, newer, outcome, now)))


def _outcome(
    answers: VisaAnswers, assigned: date, year_pay: Decimal, hour: FigureValue, year: FigureValue, newer: bool
) -> VisaPayOutcome:
    if answers.hourly < hour.number:
        return VisaPayOutcome.BELOW
    if _under(year_pay, year.number):
        # An hour's pay is told to the nearest penny, so the hour's floor itself can fall a pound short of the year's.
        most = (answers.hourly + PENNY / 2) * min(answers.weekly_hours, value("visa.hours_counted_max").number)
        rounded = not _under(most * weeks_in_year(), year.number)
        return VisaPayOutcome.CANNOT_TELL_ROUNDING if rounded else VisaPayOutcome.BELOW
    if not newer and _under(year_pay - answers.paid_back, year.number):
        # Paying back counts where the application falls under the rule; for an older certificate that is not told.
        counts = assigned >= value("visa.payback_counts_from").day
        return VisaPayOutcome.BELOW if counts else VisaPayOutcome.CANNOT_TELL_PAID_BACK
    if newer and answers.stretch_pay is not None:
        left = answers.stretch_pay - answers.paid_back
        if _under(left, year.number * stretch(answers.paid, assigned)[1]):
            return VisaPayOutcome.BELOW
        if answers.stretch_hours is not None and _under(left, hour.number * answers.stretch_hours):
            return VisaPayOutcome.BELOW
    if answers.salary is not None and _under(year_pay, answers.salary):
        return VisaPayOutcome.BELOW_CERTIFICATE
    if newer and (answers.stretch_pay is None or answers.stretch_hours is None):
        return VisaPayOutcome.CANNOT_TELL_STRETCH
    return VisaPayOutcome.AT_OR_ABOVE


def _under(pay: Decimal, needed: Decimal) -> bool:
    """Whether a whole penny is missing."""
    return pounds_down(needed - pay).number > 0


def _hour_lines(answers: VisaAnswers, hour: FigureValue) -> Iterator[SumLine]:
    yield SumLine("visa_hour_needed", of_figure(hour), figures=(hour,))
    if answers.hourly < hour.number:
        parts = {"needed": of_figure(hour), "hourly": pounds(answers.hourly)}
        yield SumLine("visa_hour_missing", pounds(hour.number - answers.hourly), parts)


def _year_lines(
    answers: VisaAnswers, hours: Decimal, year_pay: Decimal, year: FigureValue, newer: bool
) -> Iterator[SumLine]:
    parts = {
        "hourly": pounds(answers.hourly), "weekly": counted(hours, "hours"), "weeks": counted(weeks_in_year(), "weeks"),
    }  # fmt: skip
    yield SumLine("visa_year_pay", pounds_down(year_pay), parts)
    if answers.paid_back and not newer:
        year_pay -= answers.paid_back
        yield SumLine("visa_paid_back", pounds(answers.paid_back))
    yield SumLine("visa_year_needed", of_figure(year), figures=(year,))
    if _under(year_pay, year.number):
        yield SumLine("visa_year_missing", pounds(year.number - year_pay))


def _stretch_lines(
    answers: VisaAnswers, pay: Decimal, year: FigureValue, hour: FigureValue, assigned: date
) -> Iterator[SumLine]:
    length, share = stretch(answers.paid, assigned)
    needed = year.number * share
    parts = {"year": of_figure(year), "stretch": of_figure(length)}
    if answers.paid is PaidHow.MONTHLY:
        percent = value("visa.pay_test_months_percent", assigned)
        shares = {**parts, "share": of_figure(percent)}
        yield SumLine("visa_months_needed", pounds(needed), shares, (length, percent))
    else:
        weeks = {**parts, "weeks": counted(weeks_in_year(), "weeks")}
        yield SumLine("visa_weeks_needed", pounds(needed), weeks, (length,))
    left = pay - answers.paid_back
    yield SumLine("visa_stretch_pay", pounds(left), {"pay": pounds(pay), "paid_back": pounds(answers.paid_back)})
    if _under(left, needed):
        yield SumLine("visa_stretch_missing", pounds(needed - left))
    if answers.stretch_hours is not None:
        hours = {"pay": pounds(left), "hours": counted(answers.stretch_hours, "hours")}
        yield SumLine("visa_stretch_hour", pounds_down(left / answers.stretch_hours), hours, (hour,))


def _notes(answers: VisaAnswers, hour: FigureValue, newer: bool, outcome: VisaPayOutcome, now: date) -> Iterator[Note]:
    most = value("visa.hours_counted_max")
    if answers.weekly_hours > most.number:
        yield Note("visa_hours_capped", {"counted": of_figure(most)})
    if not newer:
        yield Note("visa_older_test", {"day": day(value("visa.pay_test_from").day)})
    if not hour.sure.startswith("A"):
        yield Note("visa_floor_not_confirmed")
    try:
        wage = highest_rate(now)
    except RatesNotYetKnown:
        wage = None
    if wage is not None and wage.number > hour.number:
        yield Note("visa_minimum_wage_too", {"rate": of_figure(wage)})
    if outcome in (VisaPayOutcome.BELOW, VisaPayOutcome.BELOW_CERTIFICATE):
        yield Note("visa_sponsors_breach")
    yield Note("visa_going_rate")


def _refusals(answers: VisaAnswers, today: date) -> Iterator[Refusal]:
    week = HOURS_IN_DAY * DAYS_IN_WEEK
    if answers.assigned is not None and answers.assigned > today:
        yield Refusal("visa_assigned", "future")
    for question, given, most in (
        ("visa_hourly", answers.hourly, HOURLY_MOST),
        ("visa_weekly_hours", answers.weekly_hours, week),
        ("visa_stretch_hours", answers.stretch_hours, week * weeks_in_year() // MONTHS_IN_YEAR * 4),
    ):
        if given is not None and given <= 0:
            yield Refusal(question, "not_above_zero")
        elif given is not None and given > most:
            yield Refusal(question, "too_high")
    if answers.salary is not None and not SALARY_LEAST <= answers.salary <= SALARY_MOST:
        yield Refusal("visa_salary", "too_low" if answers.salary < SALARY_LEAST else "too_high")
    for question, amount in (("visa_stretch_pay", answers.stretch_pay), ("visa_paid_back", answers.paid_back)):
        if amount is not None and amount < 0:
            yield Refusal(question, "below_zero")


def yearly(answers: VisaAnswers, salary: Decimal) -> VisaAnswers:
    """The answers of somebody paid by the year: the hour's pay is the salary over the contract's hours."""
    return replace(answers, hourly=salary / (answers.weekly_hours * weeks_in_year()))
