"""The pay that counts for the minimum wage in a pay period (National Minimum Wage Regulations 2015, Part 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from knowledge.figures import value
from knowledge.rules.outcome import SumLine, counted, pounds
from knowledge.rules.pay_answers import Basis, Charge, PayAnswers
from knowledge.rules.pay_period import share_of_year

# Reg 12(1) and 13: for the job, or for the employer's own use and benefit.
LOWERS = frozenset(
    {Charge.UNIFORM, Charge.DBS_CHECK, Charge.TRAINING, Charge.TOOLS, Charge.TRANSPORT, Charge.SPONSOR_COST,
     Charge.FINE_NOT_IN_CONTRACT}
)  # fmt: skip
# Reg 12(2): conduct for which the contract makes the worker liable, a loan or advance, an overpayment. The rest goes to
# the state, or where the worker chose.
DOES_NOT_LOWER = frozenset(
    {Charge.FINE_IN_CONTRACT, Charge.LOAN, Charge.OVERPAYMENT, Charge.TAX, Charge.PENSION, Charge.UNION}
)
# What these are depends on papers that the check has not seen.
DOUBTFUL = {
    Charge.FINE: "doubt_fine",
    Charge.TRAINING_ON_LEAVING: "doubt_training",
    Charge.OWN_VISA_FEE: "doubt_visa_fee",
    Charge.OTHER: "doubt_other",
}
NOT_PAY = ("premium", "tips", "expenses", "allowances", "time_off_pay")
"""Reg 10: parts of what was paid that are left out."""


def pay_that_counts(answers: PayAnswers, on: date, against_employer: bool) -> tuple[Decimal, tuple[SumLine, ...]]:
    """The pay, never below nothing, and the lines that lead to it. `against_employer`: whether a doubt lowers it."""
    total, first = paid(answers)
    lines = [first]
    for name in NOT_PAY:
        part: Decimal = getattr(answers, name)
        if part:
            total -= part
            lines.append(SumLine(f"less_{name}", pounds(part)))
    if answers.sleep_in_pay and against_employer:
        total -= answers.sleep_in_pay
        lines.append(SumLine("less_sleep_in_pay", pounds(answers.sleep_in_pay)))
    for each in answers.taken:
        if each.kind in LOWERS or (against_employer and each.kind in DOUBTFUL):
            total -= each.amount
            lines.append(SumLine(f"charge_{each.kind.value}", pounds(each.amount)))
    for change, line in _housing(answers, on):
        total += change
        lines.append(line)
    return max(total, Decimal(0)), tuple(lines)


def paid(answers: PayAnswers) -> tuple[Decimal, SumLine]:
    """What was paid before anything is left out."""
    if answers.basis is Basis.HOURLY:
        rate, hours = answers.rate or Decimal(0), answers.hours_paid or Decimal(0)
        parts = {"rate": pounds(rate), "hours": counted(hours, "hours")}
        return rate * hours, SumLine("paid_by_hour", pounds(rate * hours), parts)
    if answers.basis is Basis.PERIOD:
        amount = answers.amount or Decimal(0)
        return amount, SumLine("paid_in_period", pounds(amount))
    salary = answers.salary or Decimal(0)
    share = salary * share_of_year(answers)
    return share, SumLine("paid_of_salary", pounds(share), {"salary": pounds(salary)})


def money_doubts(answers: PayAnswers) -> tuple[str, ...]:
    """The notes on money that may or may not lower the pay."""
    found = [DOUBTFUL[each.kind] for each in answers.taken if each.kind in DOUBTFUL]
    if answers.sleep_in_pay:
        found.append("doubt_sleep_in_pay")
    return tuple(dict.fromkeys(found))


def not_lowering(answers: PayAnswers) -> Decimal:
    """What was taken that the law leaves out of this check."""
    return sum((each.amount for each in answers.taken if each.kind in DOES_NOT_LOWER), Decimal(0))


def _housing(answers: PayAnswers, on: date) -> Iterator[tuple[Decimal, SumLine]]:
    """Free housing adds the offset (reg 9(1)(e)); rent lowers pay only above it (regs 14-16)."""
    housing = answers.housing
    if housing is None or not (housing.days or housing.charge):
        return
    offset = value("minimum_wage.accommodation_offset_day", on)
    allowed = offset.number * housing.days
    parts = {"days": counted(housing.days, "days"), "allowed": pounds(allowed), "charge": pounds(housing.charge)}
    if not housing.charge:
        yield allowed, SumLine("housing_free", pounds(allowed), parts, (offset,))
    elif housing.charge > allowed:
        over = housing.charge - allowed
        yield -over, SumLine("housing_over", pounds(over), parts, (offset,))
    else:
        yield Decimal(0), SumLine("housing_within", pounds(Decimal(0)), parts, (offset,))
