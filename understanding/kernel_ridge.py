"""Ridge regression on likenesses: every example votes for its intent, as far as a new text is like it.

One factorisation serves the model and its cross-validation: what the weights would have been without a part of the
examples follows from the inverse in closed form, so reading every example out of fold costs almost nothing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack
from threadpoolctl import threadpool_limits

from understanding.softmax import Floats

_BLOCK = 1024
# The encoder holds the algebra to one core; here the tables are large enough for all.
_CORES = os.cpu_count() or 1


class LikenessNotDefinite(ArithmeticError):
    """The table of likenesses cannot be inverted: the ridge is too small for it."""


@dataclass(frozen=True)
class Solved:
    """Weights of each example (a row) for each class, and for each fold those of a model that had not seen it."""

    weights: Floats
    without: Sequence[Floats]


def solve(likeness: Floats, wanted: Floats, ridge: Floats, fold: NDArray[np.int64], folds: int) -> Solved:
    """Fit `wanted` (examples x columns) with a ridge for each example. `likeness` (examples x examples) is overwritten.

    Leaving out the rows G changes the weights by - K^-1[:, G] (K^-1[G, G])^-1 weights[G], and makes those of G zero.
    """
    likeness[np.diag_indices(len(likeness))] += ridge
    with threadpool_limits(_CORES, user_api="blas"):
        return _solved(likeness, wanted, fold, folds)


def _solved(likeness: Floats, wanted: Floats, fold: NDArray[np.int64], folds: int) -> Solved:
    inverse = _inverse(likeness)
    weights = inverse @ wanted
    without = []
    for number in range(folds):
        out = np.flatnonzero(fold == number)
        if not len(out):
            without.append(weights)
            continue
        columns = inverse[:, out]
        change = np.linalg.solve(columns[out], weights[out])
        left = (weights - columns @ change).astype(np.float32)
        left[out] = 0
        without.append(left)
    return Solved(weights.astype(np.float32), without)


def _inverse(table: Floats) -> Floats:
    """The inverse of a symmetric positive definite table, in the table's own memory where that can be."""
    # A C-ordered table is its own transpose in Fortran's order: nothing is copied.
    factor, failed = lapack.spotrf(table.T, lower=1, overwrite_a=1)
    if failed:
        raise LikenessNotDefinite(f"row {failed}")
    half, failed = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed:
        raise LikenessNotDefinite(f"row {failed}")
    for start in range(0, len(half), _BLOCK):
        end = start + _BLOCK
        corner = np.tril(half[start:end, start:end])
        half[start:end, start:end] = corner + np.tril(corner, -1).T
        half[start:end, end:] = half[end:, start:end].T
    return np.asarray(half, dtype=np.float32)
