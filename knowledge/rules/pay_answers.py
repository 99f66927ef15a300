"""What a worker tells the pay check, and why an answer cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from knowledge.rules.outcome import Refusal

ZERO = Decimal(0)
HOURS_IN_DAY = 24
DAYS_IN_WEEK = 7
# Beyond these somebody has mistyped, or has given a week's pay for an hour's. They are no rule of law.
HOURLY_MOST, DAILY_MOST, SALARY_LEAST, SALARY_MOST, AGE_MOST = 200, 2000, 1000, 500_000, 110


class Basis(str, Enum):
    """How pay is agreed."""

    HOURLY = "hourly"
    PERIOD = "period"
    YEARLY = "yearly"


class Work(str, Enum):
    """What the worker is told to be."""

    WORKER = "worker"
    SELF_EMPLOYED = "self_employed"
    VOLUNTEER = "volunteer"


class Charge(str, Enum):
    """What money was taken for, whether from wages or paid over by the worker."""

    UNIFORM = "uniform"
    DBS_CHECK = "dbs_check"
    TRAINING = "training"
    TRAINING_ON_LEAVING = "training_on_leaving"
    TOOLS = "tools"
    TRANSPORT = "transport"
    SPONSOR_COST = "sponsor_cost"
    OWN_VISA_FEE = "own_visa_fee"
    FINE_IN_CONTRACT = "fine_in_contract"
    FINE_NOT_IN_CONTRACT = "fine_not_in_contract"
    FINE = "fine"
    LOAN = "loan"
    OVERPAYMENT = "overpayment"
    TAX = "tax"
    PENSION = "pension"
    UNION = "union"
    OTHER = "other"


@dataclass(frozen=True)
class Taken:
    """Money taken in the period."""

    kind: Charge
    amount: Decimal


@dataclass(frozen=True)
class Housing:
    """Housing from the employer: whole days on which it was given, and what it cost the worker in the period."""

    days: int
    charge: Decimal = ZERO


@dataclass(frozen=True)
class Hours:
    """Hours of the pay period. `at_work`: visits and shifts, with waking nights. `breaks` lie inside it, free of duty.

    Travel between visits, waiting, training and the time around a shift are those not already inside `at_work`.
    `awake`: hours of the sleep-ins awake for work, None where not known. `live_in_hours`: a day's hours by a fair
    written agreement, or as truly worked, None where there are none.
    """

    at_work: Decimal = ZERO
    breaks: Decimal = ZERO
    travel: Decimal = ZERO
    waiting: Decimal = ZERO
    training: Decimal = ZERO
    around_shift: Decimal = ZERO
    sleep_in: Decimal = ZERO
    awake: Decimal | None = ZERO
    live_in_days: int = 0
    live_in_hours: Decimal | None = None


@dataclass(frozen=True)
class PayAnswers:
    """One pay period, first and last day included, with money before tax.

    `premium`, `tips`, `expenses`, `allowances`, `time_off_pay` and `sleep_in_pay` are parts of the pay given, not on
    top of it. `rate` and `hours_paid` go with HOURLY, `amount` with PERIOD, `salary` and `weekly_hours` with YEARLY.
    `age` is the age on the first day of the period, where the birthday is not given.
    """

    start: date | None = None
    end: date | None = None
    basis: Basis = Basis.HOURLY
    hours: Hours = field(default_factory=Hours)
    birth: date | None = None
    age: int | None = None
    apprentice: bool = False
    first_year: bool = False
    work: Work = Work.WORKER
    rate: Decimal | None = None
    hours_paid: Decimal | None = None
    amount: Decimal | None = None
    salary: Decimal | None = None
    weekly_hours: Decimal | None = None
    premium: Decimal = ZERO
    tips: Decimal = ZERO
    expenses: Decimal = ZERO
    allowances: Decimal = ZERO
    time_off_pay: Decimal = ZERO
    sleep_in_pay: Decimal = ZERO
    taken: tuple[Taken, ...] = ()
    housing: Housing | None = None

    @property
    def days(self) -> int:
        """Days of the period, both ends counted; none where it is not known."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0


PARTS_OF_PAY = ("premium", "tips", "expenses", "allowances", "time_off_pay", "sleep_in_pay")


