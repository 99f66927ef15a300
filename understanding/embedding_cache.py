"""Vectors of training texts, kept on disk between trainings under the text and the model's version."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_ASK_AT_ONCE = 500


class EmbeddingCache:
    """A SQLite file; safe for several processes at once. It can be deleted at any time."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._version = version
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open()) as database, database:
            database.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")

    def read(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors known for these texts; texts never seen are left out."""
        keys = {self._key(text): text for text in texts}
        known: dict[str, NDArray[np.float32]] = {}
        wanted = list(keys)
        with closing(self._open()) as database:
            for start in range(0, len(wanted), _ASK_AT_ONCE):
                part = wanted[start : start + _ASK_AT_ONCE]
                marks = ",".join("?" * len(part))
                rows = database.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)  # noqa: S608
                for key, vector in rows:
                    known[keys[key]] = np.frombuffer(vector, dtype="<f4").astype(np.float32)
        return known

    def write(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep these vectors."""
        rows = [(self._key(text), vector.astype("<f4").tobytes()) for text, vector in vectors.items()]
        with closing(self._open()) as database, database:
            database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=60)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._version}\0{text}".encode("utf-8", "replace")).digest()[:16]
