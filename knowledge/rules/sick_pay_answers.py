"""What a worker tells about being sick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum


class Work(str, Enum):
    """How the worker works."""

    EMPLOYEE = "employee"
    ZERO_HOURS = "zero_hours"
    AGENCY = "agency"
    AGENCY_BETWEEN_JOBS = "agency_between"
    SELF_EMPLOYED = "self_employed"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, order=True)
class Spell:
    """Sickness from its first full day off to its last, both counted, days off included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """In calendar days."""
        return (self.last - self.first).days + 1

    def days(self) -> tuple[date, ...]:
        """Every calendar day of it."""
        return tuple(self.first + timedelta(days=number) for number in range(self.length))


@dataclass(frozen=True)
class SickPayAnswers:
    """The answers; None is "I do not know" or a question passed over.

    `last` None: still sick. `weekdays` are the usual working days, Monday 0; where they differ from week to week,
    `days_a_week` and the shifts missed (`days_missed`) stand instead. `average_pay` is the average weekly pay before
    tax. `earlier` are spells of sickness before this one.
    """

    work: Work | None = None
    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] | None = None
    days_a_week: int | None = None
    days_missed: int | None = None
    average_pay: Decimal | None = None
    earlier: tuple[Spell, ...] = ()
    has_fit_note: bool | None = None
    contract_pays_more: bool | None = None
    maternity: bool | None = None

    @property
    def usual_days(self) -> int | None:
        """How many days a week are worked; None where that was not told."""
        return len(self.weekdays) if self.weekdays else self.days_a_week

    def spell(self, today: date) -> Spell | None:
        """This spell, up to today where it goes on."""
        return None if self.first is None else Spell(self.first, self.last or max(today, self.first))
