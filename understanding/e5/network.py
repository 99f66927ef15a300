"""The network itself: twelve layers of attention over word pieces, and the mean over a text of what some layers say.

onnxruntime computes it, from a graph that is put together here with the weights as they are packed, four bits each.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from understanding.e5.packed import BLOCK, Floats, Packed, factors, four_bits, unpacked

_FAR_BELOW = np.float32(-1e9)
# Texts are computed together without filling up: their pieces stand in one row, and none hears those of another text.
# A longer row costs more in what is not heard than the next one in fetching the weights.
_PIECES_AT_ONCE = 96
_OPERATORS, _THEIR_OWN = 20, "com.microsoft"
_EXACT = 1
"""Numbers between the weights stay whole (32 bits): rounded to eight they are no faster here."""
_ERRORS_ONLY = 3


class Network:
    """`means` may be called from several threads at once; each call computes on the caller's own core."""

    def __init__(self, packed: Packed, layers: Sequence[int]) -> None:
        """`layers` are those whose means are wanted; 1 is the first."""
        self.sizes = packed.sizes
        width = self.sizes.width
        self._words = packed.blocks("emb.word", width)
        self._places = packed.numbers("emb.pos").reshape(-1, width) + packed.numbers("emb.type")[:width]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        graph = _Graph(packed, layers).written()
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

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


class _Graph:
    """The network as onnxruntime reads it. Every value and every weight has a name."""

    def __init__(self, packed: Packed, layers: Sequence[int]) -> None:
        self._packed, self._sizes = packed, packed.sizes
        self._nodes: list[NodeProto] = []
        self._held: list[TensorProto] = []
        self._means = [f"mean of {layer}" for layer in layers]
        width, heads = self._sizes.width, self._sizes.heads
        each = width // heads
        self._hold("by heads", np.array([-1, heads, each]))
        self._hold("side by side", np.array([-1, width]))
        self._hold("scale", np.array(1 / math.sqrt(each), dtype=np.float32))
        state = self._levelled("pieces", "emb.ln")
        for number in range(max(layers)):
            state = self._layer(state, f"l{number}")
            if number + 1 in layers:
                self._say("MatMul", ["share", state], f"mean of {number + 1}")

    def written(self) -> bytes:
        """The graph with all weights."""
        shapes: dict[str, list[str | int | None]] = {
            "pieces": ["n", self._sizes.width],
            "unheard": ["n", "n"],
            "share": ["texts", "n"],
        }
        graph = helper.make_graph(
            self._nodes,
            "e5",
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", "width"]) for name in self._means],
            self._held,
        )
        operators = [helper.make_opsetid("", _OPERATORS), helper.make_opsetid(_THEIR_OWN, 1)]
        written: bytes = helper.make_model(graph, opset_imports=operators, ir_version=9).SerializeToString()
        return written

    def _layer(self, state: str, name: str) -> str:
        """Every piece hears the others of its text, then each is turned over by itself."""
        ask, key, value = (
            self._say(
                "Transpose",
                [self._say("Reshape", [self._times(state, f"{name}.{part}"), "by heads"], f"{name}.{part} by heads")],
                f"{name}.{part} turned",
                perm=turned,
            )
            for part, turned in (("q", [1, 0, 2]), ("k", [1, 2, 0]), ("v", [1, 0, 2]))
        )
        heed = self._say("Mul", [self._say("MatMul", [ask, key], f"{name} heed"), "scale"], f"{name} heed scaled")
        heed = self._say(
            "Softmax", [self._say("Add", [heed, "unheard"], f"{name} own heed")], f"{name} shares", axis=-1
        )
        heard = self._say("Transpose", [self._say("MatMul", [heed, value], f"{name} by heads")], name, perm=[1, 0, 2])
        heard = self._times(self._say("Reshape", [heard, "side by side"], f"{name} heard"), f"{name}.ao")
        state = self._levelled(self._say("Add", [state, heard], f"{name} with heard"), f"{name}.aln")
        inner = self._say("Gelu", [self._times(state, f"{name}.fi")], f"{name} inner")
        return self._levelled(
            self._say("Add", [state, self._times(inner, f"{name}.fo")], f"{name} with inner"), f"{name}.oln"
        )

    def _times(self, state: str, name: str) -> str:
        """Weights of four bits, and what is added after them."""
        columns = self._sizes.inner if name.endswith(".fo") else self._sizes.width
        blocks = self._packed.blocks(f"{name}.w", columns)
        bits = four_bits(blocks)
        self._hold(f"{name} bits", bits[..., 0::2] | bits[..., 1::2] << 4)
        self._hold(f"{name} factors", factors(blocks))
        self._hold(f"{name} added", self._packed.numbers(f"{name}.b"))
        about: dict[str, Any] = {"K": columns, "N": len(blocks), "bits": 4, "block_size": BLOCK}
        weights = [state, f"{name} bits", f"{name} factors"]
        product = self._say(
            "MatMulNBits", weights, f"{name} product", domain=_THEIR_OWN, accuracy_level=_EXACT, **about
        )
        return self._say("Add", [product, f"{name} added"], f"{name} done")

    def _levelled(self, state: str, name: str) -> str:
        """Each piece's numbers brought to mean 0 and spread 1, then scaled."""
        for part in ("w", "b"):
            self._hold(f"{name}.{part}", self._packed.numbers(f"{name}.{part}"))
        scales = [f"{name}.w", f"{name}.b"]
        return self._say("LayerNormalization", [state, *scales], f"{name} level", axis=-1, epsilon=self._sizes.epsilon)

    def _say(self, kind: str, given: Sequence[str], name: str, **about: Any) -> str:
        self._nodes.append(helper.make_node(kind, list(given), [name], **about))
        return name

    def _hold(self, name: str, value: NDArray[Any]) -> None:
        self._held.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
