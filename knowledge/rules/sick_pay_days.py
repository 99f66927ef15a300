"""Which days of a spell Statutory Sick Pay is due for, and how much for them.

Source: Social Security Contributions and Benefits Act 1992, part 11, with its changes from the day of the figure
sick_pay.changed_on; figures in knowledge/figures/sick_pay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal

from knowledge.figures import FigureValue, value
from knowledge.rules.outcome import PENNY
from knowledge.rules.sick_pay_answers import SickPayAnswers, Spell

DAYS_IN_A_WEEK = 7


@dataclass(frozen=True)
class Rate:
    """Sick pay for a week on one day. `figures`: what it rests on. `share`: it is a share of the worker's own pay."""

    weekly: Decimal
    figures: tuple[FigureValue, ...]
    share: bool = False


@dataclass(frozen=True)
class PaidDays:
    """The days of this spell for which sick pay is due, and those that earlier linked spells used up."""

    days: tuple[date, ...]
    used_before: int
    most: int

    @property
    def used(self) -> int:
        """Days used in all linked spells."""
        return self.used_before + len(self.days)


def changed_on(day: date) -> date:
    """The day on which the waiting days and the earnings limit ended."""
    return value("sick_pay.changed_on", day).day


def linked(spell: Spell, earlier: Iterable[Spell]) -> tuple[Spell, ...]:
    """The spell with the earlier ones that count with it as one, in order.

    A gap of up to the linking days links. A spell too short to count by the rule of its time links nothing.
    """
    chain = [spell]
    for before in sorted(earlier, reverse=True):
        if before.length < value("sick_pay.shortest_absence_days", before.first).number:
            continue
        gap = (chain[0].first - before.last).days - 1
        if 0 <= gap <= value("sick_pay.linking_days", chain[0].first).number:
            chain.insert(0, before)
    return tuple(chain)


def rate(answers: SickPayAnswers, day: date) -> Rate:
    """Sick pay for a full week on a day: the weekly rate, or the share of average pay if that is lower.

    There is no such share before the change. Where the average pay is not known it is left out.
    """
    weekly = value("sick_pay.weekly_rate", day)
    if day < changed_on(day) or answers.average_pay is None:
        return Rate(weekly.number, (weekly,))
    percent = value("sick_pay.earnings_percent", day)
    share = answers.average_pay * percent.number / 100
    if share < weekly.number:
        return Rate(share, (percent, weekly), share=True)
    return Rate(weekly.number, (weekly,))


def paid_days(chain: tuple[Spell, ...], weekdays: frozenset[int]) -> PaidDays:
    """The days due in the last spell of the chain: usual working days, after any waiting days, up to the longest time.

    The waiting days of the rule on the chain's first day are taken once, from its first working days.
    """
    waiting = int(value("sick_pay.waiting_days", chain[0].first).number)
    most = int(value("sick_pay.max_weeks", chain[0].first).number) * len(weekdays)
    due = [day for spell in chain for day in spell.days() if day.weekday() in weekdays][waiting:][:most]
    here = tuple(day for day in due if day >= chain[-1].first)
    return PaidDays(here, len(due) - len(here), most)


def amount(answers: SickPayAnswers, days: Iterable[date], usual_days: int) -> Decimal:
    """Sick pay for the days, in pounds. Each week (from Sunday) is rounded up to a whole penny."""
    by_week = Counter((day - timedelta(days=(day.weekday() + 1) % DAYS_IN_A_WEEK), rate(answers, day)) for day in days)
    return sum((week_part(each.weekly, number, usual_days) for (_, each), number in by_week.items()), Decimal(0))


def week_part(weekly: Decimal, days: int, usual_days: int) -> Decimal:
    """So many days' share of the weekly pay, rounded up to a whole penny."""
    return (weekly * days / usual_days).quantize(PENNY, ROUND_UP)
