"""The measurements as a page: a table and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

_HUNDRED = 100
_BEGIN, _END = "<!-- measured -->", "<!-- end of measured -->"

# What is measured (a row), for each system its value as text.
Rows = Sequence[tuple[str, Mapping[str, str]]]


def as_table(rows: Rows, systems: Sequence[str]) -> str:
    """A Markdown table."""
    lines = ["| | " + " | ".join(systems) + " |", "|---|" + "---|" * len(systems)]
    lines += [f"| {name} | " + " | ".join(values.get(system, "") for system in systems) + " |" for name, values in rows]
    return "\n".join(lines)


def with_measured(text: str, measured: str) -> str:
    """The page with what stands between its two marks replaced. Raises ValueError when a mark is missing."""
    before, rest = text.split(_BEGIN)
    _, after = rest.split(_END)
    return f"{before}{_BEGIN}\n{measured}\n{_END}{after}"


def draw(bars: Mapping[str, Mapping[str, float]], systems: Sequence[str], target: Path) -> None:
    """One small chart for each measure, a bar for each system."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "benchmarks"
    from matplotlib import pyplot

    figure, charts = pyplot.subplots(1, len(bars), figsize=(3.2 * len(bars), 3.4), layout="constrained")
    colours = ("#505a5f", "#1d70b8", "#00703c")
    for chart, (title, values) in zip(charts, bars.items(), strict=True):
        shown = [system for system in systems if system in values]
        heights = [values[system] for system in shown]
        drawn = chart.bar(range(len(shown)), heights, color=[colours[systems.index(system)] for system in shown])
        chart.bar_label(drawn, fmt=_short)
        chart.set_title(title, fontsize=9)
        chart.set_xticks(range(len(shown)), shown, fontsize=7, rotation=15)
        chart.spines[["top", "right"]].set_visible(False)
    figure.savefig(target, format="svg", metadata={"Date": None})


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= _HUNDRED else f"{value:.3g}"
