"""How a text is compared with every example, by its vector and by its pieces of words, and what they vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from understanding.all_cores import ROWS_AT_ONCE, on_all_cores
from understanding.encoder import WIDTH
from understanding.kernel_ridge import solve, votes_of
from understanding.ngrams import Ngrams, NgramShape
from understanding.rounded_vectors import RoundedVectors
from understanding.softmax import Floats

# What stands in more than 2 of 100 examples says little and takes most of the time.
_PIECES = NgramShape(fewest_texts=2, most=60_000, greatest_share=0.02, numbers=True)


@dataclass(frozen=True)
class VoteConfig:
    """Everything chosen by hand, after cross-validation (docs/understanding.md); the values are those of topics."""

    # How fast a vote falls with the distance, how much of the likeness is that of the pieces of words, and how much
    # the examples may be contradicted.
    narrowness: float = 1.5
    ngram_share: float = 0.18
    ridge: float = 0.07
    ngrams: NgramShape = _PIECES
    folds: int = 4
    # A factorised table takes 4 bytes times the square of this; of 33,000 LAPACK ends the process. More examples are
    # dealt into several tables of equal size, which are solved in turn.
    most_in_table: int = 16_000

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the model's name and its file."""
        return asdict(self)


@dataclass(frozen=True)
class Votes:
    """The examples as a text is compared with them, and the weight of each for each column of what is asked."""

    narrowness: float
    ngram_share: float
    middle: Floats
    ngrams: Ngrams
    vectors: RoundedVectors
    pieces: Any
    weights: Floats
    start: Floats

    def likeness(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """How like each text (a row) is to each example (a column), from 0 to 1."""
        by_pieces = (self.ngrams.vectors(texts) @ self.pieces).toarray()
        found = self.vectors.products(_centred(vectors, self.middle))
        found *= np.float32(1 - self.ngram_share)
        by_pieces *= np.float32(self.ngram_share)
        found += by_pieces
        found -= 1
        found *= np.float32(self.narrowness)
        return np.asarray(np.exp(found, out=found))

    def scores(self, texts: Sequence[str], vectors: Floats, weights: Floats | None = None) -> Floats:
        """About 1 in the columns true of a text and 0 in the others. `weights` stand in for the model's own."""
        own = self.weights if weights is None else weights
        rows = [
            self.likeness(texts[start : start + ROWS_AT_ONCE], vectors[start : start + ROWS_AT_ONCE]) @ own
            for start in range(0, len(texts), ROWS_AT_ONCE)
        ]
        return np.concatenate([np.zeros((0, len(self.start)), dtype=np.float32), *rows]) + self.start

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything but the names of the pieces, as plain arrays."""
        return {
            "shape": np.array([self.narrowness, self.ngram_share]),
            "middle": self.middle,
            "idf": self.ngrams.weights,
            "vectors": self.vectors.rows,
            "vector_factors": self.vectors.factors,
            "piece_values": self.pieces.data.astype(np.float16),
            "piece_places": self.pieces.indices.astype(np.uint16 if len(self.vectors) < 2**16 else np.int32),
            "piece_ends": self.pieces.indptr,
            "weights": self.weights.astype(np.float16),
            "start": self.start,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], names: Sequence[str], shape: NgramShape) -> Votes:
        """The votes as they were when `arrays` was called."""
        vectors = RoundedVectors(arrays["vectors"], arrays["vector_factors"])
        places, ends = arrays["piece_places"].astype(np.int32), arrays["piece_ends"]
        pieces = csr_matrix((arrays["piece_values"].astype(np.float32), places, ends), shape=(len(names), len(vectors)))
        narrowness, share = (float(number) for number in arrays["shape"])
        ngrams = Ngrams(shape, names, arrays["idf"])
        weights = arrays["weights"].astype(np.float32)
        return cls(narrowness, share, arrays["middle"], ngrams, vectors, pieces, weights, arrays["start"])


@dataclass(frozen=True)
class Learnt:
    """The votes, and for each fold the weights they would have had without it.

    `unseen` are the scores of the examples themselves (rows), each by the weights found without its fold.
    """

    votes: Votes
    without: Sequence[Floats]
    unseen: Floats

    def out_of_fold(self, texts: Sequence[str], vectors: Floats, fold: NDArray[np.int64]) -> Floats:
        """The scores of other texts (rows), each by the weights found without its `fold`."""
        found = np.zeros((len(texts), len(self.votes.start)), dtype=np.float32)
        for number, weights in enumerate(self.without):
            rows = np.flatnonzero(fold == number)

            def some(part: slice, rows: NDArray[np.int64] = rows, weights: Floats = weights) -> None:
                own = rows[part]
                found[own] = self.votes.scores([texts[int(row)] for row in own], vectors[own], weights)

            on_all_cores(some, len(rows))
        return found


def learn(
    texts: Sequence[str],
    vectors: Floats,
    wanted: Floats,
    config: VoteConfig,
    dealt: NDArray[np.int64],
    importance: Floats | None = None,
) -> Learnt:
    """Fit all examples. `wanted` has a row for each, with 1 in the columns that are true of it and 0 in the others.

    `dealt` gives each a number: its fold, and by whole multiples of the folds its table. What counts half
    (`importance`, 1 where it is left out) may be contradicted twice as much.
    """
    middle = vectors.mean(axis=0)
    ngrams = Ngrams.learn(texts, config.ngrams)
    pieces = ngrams.vectors(texts).T.tocsr()
    pieces.data = _half(pieces.data)
    counts = np.ones(len(texts), dtype=np.float32) if importance is None else importance
    start = np.asarray(counts @ wanted / counts.sum(), dtype=np.float32)
    own = RoundedVectors.of(_centred(vectors, middle))
    votes = Votes(config.narrowness, config.ngram_share, middle, ngrams, own, pieces, np.zeros_like(wanted), start)
    likeness = _likeness_of_all(votes)
    ridge = (np.float32(config.ridge) / counts).astype(np.float32)
    tables, fold = dealt // config.folds, dealt % config.folds
    left, unseen, without = (wanted - start).astype(np.float32), np.zeros_like(wanted, dtype=np.float32), []
    for number in range(config.folds):
        weights = solve(likeness, left, ridge, _tables(tables, fold != number))
        out = np.flatnonzero(fold == number)
        unseen[out] = votes_of(likeness, out, weights) + start
        without.append(weights)
    weights = _half(solve(likeness, left, ridge, _tables(tables, np.ones(len(texts), dtype=bool))))
    return Learnt(replace(votes, weights=weights), without, unseen)


def one_of(labels: NDArray[np.int64], classes: int) -> Floats:
    """What is wanted where each example has one label: a 1 in its column."""
    return np.eye(classes, dtype=np.float32)[labels]


def tables_needed(count: int, config: VoteConfig) -> int:
    """Into how many tables so many examples are dealt."""
    return max(1, -(-count // config.most_in_table))


def _tables(tables: NDArray[np.int64], kept: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """The rows of each table, of those that are kept."""
    found = [np.flatnonzero((tables == table) & kept) for table in range(int(tables.max()) + 1)]
    return [rows for rows in found if len(rows)]


def _likeness_of_all(votes: Votes) -> NDArray[np.float16]:
    """The likeness of all examples to each other, in half precision: 2 bytes times the square of their number."""
    count, own = len(votes.vectors), votes.vectors.numbers()
    across = votes.pieces.T.tocsr()
    table = np.empty((count, count), dtype=np.float16)
    share, narrowness = np.float32(votes.ngram_share), np.float32(votes.narrowness)

    def some(part: slice) -> None:
        found = own[part] @ own.T
        found *= 1 - share
        found += (across[part] @ votes.pieces).toarray() * share
        found -= 1
        found *= narrowness
        table[part] = np.exp(found, out=found)

    on_all_cores(some, count)
    return table


def _centred(vectors: Floats, middle: Floats) -> Floats:
    """Vectors moved by the middle and made unit long; where they have several parts of 384 numbers, all count alike."""
    moved = (vectors - middle).reshape(len(vectors), -1, WIDTH)
    lengths = np.maximum(np.linalg.norm(moved, axis=2, keepdims=True), 1e-9) * np.sqrt(moved.shape[1])
    return np.asarray(moved / lengths, dtype=np.float32).reshape(vectors.shape)


def _half(numbers: Floats) -> Floats:
    """Rounded as the file will hold them, so that a trained model and a loaded one say the same."""
    return np.asarray(numbers.astype(np.float16).astype(np.float32))
