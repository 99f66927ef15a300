"""Whatever a rule tells here must be among the figures whose descriptions are translated."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.rules.figures_told import FIGURES_TOLD
from knowledge.rules.outcome import SumLine


@pytest.fixture(autouse=True)
def _only_figures_that_are_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SumLine.__init__

    def held(line: SumLine, *parts: Any, **named: Any) -> None:
        made(line, *parts, **named)
        unknown = {figure.id for figure in line.figures} - FIGURES_TOLD
        assert not unknown, f"not in knowledge/rules/figures_told.py: {unknown}"

    monkeypatch.setattr(SumLine, "__init__", held)
