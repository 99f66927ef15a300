"""Whether the examples of one language are those of another, translated line by line.

Words cannot show it, vectors can. Of two languages the examples of each intent are paired: two that are each other's
nearest. Messages on one topic are alike in any two languages, so many pairs say little. That the pairs stand in the
same order says much: who translates a file keeps its order, who writes their own does not. A set that was translated
and then shuffled is not found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from understanding.embedding_cache import EmbeddingCache
from understanding.encoder import Encoder, Vectors, about, version
from understanding.places import cache
from understanding.training_data import Example

MOST_ORDER, LEAST_SHARE = 0.6, 0.5
"""Written apart, pairs of languages came to an order of 0.37 at most; line by line translations begin near 0.65."""

ByIntent = Mapping[str, Vectors]


@dataclass(frozen=True)
class Likeness:
    """Two languages. `share`: paired examples, of those of the smaller set. `order`: of two pairs, how often both stand
    in the same order, less how often in the other: 1 for a translation, about 0 to 0.3 for sets written apart."""

    one: str
    other: str
    share: float
    order: float
    pairs: int

    @property
    def translated(self) -> bool:
        """Whether one set looks like the other, translated."""
        return self.order > MOST_ORDER and self.share >= LEAST_SHARE

    def __str__(self) -> str:
        return (
            f"{self.one} {self.other}: order {self.order:.2f}, {self.pairs} pairs, {self.share:.0%} of the smaller set"
        )


def likenesses(examples: Iterable[Example], kept: EmbeddingCache | None = None) -> list[Likeness]:
    """Every two languages, the likest first. Vectors come from the cache of training; those not in it are computed."""
    sets = _vectors(list(examples), kept or EmbeddingCache(cache() / "embeddings.sqlite", version()))
    found = [likeness(one, sets[one], other, sets[other]) for one, other in combinations(sorted(sets), 2)]
    return sorted(found, key=lambda each: -each.order)


def likeness(one: str, own: ByIntent, other: str, theirs: ByIntent) -> Likeness:
    """How far two sets are paired in the same order. Vectors are of unit length, the mean of their language removed."""
    pairs = smaller = same = opposite = 0
    for intent in own.keys() & theirs.keys():
        found = _nearest_both_ways(own[intent], theirs[intent])
        pairs += len(found)
        smaller += min(len(own[intent]), len(theirs[intent]))
        for (first, there), (second, there_too) in combinations(found, 2):
            same += (second - first) * (there_too - there) > 0
            opposite += (second - first) * (there_too - there) < 0
    order = (same - opposite) / max(1, same + opposite)
    return Likeness(one, other, pairs / max(1, smaller), order, pairs)


def _nearest_both_ways(own: Vectors, theirs: Vectors) -> Sequence[tuple[int, int]]:
    likeness = own @ theirs.T
    nearest, back = likeness.argmax(axis=1), likeness.argmax(axis=0)
    return [(place, int(nearest[place])) for place in range(len(own)) if back[nearest[place]] == place]


def _vectors(examples: Sequence[Example], kept: EmbeddingCache) -> dict[str, dict[str, Vectors]]:
    """By language and intent, in the order of the files; the mean of a language, which only names it, is removed."""
    texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in examples:
        texts[each.language][each.intent].append(each.text)
    encoder = Encoder()
    found: dict[str, dict[str, Vectors]] = {}
    for language, by_intent in texts.items():
        rows = about(encoder.encode_for_training([said for group in by_intent.values() for said in group], kept))
        rows = rows - rows.mean(axis=0)
        rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        ends = np.cumsum([len(group) for group in by_intent.values()])
        found[language] = dict(zip(by_intent, np.split(rows, ends[:-1]), strict=True))
    return found
