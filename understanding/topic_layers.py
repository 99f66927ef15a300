"""The two readings of a text that are blended: its sentence vector and its pieces of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.ngrams import Ngrams, NgramShape
from understanding.softmax import Floats, Softmax, train


@dataclass(frozen=True)
class TopicConfig:
    """Everything that was chosen by hand, after cross-validation (docs/understanding.md)."""

    vector_strength: float = 5.0
    ngram_strength: float = 30.0
    # More steps than this gained a point on the pieces alone and nothing on the blend, for twice the time.
    ngram_steps: int = 60
    ngrams: NgramShape = field(default_factory=NgramShape)
    folds: int = 4

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the model's name and its file."""
        return asdict(self)


@dataclass(frozen=True)
class Layers:
    """Two classifiers over the same intents."""

    middle: Floats
    spread: Floats
    by_vector: Softmax
    ngrams: Ngrams
    by_ngrams: Softmax

    @classmethod
    def learn(
        cls, texts: Sequence[str], vectors: Floats, labels: NDArray[np.int64], classes: int, config: TopicConfig
    ) -> Layers:
        """Fit both on the same examples."""
        middle = vectors.mean(axis=0)
        spread = np.maximum(vectors.std(axis=0), 1e-4) * np.float32(np.sqrt(vectors.shape[1]))
        by_vector = train((vectors - middle) / spread, labels, classes, config.vector_strength)
        ngrams = Ngrams.learn(texts, config.ngrams)
        by_ngrams = train(ngrams.vectors(texts), labels, classes, config.ngram_strength, steps=config.ngram_steps)
        return cls(middle, spread, by_vector, ngrams, Softmax(_half(by_ngrams.weights), by_ngrams.start))

    def vector_logs(self, vectors: Floats) -> Floats:
        """Log probabilities from sentence vectors."""
        return self.by_vector.scores((vectors - self.middle) / self.spread)

    def ngram_logs(self, texts: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
        """Log probabilities from pieces of words, and for each text whether any of its pieces was known."""
        rows = self.ngrams.vectors(texts)
        return self.by_ngrams.scores(rows), np.diff(rows.indptr) > 0

    def blended(self, texts: Sequence[str], vectors: Floats, share: float) -> Floats:
        """Both readings, `share` (0 to 1) of it from pieces of words; all from the vector if no piece is known."""
        ngram_logs, known = self.ngram_logs(texts)
        shares = np.where(known, np.float32(share), np.float32(0))[:, None]
        return np.asarray((1 - shares) * self.vector_logs(vectors) + shares * ngram_logs, dtype=np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything but the names of the pieces, as plain arrays."""
        return {
            "middle": self.middle,
            "spread": self.spread,
            "vector_weights": self.by_vector.weights,
            "vector_start": self.by_vector.start,
            "ngram_idf": self.ngrams.weights,
            "ngram_weights": self.by_ngrams.weights.astype(np.float16),
            "ngram_start": self.by_ngrams.start,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], names: Sequence[str], shape: NgramShape) -> Layers:
        """The layers as they were when `arrays` was called."""
        return cls(
            arrays["middle"],
            arrays["spread"],
            Softmax(arrays["vector_weights"], arrays["vector_start"]),
            Ngrams(shape, names, arrays["ngram_idf"]),
            Softmax(arrays["ngram_weights"].astype(np.float32), arrays["ngram_start"]),
        )


def _half(weights: Floats) -> Floats:
    """Rounded as the file will hold them, so that a trained model and a loaded one say the same."""
    return weights.astype(np.float16).astype(np.float32)