def refusals(answers: PayAnswers, today: date) -> tuple[Refusal, ...]:
    """Every question that must be asked again, with the reason; `missing` where it has not been answered at all."""
    return tuple(dict.fromkeys((*_period(answers, today), *_pay(answers), *_hours(answers), *_money(answers))))


def _period(answers: PayAnswers, today: date) -> Iterator[Refusal]:
    if answers.start is None or answers.end is None:
        yield Refusal("period", "missing")
        return
    if answers.end < answers.start:
        yield Refusal("period", "ends_before_start")
    if answers.start > today:
        yield Refusal("period", "future")
    if answers.birth is not None and answers.birth > answers.start:
        yield Refusal("birth", "future")
    if answers.birth is not None and answers.start - answers.birth > timedelta(days=366 * AGE_MOST):
        yield Refusal("birth", "too_old")
    if answers.age is not None and not 0 <= answers.age <= AGE_MOST:
        yield Refusal("age", "absurd")


def _pay(answers: PayAnswers) -> Iterator[Refusal]:
    if answers.basis is Basis.HOURLY:
        yield from _amount("rate", answers.rate, HOURLY_MOST)
        yield from _amount("hours_paid", answers.hours_paid, HOURS_IN_DAY * max(answers.days, 1))
    elif answers.basis is Basis.PERIOD:
        yield from _amount("amount", answers.amount, DAILY_MOST * max(answers.days, 1))
    else:
        yield from _amount("salary", answers.salary, SALARY_MOST, SALARY_LEAST)
        if answers.weekly_hours is not None:
            yield from _amount("weekly_hours", answers.weekly_hours, HOURS_IN_DAY * DAYS_IN_WEEK)


def _amount(question: str, given: Decimal | None, most: int, least: int = 0) -> Iterator[Refusal]:
    if given is None:
        yield Refusal(question, "missing")
    elif given <= 0:
        yield Refusal(question, "not_above_zero")
    elif given > most:
        yield Refusal(question, "too_high")
    elif given < least:
        yield Refusal(question, "too_low")


def _hours(answers: PayAnswers) -> Iterator[Refusal]:
    hours = answers.hours
    for question in ("at_work", "breaks", "travel", "waiting", "training", "around_shift", "sleep_in", "awake"):
        if (getattr(hours, question) or ZERO) < 0:
            yield Refusal(question, "below_zero")
    if hours.breaks > hours.at_work:
        yield Refusal("breaks", "more_than_work")
    if hours.awake is not None and hours.awake > hours.sleep_in:
        yield Refusal("awake", "more_than_sleep_in")
    if not 0 <= hours.live_in_days <= max(answers.days, 0):
        yield Refusal("live_in_days", "more_than_period")
    if hours.live_in_hours is not None and not 0 <= hours.live_in_hours <= HOURS_IN_DAY:
        yield Refusal("live_in_hours", "too_high")
    told = (hours.at_work, hours.travel, hours.waiting, hours.training, hours.around_shift, hours.sleep_in)
    live_in = hours.live_in_days * (hours.live_in_hours or ZERO)
    if answers.days > 0 and sum(told) + live_in > HOURS_IN_DAY * answers.days:
        yield Refusal("at_work", "more_than_period")
    if sum(told) == 0 and not hours.live_in_days:
        yield Refusal("at_work", "missing")
    elif sum(told) + live_in <= hours.breaks and not hours.live_in_days:
        yield Refusal("breaks", "more_than_work")


def _money(answers: PayAnswers) -> Iterator[Refusal]:
    parts = {name: getattr(answers, name) for name in PARTS_OF_PAY}
    for name, amount in parts.items():
        if amount < 0:
            yield Refusal(name, "below_zero")
    if answers.basis is Basis.PERIOD and answers.amount is not None and sum(parts.values()) > answers.amount:
        yield Refusal("amount", "parts_more_than_pay")
    if any(each.amount <= 0 for each in answers.taken):
        yield Refusal("charge_amount", "not_above_zero")
    if answers.housing is not None:
        if answers.housing.charge < 0:
            yield Refusal("housing_charge", "below_zero")
        if not 0 <= answers.housing.days <= max(answers.days, 0):
            yield Refusal("housing_days", "more_than_period")
