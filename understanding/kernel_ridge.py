"""Ridge regression on likenesses: every example votes for its intent, as far as a new text is like it.

The examples are dealt into tables small enough to be factorised. The tables are then solved one after the other, each
for what the others leave over, until together they solve the whole (block Gauss-Seidel; it settles because the table
of likenesses with its ridge is symmetric and positive definite).
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack
from threadpoolctl import threadpool_limits

from understanding.softmax import Floats

_ROWS_AT_ONCE = 512
# After three rounds over the tables, a fourth changes one reading in some hundred (docs/understanding.md).
_ROUNDS = 3
# The encoder holds the algebra to one core; here the tables are large enough for all.
_CORES = os.cpu_count() or 1

Rows = NDArray[np.int64]


class LikenessNotDefinite(ArithmeticError):
    """The table of likenesses cannot be factorised: the ridge is too small for it."""


def solve(likeness: NDArray[np.floating], wanted: Floats, ridge: Floats, tables: Sequence[Rows]) -> Floats:
    """The weights (examples x columns) whose votes come near `wanted`, with a ridge for each example.

    `likeness` (examples x examples) may be in half precision. An example that stands in no table has no weight. Raises
    LikenessNotDefinite.
    """
    weights = np.zeros(wanted.shape, dtype=np.float32)
    with threadpool_limits(_CORES, user_api="blas"):
        factors = [_factor(likeness, ridge, rows) for rows in tables]
        for _ in range(_ROUNDS if len(tables) > 1 else 1):
            for rows, factor in zip(tables, factors, strict=True):
                left = wanted[rows] - votes_of(likeness, rows, weights) - ridge[rows, None] * weights[rows]
                weights[rows] += _solved(factor, left)
    return weights


def votes_of(likeness: NDArray[np.floating], rows: Rows, weights: Floats) -> Floats:
    """What all examples say of the examples in `rows`."""
    found = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[start : start + _ROWS_AT_ONCE]
        found[start : start + len(part)] = likeness[part].astype(np.float32) @ weights
    return found


def _factor(likeness: NDArray[np.floating], ridge: Floats, rows: Rows) -> Floats:
    table = np.empty((len(rows), len(rows)), dtype=np.float32)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[start : start + _ROWS_AT_ONCE]
        table[start : start + len(part)] = likeness[part][:, rows]
    table[np.diag_indices(len(rows))] += ridge[rows]
    # A C-ordered table is its own transpose in Fortran's order: nothing is copied.
    factor, failed = lapack.spotrf(table.T, lower=1, overwrite_a=1)
    if failed:
        raise LikenessNotDefinite(f"row {failed}")
    return np.asarray(factor)


def _solved(factor: Floats, wanted: Floats) -> Floats:
    found, _ = lapack.spotrs(factor, wanted, lower=1)
    return np.asarray(found, dtype=np.float32)
