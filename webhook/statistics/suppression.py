"""Holding back small numbers, and those from which a small one could be worked out.

A number of one to four is not shown. Where a total is shown, one hidden cell could be had by taking the others from it:
so more are hidden, until at least two are and together they are not small either. None stands for "not shown".
"""

from __future__ import annotations

from collections.abc import Mapping

SMALLEST = 5
"""The smallest number that is shown. Nought is shown: it is about nobody."""

Counts = dict[str, int]
Shown = dict[str, int | None]


def is_small(count: int) -> bool:
    """Whether a number is about so few that it could point at somebody."""
    return 0 < count < SMALLEST


def hide_small(counts: Mapping[str, int]) -> Shown:
    """Cells that do not add up to anything shown: only the small ones are hidden."""
    return {name: None if is_small(count) else count for name, count in counts.items()}


def hide_with_total(counts: Mapping[str, int]) -> Shown:
    """Cells whose sum is shown beside them. When nothing else helps, every cell that is not nought is hidden."""
    hidden = {name for name, count in counts.items() if is_small(count)}
    if not hidden:
        return dict(counts)
    others = sorted((count, name) for name, count in counts.items() if count and name not in hidden)
    while others and (len(hidden) < 2 or sum(counts[name] for name in hidden) < SMALLEST):
        hidden.add(others.pop(0)[1])
    if len(hidden) < 2 or sum(counts[name] for name in hidden) < SMALLEST:
        hidden = {name for name, count in counts.items() if count}
    return {name: None if name in hidden else count for name, count in counts.items()}
