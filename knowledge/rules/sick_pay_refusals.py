"""Answers on sickness that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from knowledge.figures import figure
from knowledge.rules.outcome import Refusal
from knowledge.rules.sick_pay_answers import SickPayAnswers, Spell
from knowledge.rules.sick_pay_days import DAYS_IN_A_WEEK

# Beyond these somebody has mistyped; they are no rule of law.
DAYS_AHEAD_MOST, WEEKS_PAY_MOST = 366, 5000


def refusals(answers: SickPayAnswers, today: date) -> tuple[Refusal, ...]:
    """Every question that must be asked again, with the reason."""
    return (*_dates(answers, today), *_days(answers, today), *_pay(answers), *_earlier(answers))


def known_from() -> date:
    """The first day for which sick pay can be worked out."""
    return figure("sick_pay.weekly_rate").starts[0].start


def _dates(answers: SickPayAnswers, today: date) -> Iterator[Refusal]:
    first, last = answers.first, answers.last
    if first is not None and first > today:
        yield Refusal("first", "in_future")
    if first is not None and first < known_from():
        yield Refusal("first", "too_long_ago")
    if first is not None and last is not None and last < first:
        yield Refusal("last", "before_first")
    if last is not None and last > today + timedelta(days=DAYS_AHEAD_MOST):
        yield Refusal("last", "too_far_ahead")


def _days(answers: SickPayAnswers, today: date) -> Iterator[Refusal]:
    weekdays, spell = answers.weekdays, answers.spell(today)
    if weekdays is not None and not (weekdays and weekdays <= set(range(DAYS_IN_A_WEEK))):
        yield Refusal("weekdays", "not_weekdays")
    if answers.days_a_week is not None and not 0 < answers.days_a_week <= DAYS_IN_A_WEEK:
        yield Refusal("days_a_week", "not_in_a_week")
    if answers.days_missed is not None and (
        answers.days_missed < 0 or (spell is not None and answers.days_missed > max(spell.length, 0))
    ):
        yield Refusal("days_missed", "not_in_spell")


def _pay(answers: SickPayAnswers) -> Iterator[Refusal]:
    if answers.average_pay is not None and answers.average_pay < 0:
        yield Refusal("average_pay", "below_nothing")
    if answers.average_pay is not None and answers.average_pay > WEEKS_PAY_MOST:
        yield Refusal("average_pay", "not_for_a_week")


def _earlier(answers: SickPayAnswers) -> Iterator[Refusal]:
    spells = sorted(answers.earlier)
    if any(each.last < each.first for each in spells):
        yield Refusal("earlier", "before_first")
    if any(each.first < known_from() for each in spells):
        yield Refusal("earlier", "too_long_ago")
    this = [] if answers.first is None else [Spell(answers.first, answers.first)]
    if any(later.first <= before.last for before, later in pairwise([*spells, *this])):
        yield Refusal("earlier", "not_before_this")
