"""Overviews for the people who keep the knowledge base: what is past its review, and a day's figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge.contacts import all_contacts
from knowledge.figures import FigureNotKnown, figure, figure_ids, value
from knowledge.files import ROOT
from knowledge.formats import figure_text


def reviews(root: Path = ROOT) -> list[tuple[date, str]]:
    """Every figure and contact with the day by which it must be reviewed, the earliest first."""
    due = [(figure(item_id, root).review_by, f"figure {item_id}") for item_id in figure_ids(root)]
    due += [(each.review_by, f"contact {each.id}") for each in all_contacts(root).values()]
    return sorted(due)


def stale_lines(on: date, root: Path = ROOT) -> Iterator[str]:
    """What is past its review on that day, the longest overdue first."""
    yield from (f"{review_by} {name}" for review_by, name in reviews(root) if review_by < on)


def figure_lines(on: date, root: Path = ROOT) -> Iterator[str]:
    """Every figure as it held on that day, with its start, source and certainty; "not known" where it had no value."""
    for item_id in figure_ids(root):
        try:
            held = value(item_id, on, root=root)
        except FigureNotKnown as error:
            yield f"{item_id}: not known ({error.args[0]})"
        else:
            yield f"{item_id}: {figure_text(held, root=root)} (since {held.start}, {held.source}, {held.sure})"
