"""How near a sentence vector lies to vectors of grave messages: a support vector machine with a Gaussian kernel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.softmax import Floats

# Chosen by cross-validation among 1, 3, 10 and 0.5, 1, 2.
_STRENGTH, _NARROWNESS = 3.0, 1.0


@dataclass(frozen=True)
class Kernel:
    """The examples that bear the border (unit vectors), how much each counts, and the start value."""

    bearers: Floats
    shares: Floats
    start: float

    @classmethod
    def learn(cls, rows: Floats, yes: NDArray[np.bool_], importance: Floats) -> Kernel:
        """Fit on unit vectors. Both outcomes count alike however many there are of each."""
        from sklearn.svm import SVC

        machine = SVC(C=_STRENGTH, gamma=_NARROWNESS, class_weight="balanced", cache_size=500)
        machine.fit(rows, yes, sample_weight=importance)
        return cls(
            machine.support_vectors_.astype(np.float16).astype(np.float32),
            machine.dual_coef_[0].astype(np.float32),
            float(machine.intercept_[0]),
        )

    def scores(self, rows: Floats) -> Floats:
        """One number for each unit vector: above zero on the side of the examples that were so."""
        # Between unit vectors the squared distance is 2 - 2 cos.
        distances = 2 - 2 * (rows @ self.bearers.T)
        return np.asarray(np.exp(-_NARROWNESS * distances) @ self.shares + self.start, dtype=np.float32)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """Everything as plain arrays, each name beginning with `name`."""
        return {
            f"{name}_bearers": self.bearers.astype(np.float16),
            f"{name}_shares": self.shares,
            f"{name}_start": np.array([self.start], dtype=np.float32),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> Kernel:
        """As it was when `arrays` was called."""
        return cls(
            arrays[f"{name}_bearers"].astype(np.float32), arrays[f"{name}_shares"], float(arrays[f"{name}_start"][0])
        )
