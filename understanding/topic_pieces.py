"""A message of several sentences: one reading out of many, and the second thing it asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.calibration import Settings, cooled

# What is said around a question and does not take its place.
COURTESIES = frozenset({"greet", "thank", "goodbye", "affirm", "deny"})
ASK = "ask/"
FOLLOW_UP = "follow_up/"
OUT_OF_SCOPE = "out_of_scope"

Chances = NDArray[np.float64]


def is_question(intent: str) -> bool:
    """Whether the intent asks for a topic or a check, and so can be the second thing somebody asks."""
    return intent.startswith((ASK, "start_check/"))


def allowed(intents: Sequence[str], after_answer: bool) -> NDArray[np.bool_]:
    """Which intents can be meant: follow-ups only when there is an answer they can follow."""
    return np.array([after_answer or not intent.startswith(FOLLOW_UP) for intent in intents], dtype=bool)


def chances(scores: NDArray[Any], settings: Settings, mask: NDArray[np.bool_]) -> Chances:
    """Calibrated probabilities (rows sum to one) of the intents that are allowed; the others have none."""
    scores = cooled(np.where(mask, scores.astype(np.float64), -np.inf), settings.temperature, settings.temperature_rise)
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def together(whole: Chances, pieces: Chances, intents: Sequence[str], share: float) -> Chances:
    """The reading of a text (a row) from the reading of the whole and of its sentences (rows).

    The most confident sentence speaks for its intent. A courtesy speaks only when no sentence asks anything.
    """
    if len(pieces) < 2:
        return whole
    top = pieces.argmax(axis=1)
    asking = [row for row in range(len(pieces)) if intents[int(top[row])] not in COURTESIES]
    strongest = pieces[asking or list(range(len(pieces)))].max(axis=0)
    mixed = (1 - share) * whole + share * strongest / strongest.sum()
    if asking and intents[int(mixed.argmax())] in COURTESIES:
        return np.asarray(strongest / strongest.sum())
    return np.asarray(mixed)


def seconds(main: str, pieces: Chances, intents: Sequence[str]) -> list[tuple[str, float]]:
    """The other questions of the sentences with the confidence of each, the surest first.

    Nothing is second when no sentence asks the main thing: then it came from the whole, and the parts only mislead.
    """
    best: dict[str, float] = {}
    for row in pieces:
        intent = intents[int(row.argmax())]
        best[intent] = max(best.get(intent, 0.0), float(row.max()))
    if main not in best:
        return []
    others = [(intent, chance) for intent, chance in best.items() if intent != main and is_question(intent)]
    return sorted(others, key=lambda pair: (-pair[1], pair[0]))
