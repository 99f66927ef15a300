"""Ridge regression on likenesses: every example votes for its intent, as far as a new text is like it.

The examples are dealt into tables small enough to be factorised. The tables are then solved one after the other, each
for what the others leave over, until together they solve the whole (block Gauss-Seidel; it settles because the table
of likenesses with its ridge is symmetric and positive definite).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack
from threadpoolctl import threadpool_limits

from understanding.all_cores import CORES, on_all_cores
from understanding.softmax import Floats

# After three rounds over the tables, a fourth changes one reading in some hundred (docs/understanding.md).
_ROUNDS = 3

Rows = NDArray[np.int64]


class LikenessNotDefinite(ArithmeticError):
    """The table of likenesses cannot be factorised: the ridge is too small for it."""


def solve(likeness: NDArray[np.floating], wanted: Floats, ridge: Floats, tables: Sequence[Rows]) -> Floats:
    """The weights (examples x columns) whose votes come near `wanted`, with a ridge for each example.

    `likeness` (examples x examples) may be in half precision. An example that stands in no table has no weight. Raises
    LikenessNotDefinite.
    """
    weights = np.zeros(wanted.shape, dtype=np.float32)
    factors = [_factor(likeness, ridge, rows) for rows in tables]
    for number in range(_ROUNDS if len(tables) > 1 else 1):
        for at, (rows, factor) in enumerate(zip(tables, factors, strict=True)):
            left = wanted[rows]
            if number or at:  # before the first table nothing votes
                left = left - votes_of(likeness, rows, weights) - ridge[rows, None] * weights[rows]
            weights[rows] += _solved(factor, left)
    return weights


def votes_of(likeness: NDArray[np.floating], rows: Rows, weights: Floats) -> Floats:
    """What all examples say of the examples in `rows`."""
    found = np.empty((len(rows), weights.shape[1]), dtype=np.float32)

    def some(part: slice) -> None:
        found[part] = likeness[rows[part]].astype(np.float32) @ weights

    on_all_cores(some, len(rows))
    return found


def _factor(likeness: NDArray[np.floating], ridge: Floats, rows: Rows) -> Floats:
    table = np.empty((len(rows), len(rows)), dtype=np.float32)

    def some(part: slice) -> None:
        table[part] = likeness[rows[part]][:, rows]

    on_all_cores(some, len(rows))
    table[np.diag_indices(len(rows))] += ridge[rows]
    # A C-ordered table is its own transpose in Fortran's order: nothing is copied.
    with threadpool_limits(CORES, user_api="blas"):
        factor, failed = lapack.spotrf(table.T, lower=1, overwrite_a=1)
    if failed:
        raise LikenessNotDefinite(f"row {failed}")
    return np.asarray(factor)


def _solved(factor: Floats, wanted: Floats) -> Floats:
    with threadpool_limits(CORES, user_api="blas"):
        found, _ = lapack.spotrs(factor, wanted, lower=1)
    return np.asarray(found, dtype=np.float32)
