"""Many vectors rounded to eight bits, a quarter of the room, and how near other vectors lie to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from onnxruntime import InferenceSession

from understanding import memory
from understanding.onnx_graph import Floats, Graph, WholeNumbers, rounded


@dataclass(frozen=True, eq=False)
class RoundedVectors:
    """Rows of whole numbers (vectors, width), each with the factor that makes them its numbers again."""

    rows: WholeNumbers
    factors: Floats

    @classmethod
    def of(cls, vectors: Floats) -> RoundedVectors:
        """Vectors as near as eight bits come to them."""
        return cls(*rounded(vectors))

    def __len__(self) -> int:
        return len(self.rows)

    def numbers(self) -> Floats:
        """The vectors in 32 bits, for who computes with all of them at once."""
        return np.asarray(self.rows * self.factors[:, None], dtype=np.float32)

    def products(self, others: Floats) -> Floats:
        """The product of each other vector (a row) with each of these (a column)."""
        if not len(self) or not len(others):
            return np.zeros((len(others), len(self)), dtype=np.float32)
        found: Sequence[Floats] = self._session.run(None, {"others": others})
        return found[0]

    @cached_property
    def _session(self) -> InferenceSession:
        graph = Graph()
        found = graph.products("others", self.rows, self.factors, "products")
        session = graph.session({"others": ["n", self.rows.shape[1]]}, [found])
        memory.give_back()
        return session
