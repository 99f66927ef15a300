"""What every figure must hold to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from knowledge.figures import FOLDER, Figure, figure, figure_form, figure_ids, figure_path
from knowledge.sources import FILE as SOURCES_FILE
from knowledge.sources import sources_form
from knowledge.validation.faults import Fault, Tree

FIRST_APRIL = 2022
_UPRATED_BY = (4, 30)


def figure_faults(tree: Tree) -> Iterator[Fault]:
    """Every fault of every figure."""
    faults: list[Fault] = []
    known = tree.read(tree.root / SOURCES_FILE, sources_form, []) or {}
    for path in sorted((tree.root / FOLDER).glob("*.yml")):
        faults.append(tree.fault(path, "a figure stands in a folder of its family"))
    for figure_id in figure_ids(tree.root):
        try:
            path = figure_path(figure_id, tree.root)
        except LookupError:
            misnamed = tree.root / FOLDER / figure_id.partition(".")[0] / (figure_id.partition(".")[2] + ".yml")
            faults.append(tree.fault(misnamed, "the name is not lower-case letters, digits and _"))
            continue
        if tree.read(path, figure_form, faults) is not None:
            faults += [
                tree.fault(path, reason) for reason in figure_reasons(figure(figure_id, tree.root), set(known), tree.on)
            ]
    yield from faults


def figure_reasons(each: Figure, known_sources: set[str], on: date) -> Iterator[str]:
    """Why this figure is at fault."""
    if not each.description.strip().endswith("."):
        yield "description: must end with a full stop"
    starts = [entry.start for entry in each.starts]
    for earlier, later in pairwise(starts):
        if later <= earlier:
            yield f"values: {later} does not come after {earlier}"
    for entry in each.starts:
        if entry.source not in known_sources:
            yield f"values: {entry.start}: the source {entry.source} is not known"
    for before, after in pairwise(each.starts):
        if after.unchanged and after.value != before.value:
            yield f"values: {after.start}: says it is unchanged and is not"
    if each.review_by < on:
        yield f"review_by: {each.review_by} has passed"
    if each.review_by <= each.checked_on:
        yield "review_by: must come after checked_on"
    yield from _missing_aprils(each, on)


def _missing_aprils(each: Figure, on: date) -> Iterator[str]:
    if each.uprated != "every_april":
        return
    first = FIRST_APRIL if each.began is None else each.began.year
    aprils = {entry.start.year for entry in each.starts if entry.start.month == 4}
    ended = [entry.start for entry in each.starts if entry.value is None]
    for year in range(first, on.year + 1):
        end_of_april = date(year, *_UPRATED_BY)
        if end_of_april > on or (each.began and end_of_april < each.began) or (ended and ended[-1] <= end_of_april):
            continue
        if year not in aprils and not (each.began and each.began.year == year):
            yield f"values: {year} has no start in April (write the value again with unchanged: true if it stayed)"
