"""How the examples are read by models that have not seen them: the ground for every choice and every report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from understanding import places
from understanding.embedding_cache import EmbeddingCache
from understanding.encoder import Encoder, Progress, Vectors, about, version
from understanding.folds import folds, near_groups
from understanding.sentences import sentences
from understanding.softmax import Floats
from understanding.training_data import Example
from understanding.votes import Learnt, VoteConfig, tables_needed

# So many examples of several sentences are also read sentence by sentence: enough to choose two numbers.
_READ_BY_SENTENCE = 1_000

Say = Callable[[str], None]


class TooFewExamples(ValueError):
    """A topic model needs examples of at least two intents."""


def silent(_: str) -> None:
    """Says nothing."""


def counting(say: Say) -> Progress:
    """Says, now and then, how many vectors have been made."""

    def progress(done: int, of: int) -> None:
        if done % 512 < 32 or done == of:
            say(f"sentence vectors: {done} of {of} new ones")

    return progress


@dataclass(frozen=True)
class Prepared:
    """Examples as numbers. Of some with several sentences, the sentences too, each with the row it belongs to."""

    examples: Sequence[Example]
    intents: list[str]
    labels: NDArray[np.int64]
    vectors: Vectors
    parts: list[str]
    part_vectors: Vectors
    owners: NDArray[np.int64]
    # The fold of each example; where there are several tables, the table times the number of folds is added.
    dealt: NDArray[np.int64]

    @property
    def texts(self) -> list[str]:
        """The texts of the examples."""
        return [example.text for example in self.examples]


@dataclass(frozen=True)
class OutOfFold:
    """Scores of every example and every sentence (rows) by models that had not seen that example."""

    whole: Floats
    parts: Floats


def prepare(
    examples: Sequence[Example],
    config: VoteConfig,
    encoder: Encoder | None = None,
    cache: EmbeddingCache | None = None,
    say: Say = silent,
) -> Prepared:
    """Encode the examples (vectors made before come from the cache) and deal them into folds.

    Raises TooFewExamples when there are not two intents to tell apart.
    """
    encoder = encoder or Encoder()
    cache = cache or EmbeddingCache(places.cache() / "embeddings.sqlite", version())
    examples = sorted(set(examples))
    intents = sorted({example.intent for example in examples})
    if len(intents) < 2:
        raise TooFewExamples(f"{len(examples)} examples of {len(intents)} intents")
    texts = [example.text for example in examples]
    cut = [sentences(text) for text in texts]
    longer = _some([row for row, pieces in enumerate(cut) if len(pieces) > 1], texts)
    parts = [part for row in longer for part in cut[row]]
    owners = [row for row in longer for _ in cut[row]]
    vectors = about(encoder.encode_for_training(texts + parts, cache, counting(say)))
    labels = np.array([intents.index(example.intent) for example in examples], dtype=np.int64)
    own, rest = vectors[: len(texts)], vectors[len(texts) :]
    count = config.folds * tables_needed(len(texts), config)
    dealt = folds(texts, labels.tolist(), near_groups(own), count)
    return Prepared(examples, intents, labels, own, parts, rest, np.array(owners, dtype=np.int64), dealt)


def _some(rows: list[int], texts: Sequence[str]) -> list[int]:
    """Rows enough to choose by, the same ones as long as their texts are the same."""
    chosen = sorted(rows, key=lambda row: hashlib.sha256(texts[row].encode("utf-8", "replace")).digest())
    return sorted(chosen[:_READ_BY_SENTENCE])


def read_out_of_fold(data: Prepared, learnt: Learnt, folds: int) -> OutOfFold:
    """What is in each fold, read with the weights that were found without it."""
    fold = data.dealt[data.owners] % folds
    return OutOfFold(learnt.unseen, learnt.out_of_fold(data.parts, data.part_vectors, fold))
