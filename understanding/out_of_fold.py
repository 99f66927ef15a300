"""How the examples are read by models that have not seen them: the ground for every choice and every report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from understanding import places
from understanding.embedding_cache import EmbeddingCache
from understanding.encoder import Encoder, Vectors, version
from understanding.folds import folds, near_groups
from understanding.sentences import sentences
from understanding.softmax import Floats
from understanding.topic_layers import Layers, TopicConfig
from understanding.training_data import Example

Say = Callable[[str], None]


class TooFewExamples(ValueError):
    """A topic model needs examples of at least two intents."""


def silent(_: str) -> None:
    """Says nothing."""


@dataclass(frozen=True)
class Prepared:
    """Examples as numbers. Of those with several sentences, the sentences too, each with the row it belongs to."""

    examples: Sequence[Example]
    intents: list[str]
    labels: NDArray[np.int64]
    vectors: Vectors
    parts: list[str]
    part_vectors: Vectors
    owners: NDArray[np.int64]
    fold: NDArray[np.int64]

    @property
    def texts(self) -> list[str]:
        """The texts of the examples."""
        return [example.text for example in self.examples]


@dataclass(frozen=True)
class OutOfFold:
    """Log probabilities of every example and every sentence by models that had not seen that example."""

    by_vector: Floats
    by_ngrams: Floats
    part_by_vector: Floats
    part_by_ngrams: Floats


def prepare(
    examples: Sequence[Example],
    config: TopicConfig,
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
    parts = [part for pieces in cut if len(pieces) > 1 for part in pieces]
    owners = [row for row, pieces in enumerate(cut) if len(pieces) > 1 for _ in pieces]

    def progress(done: int, of: int) -> None:
        if done % 512 < 64 or done == of:
            say(f"sentence vectors: {done} of {of} new ones")

    vectors = encoder.encode_for_training(texts + parts, cache, progress)
    labels = np.array([intents.index(example.intent) for example in examples], dtype=np.int64)
    own, rest = vectors[: len(texts)], vectors[len(texts) :]
    fold = folds(texts, labels.tolist(), near_groups(own), config.folds)
    return Prepared(examples, intents, labels, own, parts, rest, np.array(owners, dtype=np.int64), fold)


def read_out_of_fold(data: Prepared, config: TopicConfig, say: Say = silent) -> OutOfFold:
    """Train once for each fold without it, and read what is in it."""
    classes = len(data.intents)
    whole = [np.zeros((len(data.examples), classes), dtype=np.float32) for _ in range(2)]
    pieces = [np.zeros((len(data.parts), classes), dtype=np.float32) for _ in range(2)]
    texts = data.texts
    part_fold = data.fold[data.owners] if len(data.owners) else data.owners
    for number in range(config.folds):
        seen, kept = np.flatnonzero(data.fold != number), np.flatnonzero(data.fold == number)
        if not len(kept) or not len(seen):
            continue
        layers = Layers.learn([texts[row] for row in seen], data.vectors[seen], data.labels[seen], classes, config)
        whole[0][kept] = layers.vector_logs(data.vectors[kept])
        whole[1][kept] = layers.ngram_logs([texts[row] for row in kept])[0]
        parts = np.flatnonzero(part_fold == number)
        if len(parts):
            pieces[0][parts] = layers.vector_logs(data.part_vectors[parts])
            pieces[1][parts] = layers.ngram_logs([data.parts[row] for row in parts])[0]
        say(f"cross-validation: part {number + 1} of {config.folds}")
    return OutOfFold(whole[0], whole[1], pieces[0], pieces[1])
