"""Multinomial logistic regression on dense or sparse rows; numpy and scipy alone, so the same in both Pythons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float32]


def log_softmax(scores: NDArray[Any]) -> NDArray[Any]:
    """Logarithms of probabilities that sum to one in each row."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


@dataclass(frozen=True)
class Softmax:
    """Weights (features x classes) and a start value for each class."""

    weights: Floats
    start: Floats

    def scores(self, rows: Any) -> Floats:
        """Log probabilities of every class for every row."""
        return log_softmax(np.asarray(rows @ self.weights, dtype=np.float32) + self.start).astype(np.float32)


def train(
    rows: Any,
    labels: NDArray[np.int64],
    classes: int,
    strength: float,
    importance: NDArray[Any] | None = None,
    steps: int = 150,
) -> Softmax:
    """Fit by L-BFGS. `strength` is C of the usual notation: the larger, the closer to the examples.

    `importance` weighs each row (mean 1). The result depends on nothing but the arguments.
    """
    count, features = rows.shape
    weight = (np.ones(count) if importance is None else importance).astype(np.float32)[:, None]
    wanted = np.zeros((count, classes), dtype=np.float32)
    wanted[np.arange(count), labels] = 1
    across = rows.T.tocsr() if hasattr(rows, "tocsr") else rows.T
    penalty = 1 / (strength * count)

    def cost(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        table = flat.reshape(features + 1, classes)
        weights = table[:-1].astype(np.float32)
        logs = log_softmax(np.asarray(rows @ weights) + table[-1].astype(np.float32))
        lost = -float(np.sum(logs[np.arange(count), labels] * weight[:, 0], dtype=np.float64)) / count
        slope = (np.exp(logs) - wanted) * weight / np.float32(count)
        gradient = np.empty_like(table)
        gradient[:-1] = np.asarray(across @ slope)
        gradient[:-1] += penalty * table[:-1]
        gradient[-1] = slope.sum(axis=0)
        lost += 0.5 * penalty * float(np.sum(table[:-1] ** 2))
        return lost, gradient.ravel()

    begin = np.zeros((features + 1) * classes)
    options = {"maxiter": steps, "maxcor": 6, "ftol": 1e-7, "gtol": 1e-6}
    found = minimize(cost, begin, jac=True, method="L-BFGS-B", options=options).x.reshape(features + 1, classes)
    return Softmax(found[:-1].astype(np.float32), found[-1].astype(np.float32))
