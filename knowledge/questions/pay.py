"""The pay check: one pay period against the minimum wage and, for sponsored workers, the visa's own pay test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from knowledge.questions.check import Check
from knowledge.questions.choosing import One, Some, YesNo
from knowledge.questions.dated import Birthday, DayOf, Time
from knowledge.questions.draft import MISSING
from knowledge.questions.kinds import Age, Count, HoursOf, PayAgreed, Pounds
from knowledge.questions.question import Given, Question, amount, chosen, decimal, when, whole
from knowledge.rules.outcome import Finding, Refusal
from knowledge.rules.pay import check_pay
from knowledge.rules.pay_answers import (
    PARTS_OF_PAY,
    Basis,
    Charge,
    Hours,
    Housing,
    PayAnswers,
    Taken,
    Work,
    refusals,
)
from knowledge.rules.pay_period import MONTHS_IN_YEAR, weeks_in_year
from knowledge.rules.pay_visa import VisaAnswers, check_visa_pay, visa_refusals
from knowledge.rules.pay_visa_keys import PaidHow

_TIMES = ("travel", "waiting", "training", "around_shift")
_CHARGED = "charge_amount_"
_DAYS_IN_WEEK = 7


def questions(given: Given) -> Iterator[Question]:
    """Who and when, how pay is agreed, the hours, the parts, what was taken, the visa."""
    yield Question("work", One())
    if given.get("work") in (Work.SELF_EMPLOYED.value, Work.VOLUNTEER.value):
        return
    yield Question("period", Time())
    yield Question("basis", PayAgreed())
    yield from _pay(given)
    yield Question("at_work", HoursOf("period"))
    if amount(given, "at_work"):
        yield Question("breaks", HoursOf("period"))
    yield Question("more_time", Some())
    yield from _more_time(given)
    yield Question("pay_parts", Some())
    for part in PARTS_OF_PAY:
        if part in chosen(given, "pay_parts"):
            yield Question(part, Pounds())
    yield Question("charge", Some())
    for kind in chosen(given, "charge"):
        yield Question(f"{_CHARGED}{kind}", Pounds(), "charge_amount", ("charge", kind))
    yield Question("housing_days", Count("days"))
    if amount(given, "housing_days"):
        yield Question("housing_charge", Pounds())
    yield Question("birth", Birthday())
    if "birth" in given and given["birth"] is None:
        yield Question("age", Age())
    yield Question("apprentice", YesNo())
    if given.get("apprentice"):
        yield Question("first_year", YesNo())
    yield Question("visa", YesNo())
    if given.get("visa"):
        yield from _visa(given)


def _pay(given: Given) -> Iterator[Question]:
    basis = given.get("basis")
    if basis == Basis.HOURLY.value:
        yield Question("rate", Pounds("hour"))
        yield Question("hours_paid", HoursOf("period"))
    elif basis == Basis.YEARLY.value:
        yield Question("salary", Pounds("year"))
        yield Question("weekly_hours", HoursOf("week"))
    else:
        yield Question("amount", Pounds())


def _more_time(given: Given) -> Iterator[Question]:
    times = chosen(given, "more_time")
    for name in _TIMES:
        if name in times:
            yield Question(name, HoursOf("period"))
    if "sleep_in" in times:
        yield Question("sleep_in", HoursOf("period"))
        if amount(given, "sleep_in"):
            yield Question("awake", HoursOf("period"))
    if "live_in" in times:
        yield Question("live_in_days", Count("days"))
        if amount(given, "live_in_days"):
            yield Question("live_in_hours", HoursOf("day"))


def _visa(given: Given) -> Iterator[Question]:
    yield Question("visa_assigned", DayOf())
    if not given.get("visa_assigned"):
        return
    if _hourly(given) is None:
        yield Question("visa_hourly", Pounds("hour"))
    if given.get("weekly_hours") is None:
        yield Question("visa_weekly_hours", HoursOf("week"))
    yield Question("visa_salary", Pounds("year"))
    yield Question("visa_paid", One())
    yield Question("visa_stretch_pay", Pounds())
    if given.get("visa_stretch_pay"):
        yield Question("visa_stretch_hours", HoursOf())
    yield Question("visa_paid_back", Pounds())


def _hourly(given: Given) -> Decimal | None:
    salary, weekly = decimal(given, "salary"), decimal(given, "weekly_hours")
    if salary is not None and weekly:
        return salary / (weekly * weeks_in_year())
    return decimal(given, "rate")


def answers(given: Given) -> PayAnswers:
    """What the rule gets. Pay that is agreed in a way not known is taken as the amount on the payslip."""
    both = given.get("period")
    start, end = (date.fromisoformat(each) for each in both) if both else (None, None)
    born, age = _birth_and_age(given)
    hours = Hours(
        **{name: amount(given, name) for name in ("at_work", "breaks", *_TIMES, "sleep_in")},
        awake=decimal(given, "awake") if amount(given, "sleep_in") else Decimal(0),
        live_in_days=int(amount(given, "live_in_days")),
        live_in_hours=decimal(given, "live_in_hours"),
    )
    return PayAnswers(
        start=start,
        end=end,
        basis=Basis(given.get("basis") or Basis.PERIOD),
        hours=hours,
        birth=born,
        age=age,
        apprentice=bool(given.get("apprentice")),
        first_year=bool(given.get("first_year")),
        work=Work(given.get("work") or Work.WORKER),
        rate=decimal(given, "rate"),
        hours_paid=decimal(given, "hours_paid"),
        amount=decimal(given, "amount"),
        salary=decimal(given, "salary"),
        weekly_hours=decimal(given, "weekly_hours"),
        **{name: amount(given, name) for name in PARTS_OF_PAY},
        taken=tuple(
            Taken(Charge(name.removeprefix(_CHARGED)), Decimal(value))
            for name, value in given.items()
            if name.startswith(_CHARGED)
            and value is not None
            and name.removeprefix(_CHARGED) in chosen(given, "charge")
        ),
        housing=_housing(given),
    )


def _birth_and_age(given: Given) -> tuple[date | None, int | None]:
    """The birthday, or the age that was given in its place or asked for instead."""
    told = str(given.get("birth") or "")
    if told.startswith("age:"):
        return None, int(told.removeprefix("age:"))
    return (date.fromisoformat(told) if told else None), whole(given, "age")


def _housing(given: Given) -> Housing | None:
    days = whole(given, "housing_days")
    return Housing(days, amount(given, "housing_charge")) if days else None


def visa_answers(given: Given) -> VisaAnswers | None:
    """What the visa's pay test gets; None where it is not asked for, or the basic pay is not known."""
    hourly = _hourly(given) if _hourly(given) is not None else decimal(given, "visa_hourly")
    weekly = decimal(given, "weekly_hours") or decimal(given, "visa_weekly_hours")
    if not given.get("visa"):
        return None
    if given.get("visa_assigned") and (hourly is None or weekly is None):
        return None
    return VisaAnswers(
        assigned=when(given, "visa_assigned"),
        paid=PaidHow(given.get("visa_paid") or PaidHow.MONTHLY),
        hourly=hourly if hourly is not None else Decimal(1),
        weekly_hours=weekly if weekly is not None else Decimal(1),
        salary=decimal(given, "visa_salary"),
        stretch_pay=decimal(given, "visa_stretch_pay") if given.get("visa_paid") else None,
        stretch_hours=decimal(given, "visa_stretch_hours"),
        paid_back=amount(given, "visa_paid_back"),
    )


