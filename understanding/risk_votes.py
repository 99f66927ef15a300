"""What is asked of the examples of risk, and the numbers their votes come down to before they are judged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from understanding.risk_data import RiskExample
from understanding.risk_levels import CONCERN, EMERGENCY, HIGH, LEVELS, rank
from understanding.softmax import Floats

_BORDERS = (CONCERN, HIGH, EMERGENCY)
READINGS = len(_BORDERS) + len(LEVELS)


def labels_of(examples: Sequence[RiskExample]) -> list[str]:
    """The signs and kinds that are told apart, each with its level before it."""
    return sorted({example.label for example in examples})


def levels_of(labels: Sequence[str]) -> NDArray[np.int64]:
    """The rank of each label's level."""
    return np.array([rank(label.partition("/")[0]) for label in labels], dtype=np.int64)


def wanted(examples: Sequence[RiskExample], labels: Sequence[str]) -> Floats:
    """A row for each example: whether it is at least of each grave level, then which label it has."""
    level = np.array([rank(example.level) for example in examples])
    borders = np.stack([level >= rank(name) for name in _BORDERS], axis=1)
    own = np.array([example.label for example in examples])[:, None] == np.array(labels)[None, :]
    return np.concatenate([borders, own], axis=1).astype(np.float32)


def readings(scores: Floats, label_levels: NDArray[np.int64]) -> Floats:
    """READINGS numbers for each row of votes: the borders between levels, then the best label of each level.

    Signs of one level are unlike each other: the best of them says more than their sum.
    """
    borders, labels = scores[:, : len(_BORDERS)], scores[:, len(_BORDERS) :]
    best = [labels[:, label_levels == rank(name)].max(axis=1, initial=0) for name in LEVELS]
    return np.concatenate([borders, np.stack(best, axis=1)], axis=1).astype(np.float32)


def whole_and_worst(whole: Floats, parts: Floats) -> Floats:
    """The readings of a message beside the gravest of each reading among its sentences (or of itself, without)."""
    worst = parts.max(axis=0) if len(parts) else whole
    return np.concatenate([whole, np.maximum(worst, whole)])
