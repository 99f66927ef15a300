"""A message with its sentence vectors: encoded once, read by everybody who needs them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from understanding.encoder import WIDTH, Encoder, Vectors, about, readable
from understanding.sentences import MOST, sentences


class VectorsUnreadable(ValueError):
    """What should be the vectors of a text is something else."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """A text, its sentences and their vectors.

    `parts` is empty when the text is one sentence. `vectors` are rows as the encoder makes them: the whole text, then
    each part.
    """

    text: str
    parts: tuple[str, ...]
    vectors: Vectors

    @property
    def texts(self) -> list[str]:
        """The text, then its parts: one for each row of `vectors`."""
        return [self.text, *self.parts]

    @property
    def about(self) -> Vectors:
        """What the text and each part are about: (1 + parts, 384)."""
        return about(self.vectors)

    @classmethod
    def of(cls, text: str, encoder: Encoder) -> Encoded:
        """Encode a text and its sentences in one call."""
        parts = _parts(text)
        return cls(text, parts, encoder.encode([text, *parts]))

    def written(self) -> str:
        """What the text is about, as ASCII, at half precision; the text itself is not in it."""
        return base64.b64encode(self.about.astype("<f2").tobytes()).decode()

    @classmethod
    def from_written(cls, text: str, written: str) -> Encoded:
        """The text with what `written` gave; the other half is left out. Raises VectorsUnreadable."""
        parts = _parts(text)
        if len(written) > 4 * (MOST + 1) * WIDTH:
            raise VectorsUnreadable("too long")
        try:
            numbers = np.frombuffer(base64.b64decode(written, validate=True), dtype="<f2")
            vectors = numbers.astype(np.float32).reshape(len(parts) + 1, WIDTH)
        except (binascii.Error, ValueError):
            raise VectorsUnreadable("not the vectors of this text") from None
        if not np.isfinite(vectors).all():
            raise VectorsUnreadable("not numbers")
        return cls(text, parts, vectors)


def _parts(text: str) -> tuple[str, ...]:
    found: Sequence[str] = sentences(readable(text))
    return tuple(found) if len(found) > 1 else ()