def wrong(given: Given, today: date) -> tuple[Refusal, ...]:
    """Why answers cannot be right. An amount taken is asked again for the kind that was asked."""
    visa = visa_answers(given)
    found = [*refusals(_told(given, today), today), *(visa_refusals(visa, today) if visa else ())]
    if given.get("period") is None:
        found.insert(0, Refusal("period", MISSING))
    bad = [name for name, value in given.items() if name.startswith(_CHARGED) and value and Decimal(value) <= 0]
    return tuple(Refusal(bad[0], each.reason) if each.question == "charge_amount" and bad else each for each in found)


def _told(given: Given, today: date) -> PayAnswers:
    """The answers for judging them; without the period every number would be too much for it."""
    told = answers(given)
    if told.start is not None:
        return told
    a_month = today - timedelta(days=_DAYS_IN_WEEK * weeks_in_year() // MONTHS_IN_YEAR)
    return answers({**given, "period": [a_month.isoformat(), today.isoformat()]})


def find(given: Given, today: date) -> tuple[Finding, ...]:
    """The minimum wage, and for sponsored workers the visa's own test."""
    visa = visa_answers(given)
    if given.get("work") in (Work.SELF_EMPLOYED.value, Work.VOLUNTEER.value):
        label = {"period": [today.isoformat()] * 2, "basis": Basis.PERIOD.value, "amount": "1", "at_work": "1"}
        return (check_pay(answers({**label, "work": given["work"]}), today),)
    return (check_pay(answers(given), today), *((check_visa_pay(visa, today),) if visa else ()))


CHECK = Check("pay", questions, wrong, find)
