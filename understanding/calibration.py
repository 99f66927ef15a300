"""Numbers chosen from out-of-fold readings: how much to believe a reading, and when to ask back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.softmax import Floats, log_softmax

Labels = NDArray[np.int64]

# What a reply is worth: a right answer, a wrong one (its related topics still lead on), and asking "did you mean" with
# and without the right one among three.
_ANSWERED_RIGHT, _ANSWERED_WRONG, _ASKED_RIGHT, _ASKED_WRONG = 1.0, -0.5, 0.5, -0.5
# Of the in-scope messages, so many (a share) that would be read rightly may at most be lost to "out of scope".
_LOST_TO_SCOPE = 0.02
# Of the messages of several sentences that ask one thing, so many (a share) may get a second topic.
_FALSE_SECOND = 0.05

_TEMPERATURES = (0.0025, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.1)
_RISES = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.17, 0.2)


@dataclass(frozen=True)
class Settings:
    """How scores become one confidence, and what is done with it."""

    temperature: float = 0.01
    temperature_rise: float = 0.12
    sentence_share: float = 0.3
    scope_bias: float = 0.0
    unsure_below: float = 0.4
    second_from: float = 0.7

    def as_dict(self) -> dict[str, float]:
        """Plain values for the model's file."""
        return asdict(self)


def right(logs: NDArray[Any], labels: Labels) -> float:
    """The share of rows whose first choice is the label."""
    return float((logs.argmax(axis=1) == labels).mean()) if len(labels) else 0.0


def loss(logs: NDArray[Any], labels: Labels) -> float:
    """The mean negative log probability of the label, in nats."""
    return float(-log_softmax(logs)[np.arange(len(labels)), labels].mean())


def cooled(scores: NDArray[Any], temperature: float, rise: float) -> NDArray[Any]:
    """Scores as logarithms of probabilities, but for a constant in each row. The order in a row stays.

    A text like nothing seen has low scores for everything: there a small lead says as much as a great one does where
    the scores are high. So the divisor rises with the best score.
    """
    best = np.maximum(scores.max(axis=1, keepdims=True), 0)
    return np.asarray(scores / (temperature + rise * best))


def best_temperature(scores: Floats, labels: Labels) -> tuple[float, float]:
    """The `temperature` and `rise` of `cooled` under which the confidences are most truthful (least loss)."""
    grid = [(base, rise) for base in _TEMPERATURES for rise in _RISES]
    return min(grid, key=lambda pair: (round(loss(cooled(scores, *pair), labels), 6), pair))


def best_scope_bias(scores: Floats, labels: Labels, scope: int) -> float:
    """How much to favour "out of scope" (negative: to hold it back), as far as it costs two in-scope messages in 100.

    What it costs is measured against reading every in-scope message as if "out of scope" did not exist.
    """
    inside = labels != scope
    without = scores.copy()
    without[:, scope] = -np.inf
    rightly = (without.argmax(axis=1) == labels) & inside
    strongest = without.max(axis=1)
    best = -1.0
    for bias in np.arange(-1.0, 1.0, 0.01):
        lost = rightly & (scores[:, scope] + bias > strongest)
        if lost.sum() > _LOST_TO_SCOPE * max(inside.sum(), 1):
            break
        best = float(bias)
    return round(best, 2)


def best_unsure(logs: Floats, labels: Labels) -> float:
    """The confidence under which asking back serves more people than answering."""
    chances = np.exp(log_softmax(logs))
    order = np.argsort(-chances, axis=1)[:, :3]
    first = chances.max(axis=1)
    answered = np.where(order[:, 0] == labels, _ANSWERED_RIGHT, _ANSWERED_WRONG)
    asked = np.where((order == labels[:, None]).any(axis=1), _ASKED_RIGHT, _ASKED_WRONG)
    steps = [round(step * 0.02, 2) for step in range(5, 41)]
    return max(steps, key=lambda step: (round(float(np.where(first >= step, answered, asked).sum()), 6), -step))


def best_second(false: NDArray[Any]) -> float:
    """The confidence from which a sentence with another topic counts as a second question.

    `false` holds, for each message of several sentences that asks one thing, the greatest confidence of a sentence
    for another topic (0 where there is none).
    """
    if not len(false):
        return Settings.second_from
    falling = np.sort(false)[::-1]
    at = min(int(_FALSE_SECOND * len(falling)), len(falling) - 1)
    return round(float(min(0.95, max(0.5, falling[at] + 0.01))), 2)
