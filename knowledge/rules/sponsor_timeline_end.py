"""The day by which a worker must have applied or left: printed, counted, or the visa's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from knowledge.figures import value
from knowledge.rules.outcome import SumLine, day, of_figure
from knowledge.rules.sponsor_timeline_answers import Event, SponsorTimelineAnswers
from knowledge.rules.working_days import days_after


class Basis(str, Enum):
    """Where the end date comes from."""

    PRINTED = "printed"
    COUNTED = "counted"
    VISA = "visa"


@dataclass(frozen=True)
class End:
    """The end date, where it comes from, the day counted from the letter, and the sums."""

    day: date
    basis: Basis
    counted: date | None = None
    sums: tuple[SumLine, ...] = ()


def end_of_visa(answers: SponsorTimelineAnswers) -> End | None:
    """The end date, as far as it can be told; None where it cannot.

    The date printed in the letter beats a counted one. Without it the days are counted from the letter, never from the
    day the licence was lost. A visa that ends sooner is not made longer by either. Source: Home Office practice as in
    knowledge/figures/sponsor_licence/curtailment_days.yml.
    """
    letter = answers.days.get(Event.LETTER)
    counted, sums = _counted(letter)
    shortened = answers.letter_end or counted
    basis = Basis.PRINTED if answers.letter_end else Basis.COUNTED
    if answers.visa_end is not None and (shortened is None or answers.visa_end < shortened):
        return End(answers.visa_end, Basis.VISA, counted, sums)
    return None if shortened is None else End(shortened, basis, counted, sums)


def _counted(letter: date | None) -> tuple[date | None, tuple[SumLine, ...]]:
    if letter is None:
        return None, ()
    length = value("sponsor_licence.curtailment_days", letter)
    found = days_after(letter, int(length.number))
    return found, (SumLine("counted_end", day(found), {"letter": day(letter), "length": of_figure(length)}, (length,)),)
