"""The statistics as plain rows: for CSV, and for a program that reads the feed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from webhook.statistics.counting import DIMENSIONS, Statistics
from webhook.statistics.suppression import SMALLEST

HEAD = ("month", "dimension", "value", "cases", "shown")
NOT_SHOWN = f"not shown (fewer than {SMALLEST}, or it would tell such a number)"
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Row:
    """One number. ``cases`` is None when it is not shown; of topics and what was not understood it is conversations."""

    month: str
    dimension: str
    value: str
    cases: int | None


def rows(statistics: Statistics) -> Iterator[Row]:
    """Every number, month by month."""
    for month in statistics.months:
        yield Row(month.name, "all", "all", month.total)
        for dimension in DIMENSIONS:
            for value, count in sorted(month.cells[dimension].items()):
                yield Row(month.name, dimension, value, count)
        if month.median_minutes is not None:
            yield Row(month.name, "median minutes to the first opening", "all", month.median_minutes)
    for asked in statistics.questions:
        for dimension, shown in asked.cells.items():
            for value, count in sorted(shown.items()):
                yield Row(asked.name, dimension, value, count)


def as_csv(statistics: Statistics) -> str:
    """The rows as CSV that no spreadsheet takes for formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for row in rows(statistics):
        said = "" if row.cases is None else str(row.cases)
        writer.writerow([harmless(each) for each in (row.month, row.dimension, row.value, said, _shown(row))])
    return out.getvalue()


def as_feed(statistics: Statistics) -> list[dict[str, str | int | None]]:
    """The rows for JSON."""
    return [
        {"month": row.month, "dimension": row.dimension, "value": row.value, "cases": row.cases, "shown": _shown(row)}
        for row in rows(statistics)
    ]


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and never carries out."""
    return f"'{cell}" if cell.startswith(BEGINS_FORMULA) else cell


def _shown(row: Row) -> str:
    return NOT_SHOWN if row.cases is None else "yes"
