"""What a worker tells about breaks, rest and hours, and how one rule of rest stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from knowledge.figures import FigureValue
from knowledge.rules.outcome import Quantity, SumLine


class Setting(str, Enum):
    """Where the work is. Only with `other` is there nobody whose care would allow the rest to be moved."""

    CARE_HOME = "care_home"
    HOME_CARE = "home_care"
    LIVE_IN_COMPANY = "live_in_company"
    LIVE_IN_FAMILY = "live_in_family"
    OTHER = "other"


@dataclass(frozen=True)
class BreaksAnswers:
    """The answers; None is "I do not know" or a question passed over.

    `shift_hours` runs from the start of the shift to its end, the break inside it. `break_minutes` is the longest
    break without interruption. `rest_hours` is the shortest time from the end of one working day to the start of the
    next. `days_off` are full days without work in the last two weeks. `night_hours` are those that a usual night shift
    has in the night. `week_hours` is an average week in this job, `other_job_hours` in all others.
    """

    age: int | None = None
    setting: Setting | None = None
    shift_hours: Decimal | None = None
    break_minutes: Decimal | None = None
    break_is_free: bool | None = None
    break_at_edge: bool | None = None
    rest_hours: Decimal | None = None
    days_off: int | None = None
    night_hours: Decimal | None = None
    nights_regular: bool | None = None
    week_hours: Decimal | None = None
    other_job_hours: Decimal | None = None
    opted_out: bool | None = None
    rest_made_up: bool | None = None


class Standing(str, Enum):
    """How a rule stands, from well to badly. The order is that of gravity."""

    KEPT = "kept"
    NOT_DUE = "not_due"
    MOVED = "moved"
    UNSURE = "unsure"
    UNLESS = "unless"
    MISSED = "missed"


GRAVITY = tuple(Standing)


@dataclass(frozen=True)
class Ruling:
    """One rule: how it stands, the key of its words with their values, and the sums that led to it."""

    rule: str
    standing: Standing
    note: str
    values: Mapping[str, Quantity] = field(default_factory=dict)
    sums: tuple[SumLine, ...] = ()


def rest_ruling(
    rule: str, answers: BreaksAnswers, missed: bool, young: bool, values: Mapping[str, Quantity], line: SumLine
) -> Ruling:
    """A rule of rest that is kept or missed. In care it may be moved for an adult, if the same rest is given later.

    Where the setting is not known the work is taken as care.
    """
    if not missed:
        standing = Standing.KEPT
    elif young or answers.setting is Setting.OTHER or answers.rest_made_up is False:
        standing = Standing.MISSED
    else:
        standing = Standing.MOVED if answers.rest_made_up else Standing.UNLESS
    return Ruling(rule, standing, f"{rule}_{standing.value}", values, (line,))


@dataclass(frozen=True)
class Limits:
    """The figures of one day, for an adult or for somebody under eighteen."""

    young: bool
    break_after: FigureValue
    break_minutes: FigureValue
    daily_rest: FigureValue
    week_hours: FigureValue
