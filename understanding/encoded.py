"""A message with its sentence vectors: encoded once, read by everybody who needs them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from understanding.encoder import DIMENSIONS, Encoder, Vectors, readable
from understanding.sentences import MOST, sentences


class VectorsUnreadable(ValueError):
    """What should be the vectors of a text is something else."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """A text, its sentences and their vectors.

    `parts` is empty when the text is one sentence. `vectors`: unit rows of 384 float32, the whole text, then each part.
    """

    text: str
    parts: tuple[str, ...]
    vectors: Vectors

    @property
    def texts(self) -> list[str]:
        """The text, then its parts: one for each row of `vectors`."""
        return [self.text, *self.parts]

    @classmethod
    def of(cls, text: str, encoder: Encoder) -> Encoded:
        """Encode a text and its sentences in one call."""
        parts = _parts(text)
        return cls(text, parts, encoder.encode([text, *parts]))

    def written(self) -> str:
        """The vectors as ASCII, at half precision; the text itself is not in it."""
        return base64.b64encode(self.vectors.astype("<f2").tobytes()).decode()

    @classmethod
    def from_written(cls, text: str, written: str) -> Encoded:
        """The same as it was when `written` was called for this text. Raises VectorsUnreadable."""
        parts = _parts(text)
        if len(written) > 4 * (MOST + 1) * DIMENSIONS:
            raise VectorsUnreadable("too long")
        try:
            numbers = np.frombuffer(base64.b64decode(written, validate=True), dtype="<f2")
            vectors = numbers.astype(np.float32).reshape(len(parts) + 1, DIMENSIONS)
        except (binascii.Error, ValueError):
            raise VectorsUnreadable("not the vectors of this text") from None
        if not np.isfinite(vectors).all():
            raise VectorsUnreadable("not numbers")
        return cls(text, parts, vectors)


def _parts(text: str) -> tuple[str, ...]:
    found: Sequence[str] = sentences(readable(text))
    return tuple(found) if len(found) > 1 else ()
