"""The network itself: twelve layers of attention over word pieces, and the mean over a text of what some layers say.

onnxruntime computes it, from a graph put together here. Weights and what is between them are rounded to eight bits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from understanding.e5.packed import Floats, Packed, unpacked
from understanding.onnx_graph import Graph, rounded

_FAR_BELOW = np.float32(-1e9)
# Texts are computed together without filling up: their pieces stand in one row, and none hears those of another text.
# A longer row costs more in what is not heard than the next one in fetching the weights.
_PIECES_AT_ONCE = 96


class Network:
    """`means` may be called from several threads at once; each call computes on the caller's own core."""

    def __init__(self, packed: Packed, layers: Sequence[int]) -> None:
        """`layers` are those whose means are wanted; 1 is the first."""
        self.sizes = packed.sizes
        width = self.sizes.width
        self._words = packed.blocks("emb.word", width)
        self._places = packed.numbers("emb.pos").reshape(-1, width) + packed.numbers("emb.type")[:width]
        given: dict[str, Sequence[str | int]] = {
            "pieces": ["n", width],
            "unheard": ["n", "n"],
            "share": ["texts", "n"],
        }
        self._session = _Layers(packed, layers).graph.session(given, [_mean_of(layer) for layer in layers])

    def means(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The mean over its pieces of each text (layers, texts, width).

        `texts` are numbers of pieces, marks of beginning and end with them, none longer than `sizes.positions`.
        """
        found = [self._row(texts[first:last]) for first, last in _rows([len(text) for text in texts])]
        return np.concatenate(found, axis=1)

    def _row(self, texts: Sequence[Sequence[int]]) -> Floats:
        lengths = np.array([len(text) for text in texts])
        owner = np.repeat(np.arange(len(texts)), lengths)
        place = np.concatenate([np.arange(length) for length in lengths])
        pieces = np.fromiter(chain.from_iterable(texts), dtype=np.intp, count=len(owner))
        own = owner[None, :] == np.arange(len(texts))[:, None]
        given = {
            "pieces": unpacked(self._words[pieces]) + self._places[place],
            "unheard": (owner[None, :] != owner[:, None]) * _FAR_BELOW,
            "share": own / lengths[:, None].astype(np.float32),
        }
        return np.stack(self._session.run(None, {name: value.astype(np.float32) for name, value in given.items()}))


def _rows(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From where to where texts stand in one row."""
    first, together = 0, 0
    for at, length in enumerate(lengths):
        if at > first and together + length > _PIECES_AT_ONCE:
            yield first, at
            first, together = at, 0
        together += length
    yield first, len(lengths)


class _Layers:
    """The network as a graph."""

    def __init__(self, packed: Packed, layers: Sequence[int]) -> None:
        self.graph = Graph()
        self._packed, self._sizes = packed, packed.sizes
        width, heads = self._sizes.width, self._sizes.heads
        each = width // heads
        self.graph.hold("by heads", np.array([-1, heads, each]))
        self.graph.hold("side by side", np.array([-1, width]))
        self.graph.hold("scale", np.float32(1 / math.sqrt(each)))
        state = self._levelled("pieces", "emb.ln")
        for number in range(max(layers)):
            state = self._layer(state, f"l{number}")
            if number + 1 in layers:
                self.graph.say("MatMul", ["share", state], _mean_of(number + 1))

    def _layer(self, state: str, name: str) -> str:
        """Every piece hears the others of its text, then each is turned over by itself."""
        say = self.graph.say
        three = [f"{name}.{part}" for part in "qkv"]
        said = self.graph.parts(self._times(state, *three), three, [self._sizes.width] * 3)
        ask, key, value = (
            say("Transpose", [say("Reshape", [part, "by heads"], f"{part} by heads")], f"{part} turned", perm=turned)
            for part, turned in zip(said, ([1, 0, 2], [1, 2, 0], [1, 0, 2]), strict=True)
        )
        heed = say("Mul", [say("MatMul", [ask, key], f"{name} heed"), "scale"], f"{name} heed scaled")
        heed = say("Softmax", [say("Add", [heed, "unheard"], f"{name} own heed")], f"{name} shares", axis=-1)
        heard = say("Transpose", [say("MatMul", [heed, value], f"{name} by heads")], name, perm=[1, 0, 2])
        heard = self._times(say("Reshape", [heard, "side by side"], f"{name} heard"), f"{name}.ao")
        state = self._levelled(say("Add", [state, heard], f"{name} with heard"), f"{name}.aln")
        inner = say("Gelu", [self._times(state, f"{name}.fi")], f"{name} inner")
        return self._levelled(
            say("Add", [state, self._times(inner, f"{name}.fo")], f"{name} with inner"), f"{name}.oln"
        )

    def _times(self, state: str, *names: str) -> str:
        """The state times weights, side by side where there are several, and what is added after them."""
        columns = self._sizes.inner if names[0].endswith(".fo") else self._sizes.width
        weights = np.concatenate([unpacked(self._packed.blocks(f"{name}.w", columns)) for name in names])
        added = np.concatenate([self._packed.numbers(f"{name}.b") for name in names])
        label = " ".join(names)
        found = self.graph.products(state, *rounded(weights), label)
        return self.graph.say("Add", [found, self.graph.hold(f"{label} added", added)], f"{label} done")

    def _levelled(self, state: str, name: str) -> str:
        """Each piece's numbers brought to mean 0 and spread 1, then scaled."""
        scales = [self.graph.hold(f"{name}.{part}", self._packed.numbers(f"{name}.{part}")) for part in "wb"]
        about = {"axis": -1, "epsilon": self._sizes.epsilon}
        return self.graph.say("LayerNormalization", [state, *scales], f"{name} level", **about)


def _mean_of(layer: int) -> str:
    return f"mean of {layer}"
