"""How well messages in a language are understood, as measured on its evaluation set, and the floor for offering it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.files import ROOT, read_checked, remembered
from knowledge.languages import language_code
from knowledge.shape import Check, day, record, table, whole_number

FILE = "language_quality.yml"
FIGURES = ("language", "topic", "grave", "false_alarms")
"""The right language; the right topic first; high and emergency found; ordinary messages taken for grave."""
AT_MOST = ("false_alarms",)


def _count(value: object) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        yield "must be a whole number"


def _share(value: object) -> Iterator[str]:
    if not isinstance(value, float) or not 0 <= value <= 1:
        yield "must be a share between 0.0 and 1.0"


def _measure(value: object) -> Iterator[str]:
    reasons = list(record({"count": _count, "of": whole_number})(value))
    yield from reasons
    if not reasons and isinstance(value, dict) and value["count"] > value["of"]:
        yield "count: is more than of"


_form: Check = record(
    {
        "floors": record(dict.fromkeys(FIGURES, _share)),
        "measured": table(language_code, record({"on": day, **dict.fromkeys(FIGURES, _measure)})),
    }
)


@dataclass(frozen=True)
class Measure:
    """`count` of `of` messages."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.count / self.of


@dataclass(frozen=True)
class Quality:
    """The figures of one language, by FIGURES, and the day they were measured."""

    on: date
    measures: dict[str, Measure]


def quality_form(data: object) -> Iterator[str]:
    """What is wrong with the form of the file."""
    yield from _form(data)


def quality(lang: str, root: Path = ROOT) -> Quality | None:
    """What was measured in a language; None where nothing was. Raises FileMalformed."""
    entry: dict[str, Any] | None = _read(root)["measured"].get(lang)
    if entry is None:
        return None
    return Quality(entry["on"], {name: Measure(entry[name]["count"], entry[name]["of"]) for name in FIGURES})


def below_floor(lang: str, root: Path = ROOT) -> Iterator[str]:
    """Why the figures of a language do not let it be offered. Raises FileMalformed."""
    found, floors = quality(lang, root), _read(root)["floors"]
    if found is None:
        yield "nothing was measured in it"
        return
    for name, measure in found.measures.items():
        held = measure.share <= floors[name] if name in AT_MOST else measure.share >= floors[name]
        if not held:
            bound = "at most" if name in AT_MOST else "at least"
            yield f"{name}: {measure.count} of {measure.of} is {measure.share:.3f}, {bound} {floors[name]}"


@remembered
def _read(root: Path) -> dict[str, Any]:
    path = root / FILE
    empty: dict[str, Any] = {"floors": {}, "measured": {}}
    data: dict[str, Any] = read_checked(path, quality_form) if path.is_file() else empty
    return data
