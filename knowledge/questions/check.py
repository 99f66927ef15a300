"""What one check gives to the engine: its questions in order, why an answer cannot be right, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from knowledge.questions.question import Given, Question
from knowledge.rules.outcome import Finding, Refusal


@dataclass(frozen=True)
class Check:
    """`questions`: those that the answers so far call for, in order. `find` may raise AnswersRefused.

    `signs`: the signs of danger in what was told so far (knowledge/signs.yml). `over`: whether the rest is not asked.
    """

    id: str
    questions: Callable[[Given], Iterator[Question]]
    wrong: Callable[[Given, date], tuple[Refusal, ...]]
    find: Callable[[Given, date], tuple[Finding, ...]]
    signs: Callable[[Given, date], tuple[str, ...]] = field(default=lambda given, today: ())
    over: Callable[[Given, date], bool] = field(default=lambda given, today: False)
