"""The readings of a text from which its risk is judged: two of its sentence vector, one of its pieces of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.ngrams import Ngrams, NgramShape
from understanding.risk_data import RiskExample
from understanding.risk_kernel import Kernel
from understanding.risk_levels import CONCERN, EMERGENCY, HIGH, LEVELS, rank
from understanding.softmax import Floats, Softmax, train

SHAPE = NgramShape(most=30_000)
_BORDERS = (CONCERN, HIGH, EMERGENCY)
_VECTOR_STRENGTH, _NGRAM_STRENGTH = 10.0, 30.0
_LEAST = 1e-6
READINGS = 6


@dataclass(frozen=True)
class RiskLayers:
    """Fitted on one set of examples.

    `by_vector` tells signs and kinds apart and is summed up to levels: signs of one level are too unlike each other to
    lie on one side of a plane. `kernels` hold the borders between levels.
    """

    middle: Floats
    level_of: NDArray[np.int64]
    by_vector: Softmax
    kernels: Mapping[str, Kernel]
    ngrams: Ngrams
    by_ngrams: Softmax

    @classmethod
    def learn(cls, examples: Sequence[RiskExample], vectors: Floats) -> RiskLayers:
        """Fit every reading on the same examples."""
        labels = sorted({example.label for example in examples})
        label = np.array([labels.index(example.label) for example in examples])
        level = np.array([rank(example.level) for example in examples])
        weights = np.array([example.weight for example in examples], dtype=np.float32)
        importance = weights / weights.mean()
        middle = vectors.mean(axis=0)
        rows = _unit(vectors - middle)
        ngrams = Ngrams.learn([example.text for example in examples], SHAPE)
        grams = ngrams.vectors([example.text for example in examples])
        found = train(grams, level, len(LEVELS), _NGRAM_STRENGTH, importance)
        return cls(
            middle,
            np.array([rank(name.partition("/")[0]) for name in labels]),
            train(rows, label, len(labels), _VECTOR_STRENGTH, importance),
            {name: Kernel.learn(rows, level >= rank(name), weights) for name in _BORDERS},
            ngrams,
            Softmax(found.weights.astype(np.float16).astype(np.float32), found.start),
        )

    def readings(self, texts: Sequence[str], vectors: Floats, with_pieces: bool = True) -> Floats:
        """One row of READINGS numbers for each text; the pieces of words are left out for languages never seen."""
        rows = _unit(vectors - self.middle)
        fine = np.exp(self.by_vector.scores(rows))
        vector = np.stack([fine[:, self.level_of >= rank(name)].sum(axis=1) for name in (HIGH, EMERGENCY)], axis=1)
        if with_pieces:
            levels = np.exp(self.by_ngrams.scores(self.ngrams.vectors(texts)))
            pieces = levels[:, rank(HIGH) :].sum(axis=1)
        else:
            pieces = vector[:, 0]
        borders = [self.kernels[name].scores(rows) for name in _BORDERS]
        return np.stack([*borders, *_odds(vector).T, _odds(pieces)], axis=1).astype(np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything but the names of the pieces, as plain arrays."""
        found: dict[str, NDArray[Any]] = {
            "middle": self.middle,
            "level_of": self.level_of,
            "vector_weights": self.by_vector.weights,
            "vector_start": self.by_vector.start,
            "ngram_idf": self.ngrams.weights,
            "ngram_weights": self.by_ngrams.weights.astype(np.float16),
            "ngram_start": self.by_ngrams.start,
        }
        for name, kernel in self.kernels.items():
            found.update(kernel.arrays(name))
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], names: Sequence[str]) -> RiskLayers:
        """The layers as they were when `arrays` was called."""
        return cls(
            arrays["middle"],
            arrays["level_of"],
            Softmax(arrays["vector_weights"], arrays["vector_start"]),
            {name: Kernel.from_arrays(arrays, name) for name in _BORDERS},
            Ngrams(SHAPE, names, arrays["ngram_idf"]),
            Softmax(arrays["ngram_weights"].astype(np.float32), arrays["ngram_start"]),
        )


def _unit(rows: Floats) -> Floats:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows / lengths, dtype=np.float32)


def _odds(chances: NDArray[Any]) -> NDArray[Any]:
    held = np.clip(chances, _LEAST, 1 - _LEAST)
    return np.asarray(np.log(held) - np.log(1 - held))
