from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.embedding_cache import EmbeddingCache
from understanding.encoder import DIMENSIONS, LONGEST, WIDTH, Encoder, about, readable, version


def test_every_text_becomes_a_unit_vector() -> None:
    vectors = Encoder().encode(["my boss has my passport", "", "ശമ്പളം", "😀"])
    assert vectors.shape == (4, DIMENSIONS)
    assert vectors.dtype == np.float32
    for half in (about(vectors), vectors[:, WIDTH:]):
        assert np.allclose(np.linalg.norm(half, axis=1), 1, atol=1e-3)


def test_no_texts_give_no_rows() -> None:
    assert Encoder().encode([]).shape == (0, DIMENSIONS)


def test_a_text_has_the_same_vector_alone_and_among_others() -> None:
    texts = [f"question number {number} about my pay" for number in range(70)]
    together = Encoder().encode(texts)
    assert np.allclose(together[66], Encoder().encode([texts[66]])[0], atol=1e-5)


def test_the_same_meaning_is_nearer_than_another() -> None:
    ours, same, other = about(
        Encoder().encode(["they kept my passport", "my papers were taken away", "how to cook rice"])
    )
    assert ours @ same > ours @ other


def test_what_follows_a_nul_is_still_read() -> None:
    plain, hidden = Encoder().encode(["hello he has a knife", "hello\x00he has a knife"])
    assert np.array_equal(plain, hidden)


def test_an_endless_text_is_shortened_but_keeps_its_beginning_and_its_end() -> None:
    short = readable("start " + "a" * 100_000 + " end")
    assert len(short) <= LONGEST + 1
    assert short.startswith("start")
    assert short.endswith("end")


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_no_text_can_break_it(text: str) -> None:
    vector = Encoder().encode([text])[0]
    assert np.isfinite(vector).all()


def test_threads_get_the_vectors_of_their_own_texts() -> None:
    texts = [f"message {number}" for number in range(8)]
    wanted = Encoder().encode(texts)
    found: dict[int, np.ndarray] = {}

    def work(number: int) -> None:
        found[number] = Encoder().encode([texts[number]])[0]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.allclose(found[number], wanted[number], atol=1e-5) for number in range(8))


def test_training_vectors_are_computed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = EmbeddingCache(tmp_path / "deep" / "vectors.sqlite", version())
    encoder, told = Encoder(), []
    first = encoder.encode_for_training(["one", "two", "one"], cache, lambda done, of: told.append((done, of)))
    assert told == [(2, 2)]
    monkeypatch.setattr(Encoder, "_few", lambda *_: pytest.fail("computed again"))
    again = encoder.encode_for_training(["one", "two", "one"], cache)
    assert np.array_equal(first, again)
    assert np.array_equal(again[0], again[2])


def test_vectors_of_another_version_are_not_used(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    EmbeddingCache(path, "old").write({"text": np.zeros(DIMENSIONS, dtype=np.float32)})
    assert EmbeddingCache(path, "new").read(["text"]) == {}
    assert list(EmbeddingCache(path, "old").read(["text"])) == ["text"]
