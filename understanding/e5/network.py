"""The network itself: twelve layers of attention over word pieces, and the mean over a text of what some layers say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import erf

from understanding.e5.packed import Floats, Packed, unpacked

_FAR_BELOW = np.float32(-1e9)
_ROOT_HALF = np.float32(math.sqrt(0.5))


@dataclass(frozen=True)
class _Layer:
    """Weights as they are multiplied from the right, each with what is added after it."""

    asked: tuple[Floats, Floats]
    heard: tuple[Floats, Floats]
    inner: tuple[Floats, Floats]
    outer: tuple[Floats, Floats]
    after_heard: tuple[Floats, Floats]
    after_outer: tuple[Floats, Floats]


class Network:
    """The weights, unpacked: 85 MB. `means` may be called from several threads at once."""

    def __init__(self, packed: Packed) -> None:
        self.sizes = packed.sizes
        width = self.sizes.width
        self._words = packed.blocks("emb.word", width)
        self._places = packed.numbers("emb.pos").reshape(-1, width) + packed.numbers("emb.type")[:width]
        self._start = (packed.numbers("emb.ln.w"), packed.numbers("emb.ln.b"))
        self._layers = [_layer(packed, number) for number in range(self.sizes.layers)]

    def means(self, texts: Sequence[Sequence[int]], layers: Sequence[int]) -> list[Floats]:
        """For each of `layers` (1 is the first) one row a text: the mean over its pieces.

        `texts` are numbers of pieces, marks of beginning and end with them, none longer than `sizes.positions`.
        """
        longest = max(map(len, texts))
        ids = np.zeros((len(texts), longest), dtype=np.intp)
        there = np.zeros((len(texts), longest, 1), dtype=np.float32)
        for row, pieces in enumerate(texts):
            ids[row, : len(pieces)] = pieces
            there[row, : len(pieces)] = 1
        hidden = (1 - there).reshape(len(texts), 1, 1, longest) * _FAR_BELOW
        share = there / there.sum(axis=1, keepdims=True)
        state = unpacked(self._words[ids.ravel()]).reshape(len(texts), longest, -1) + self._places[:longest]
        state = self._levelled(state, self._start)
        found = {}
        for number, layer in enumerate(self._layers[: max(layers)], start=1):
            state = self._through(layer, state, hidden)
            if number in layers:
                found[number] = (state * share).sum(axis=1)
        return [found[number] for number in layers]

    def _through(self, layer: _Layer, state: Floats, hidden: Floats) -> Floats:
        """One layer: every piece hears the others of its text, then each is turned over by itself."""
        many, longest, width = state.shape
        heads = self.sizes.heads
        asked = _times(state, layer.asked).reshape(many, longest, 3, heads, width // heads)
        ask, key, value = (asked[:, :, part].transpose(0, 2, 1, 3) for part in range(3))
        heed = ask @ key.transpose(0, 1, 3, 2)
        heed *= np.float32(1 / math.sqrt(width // heads))
        heed += hidden
        heed -= heed.max(axis=-1, keepdims=True)
        np.exp(heed, out=heed)
        heed /= heed.sum(axis=-1, keepdims=True)
        heard = (heed @ value).transpose(0, 2, 1, 3).reshape(many, longest, width)
        state = self._levelled(state + _times(heard, layer.heard), layer.after_heard)
        inner = _times(state, layer.inner)
        inner *= erf(inner * _ROOT_HALF) + np.float32(1)
        inner *= np.float32(0.5)
        return self._levelled(state + _times(inner, layer.outer), layer.after_outer)

    def _levelled(self, state: Floats, scale: tuple[Floats, Floats]) -> Floats:
        """Each piece's numbers brought to mean 0 and spread 1, then scaled."""
        state = state - state.mean(axis=-1, keepdims=True)
        spread = np.einsum("...i,...i->...", state, state)[..., None] / np.float32(state.shape[-1])
        state /= np.sqrt(spread + np.float32(self.sizes.epsilon))
        state *= scale[0]
        state += scale[1]
        return state


def _times(state: Floats, weights: tuple[Floats, Floats]) -> Any:
    many, longest, width = state.shape
    found = state.reshape(many * longest, width) @ weights[0]
    found += weights[1]
    return found.reshape(many, longest, -1)


def _layer(packed: Packed, number: int) -> _Layer:
    width, inner = packed.sizes.width, packed.sizes.inner

    def pair(name: str, columns: int) -> tuple[Floats, Floats]:
        weights = packed.weights(f"l{number}.{name}.w", columns)
        return np.ascontiguousarray(weights.T), packed.numbers(f"l{number}.{name}.b")

    def scale(name: str) -> tuple[Floats, Floats]:
        return packed.numbers(f"l{number}.{name}.w"), packed.numbers(f"l{number}.{name}.b")

    parts = [pair(name, width) for name in ("q", "k", "v")]
    asked = (
        np.ascontiguousarray(np.concatenate([weights for weights, _ in parts], axis=1)),
        np.concatenate([added for _, added in parts]),
    )
    return _Layer(asked, pair("ao", width), pair("fi", width), pair("fo", inner), scale("aln"), scale("oln"))
