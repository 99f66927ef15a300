"""What a rights check finds: an outcome, the sums that led to it, and the keys of the words that tell them.

A rule holds no words. Every key here stands in knowledge/checks/<lang>/<check>.yml, which the validator compares with
the rule's `VOCABULARY`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import Enum
from importlib import import_module
from types import MappingProxyType

from knowledge.figures import FigureValue

PENNY = Decimal("0.01")
_NONE: Mapping[str, Quantity] = MappingProxyType({})


class Outcome(str, Enum):
    """The base of each check's outcomes. The value is the key of its words.

    Every check has members that say "we cannot tell" and, where its law changed, "the rule changed within your period".
    """


@dataclass(frozen=True)
class Quantity:
    """A value with its unit (one of `knowledge.figures.UNITS`), exact; it is rounded only when it is written out."""

    value: Decimal | date | time
    unit: str

    @property
    def number(self) -> Decimal:
        """The value of a quantity that is a number. Raises TypeError for a date or a time."""
        if not isinstance(self.value, Decimal):
            raise TypeError(f"a {self.unit} is not a number")
        return self.value


def pounds(amount: Decimal) -> Quantity:
    """Money, to the nearest penny."""
    return Quantity(amount.quantize(PENNY, ROUND_HALF_UP), "pounds")


def pounds_down(amount: Decimal) -> Quantity:
    """Money with the part of a penny dropped, so that a sum just under a limit is never shown as the limit itself."""
    return Quantity(amount.quantize(PENNY, ROUND_DOWN), "pounds")


def counted(number: Decimal | int, unit: str) -> Quantity:
    """Hours, days, weeks and the like, to two places."""
    return Quantity(Decimal(number).quantize(PENNY, ROUND_HALF_UP), unit)


def day(when: date) -> Quantity:
    """A calendar day."""
    return Quantity(when, "date")


def of_figure(figure: FigureValue) -> Quantity:
    """A figure of law as it stands on its day."""
    return Quantity(figure.value, figure.unit)


@dataclass(frozen=True)
class SumLine:
    """One line of a sum. `label` is a key of `sums`; its words may name {result} and each name in `parts`.

    `figures` are the figures of law used in this line; each is shown with the day from which it holds.
    """

    label: str
    result: Quantity
    parts: Mapping[str, Quantity] = field(default_factory=lambda: _NONE)
    figures: tuple[FigureValue, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something to add to the outcome. `key` is a key of `notes`; its words may name each name in `values`."""

    key: str
    values: Mapping[str, Quantity] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True)
class Finding:
    """What a rule gives. `values` are what the words of the outcome may name; `on` is the day whose figures hold."""

    outcome: Outcome
    on: date
    values: Mapping[str, Quantity] = field(default_factory=lambda: _NONE)
    sums: tuple[SumLine, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def figures(self) -> tuple[FigureValue, ...]:
        """Every figure of law used, once, in the order of the sums."""
        return tuple(dict.fromkeys(figure for line in self.sums for figure in line.figures))


@dataclass(frozen=True)
class Refusal:
    """An answer that cannot be right: the question to ask again, and the key of the reason among its `again` words."""

    question: str
    reason: str


class AnswersRefused(ValueError):
    """Answers that cannot be right were given to a rule; ask again first."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(f"{each.question}: {each.reason}" for each in refusals))
        self.refusals = refusals


@dataclass(frozen=True)
class Vocabulary:
    """Every key a rule may give, with the names its words may use, for the validator and for tests.

    `questions`: each with its reasons for being asked again. `choices`: the answers some questions offer.
    """

    check: str
    outcomes: Mapping[str, frozenset[str]]
    sums: Mapping[str, frozenset[str]]
    notes: Mapping[str, frozenset[str]]
    questions: Mapping[str, frozenset[str]]
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)


def names(*given: str) -> frozenset[str]:
    """The names that the words of one key may use."""
    return frozenset(given)


def vocabulary(check: str) -> Vocabulary | None:
    """The vocabulary of a check's rule (`knowledge.rules.<check>.VOCABULARY`), or None where it has no rule yet."""
    try:
        module = import_module(f"knowledge.rules.{check}")
    except ModuleNotFoundError as error:
        if error.name == f"knowledge.rules.{check}":
            return None
        raise
    found: Vocabulary = module.VOCABULARY
    return found
