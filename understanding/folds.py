"""Parts of the examples for cross-validation; what is nearly the same text stands in the same part."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.softmax import Floats

_BLOCK = 1024


def near_groups(vectors: Floats, alike: float = 0.90) -> NDArray[np.int64]:
    """A group number for each row: rows whose centred vectors are at least this alike share a group."""
    centred = vectors - vectors.mean(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    parent = list(range(len(vectors)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for start in range(0, len(centred), _BLOCK):
        close = centred[start : start + _BLOCK] @ centred.T >= alike
        for left, right in zip(*np.nonzero(close), strict=True):
            if (mine := root(start + int(left))) != (other := root(int(right))):
                parent[max(mine, other)] = min(mine, other)
    return np.array([root(row) for row in range(len(vectors))], dtype=np.int64)


def folds(texts: Sequence[str], labels: Sequence[Any], groups: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """A fold from 0 to count - 1 for each row: whole groups together, each label spread as evenly as can be.

    The order comes from a hash of the text, so that one new example moves few others.
    """
    order = sorted(
        range(len(texts)), key=lambda row: hashlib.sha256(texts[int(groups[row])].encode("utf-8", "replace")).digest()
    )
    taken: dict[int, int] = {}
    filled: dict[Any, list[int]] = {}
    for row in order:
        group = int(groups[row])
        load = filled.setdefault(labels[row], [0] * count)
        if group not in taken:
            taken[group] = min(range(count), key=lambda fold: (load[fold], fold))
        load[taken[group]] += 1
    return np.array([taken[int(group)] for group in groups], dtype=np.int64)
