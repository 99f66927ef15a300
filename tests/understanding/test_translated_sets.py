"""A set of examples that is another one translated is found by its order; sets written apart are not."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.languages import offered_languages
from knowledge.topics import all_topics
from understanding import places
from understanding.embedding_cache import EmbeddingCache
from understanding.encoder import Vectors, version
from understanding.training_data import read_examples
from understanding.translated_sets import Likeness, likeness, likenesses

CACHE = places.cache()
"""That of training: the tests of this folder are given an empty one."""
HELD = sorted({"hi", "ro", *(each.code for each in offered_languages())} - {"en"})


def rows(seed: int, count: int = 25) -> Vectors:
    made = np.random.default_rng(seed).normal(size=(count, 40)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def blurred(vectors: Vectors, seed: int) -> Vectors:
    near = vectors + 0.6 * rows(seed, len(vectors))
    return np.asarray(near / np.linalg.norm(near, axis=1, keepdims=True), dtype=np.float32)


def test_a_translation_line_by_line_is_found() -> None:
    own = {f"ask/{seed}": rows(seed) for seed in range(10)}
    told = likeness("aa", own, "bb", {intent: blurred(each, 90) for intent, each in own.items()})
    assert told.translated
    assert told.order > 0.95


def test_a_translation_is_found_when_lines_were_left_out() -> None:
    own = {f"ask/{seed}": rows(seed) for seed in range(10)}
    assert likeness("aa", own, "bb", {intent: blurred(each, 90)[::2] for intent, each in own.items()}).translated


def test_the_same_matters_in_another_order_are_no_translation() -> None:
    own = {f"ask/{seed}": rows(seed) for seed in range(10)}
    mixed = {
        intent: blurred(each, 90)[np.random.default_rng(place).permutation(len(each))]
        for place, (intent, each) in enumerate(own.items())
    }
    told = likeness("aa", own, "bb", mixed)
    assert told.share > 0.5
    assert not told.translated


def test_sets_without_an_intent_in_common_are_not_alike() -> None:
    told = likeness("aa", {"ask/a": rows(1)}, "bb", {"ask/b": rows(1)})
    assert (told.pairs, told.order, told.translated) == (0, 0.0, False)


@pytest.fixture(scope="module")
def of_the_tree() -> list[Likeness]:
    """The languages of the tree. Of those that are not held, what training has left in the cache is looked at."""
    kept = EmbeddingCache(CACHE / "embeddings.sqlite", version())
    asked = {each.intent for each in all_topics()}
    examples = [each for each in read_examples() if each.intent in asked]
    known = kept.read([each.text for each in examples])
    return likenesses([each for each in examples if each.language in (*HELD, "en") or each.text in known], kept)


@pytest.mark.timeout(1800)  # without a cache the vectors of the held languages are computed
@pytest.mark.parametrize("lang", HELD)
def test_no_language_with_a_pack_has_the_examples_of_another_translated(lang: str, of_the_tree: list[Likeness]) -> None:
    told = [each for each in of_the_tree if lang in (each.one, each.other)]
    assert any("en" in (each.one, each.other) for each in told)
    assert [str(each) for each in told if each.translated] == []
