"""Figures of law: dated, cited values, one file each. The only place from which a figure may come."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from knowledge import clock
from knowledge.files import ROOT, read_checked, remembered
from knowledge.shape import Check, anything, boolean, day, matching, one_of, optional, record, table, text

NUMBER_UNITS = (
    "pounds", "percent", "hours", "minutes", "days", "working_days", "calendar_days",
    "weeks", "months", "years", "number", "age", "year",
)  # fmt: skip
UNITS = (*NUMBER_UNITS, "date", "time")
FOLDER = "figures"

_clock_time: Check = matching(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00", 'a time such as "23:00"')
sure_code: Check = matching(r"(A|A2|B|C)!?", "A, A2, B or C, with ! where it is in doubt")
_start = record({"source": text, "sure": sure_code}, {"value": anything, "note": optional(text), "unchanged": boolean})
_form = record(
    {
        "description": text,
        "unit": one_of(*UNITS),
        "uprated": one_of("every_april", "no"),
        "values": table(day, _start, at_least=1),
        "checked_on": day,
        "review_by": day,
    },
    {"began": day},
)

Value = Decimal | date | time


class FigureNotKnown(LookupError):
    """There is no such figure, or it has no value on the day asked for."""


class FigureEnded(FigureNotKnown):
    """The rule that set the figure had come to an end on the day asked for."""


class FigurePastReview(UserWarning):
    """The figure is used after the day by which a person should have looked at it again."""


@dataclass(frozen=True)
class FigureStart:
    """A value and the day from which it holds. `value` None: the rule ended on that day."""

    start: date
    value: Value | None
    source: str
    sure: str
    note: str | None = None
    unchanged: bool = False


@dataclass(frozen=True)
class Figure:
    """Every value a figure has had. `began`: the day the rule itself began, where that is after April 2022."""

    id: str
    description: str
    unit: str
    uprated: str
    starts: tuple[FigureStart, ...]
    checked_on: date
    review_by: date
    began: date | None = None


@dataclass(frozen=True)
class FigureValue:
    """The value of one figure on one day, in the figure's unit."""

    id: str
    value: Value
    unit: str
    start: date
    source: str
    sure: str
    note: str | None
    description: str
    checked_on: date
    review_by: date

    @property
    def number(self) -> Decimal:
        """The value of a figure that is a number. Raises TypeError for a date or a time."""
        if not isinstance(self.value, Decimal):
            raise TypeError(f"{self.id} is a {self.unit}, not a number")
        return self.value

    @property
    def day(self) -> date:
        """The value of a figure that is a date. Raises TypeError for any other."""
        if not isinstance(self.value, date):
            raise TypeError(f"{self.id} is in {self.unit}, not a date")
        return self.value


def value(figure_id: str, on: date | None = None, *, root: Path = ROOT) -> FigureValue:
    """The figure's value on a day (today if none is given), looked up by that exact day.

    Raises FigureNotKnown for an unknown figure and for a day before its first start, FigureEnded after its end.
    Warns with FigurePastReview when the day asked for, or today, is after the figure's `review_by`.
    """
    found = figure(figure_id, root)
    asked = on or clock.today()
    holding = [start for start in found.starts if start.start <= asked]
    if not holding:
        raise FigureNotKnown(f"{figure_id} is not known on {asked}: its first value starts on {found.starts[0].start}")
    latest = holding[-1]
    if latest.value is None:
        raise FigureEnded(f"{figure_id} ended on {latest.start}")
    if max(asked, clock.today()) > found.review_by:
        warnings.warn(f"{figure_id} was to be reviewed by {found.review_by}", FigurePastReview, stacklevel=2)
    return FigureValue(
        id=figure_id, value=latest.value, unit=found.unit, start=latest.start, source=latest.source, sure=latest.sure,
        note=latest.note, description=found.description, checked_on=found.checked_on, review_by=found.review_by,
    )  # fmt: skip


@remembered
def figure(figure_id: str, root: Path = ROOT) -> Figure:
    """The whole figure named "<family>.<figure>". Raises FigureNotKnown or FileMalformed."""
    path = figure_path(figure_id, root)
    if not path.is_file():
        raise FigureNotKnown(f"there is no figure {figure_id}")
    return _figure_from(figure_id, read_checked(path, figure_form))


def figure_path(figure_id: str, root: Path = ROOT) -> Path:
    """Where the figure's file stands. Raises FigureNotKnown when the id has not the form "<family>.<figure>"."""
    family, dot, name = figure_id.partition(".")
    if not (dot and family.isidentifier() and name.isidentifier()):
        raise FigureNotKnown(f"{figure_id!r} does not name a figure")
    return root / FOLDER / family / f"{name}.yml"


def figure_ids(root: Path = ROOT) -> tuple[str, ...]:
    """Every figure there is, sorted."""
    return tuple(sorted(f"{path.parent.name}.{path.stem}" for path in (root / FOLDER).glob("*/*.yml")))


def figure_form(data: object) -> Iterator[str]:
    """Every fault in the form of a figure's file."""
    reasons = list(_form(data))
    yield from reasons
    if reasons or not isinstance(data, dict):
        return
    before = False
    for start, entry in data["values"].items():
        if "value" not in entry:
            if not entry.get("unchanged"):
                yield f"values: {start}: value: is missing"
            elif not before:
                yield f"values: {start}: nothing stands before it that could be unchanged"
        elif entry["value"] is not None:
            for reason in _value_check(data["unit"])(entry["value"]):
                yield f"values: {start}: value: {reason}"
        before = True


def _value_check(unit: str) -> Check:
    if unit == "date":
        return day
    if unit == "time":
        return _clock_time
    return _number


def _number(value: object) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        yield "must be a number"


def _figure_from(figure_id: str, data: dict[str, Any]) -> Figure:
    starts: list[FigureStart] = []
    for start, entry in data["values"].items():
        held = _value(data["unit"], entry["value"]) if "value" in entry else starts[-1].value
        starts.append(
            FigureStart(start, held, entry["source"], entry["sure"], entry.get("note"), entry.get("unchanged", False))
        )
    return Figure(
        id=figure_id, description=data["description"], unit=data["unit"], uprated=data["uprated"], starts=tuple(starts),
        checked_on=data["checked_on"], review_by=data["review_by"], began=data.get("began"),
    )  # fmt: skip


def _value(unit: str, raw: Any) -> Value | None:
    if raw is None:
        return None
    if unit == "date":
        day_value: date = raw
        return day_value
    if unit == "time":
        hour, minute = raw.split(":")
        return time(int(hour) % 24, int(minute))
    return Decimal(str(raw))
