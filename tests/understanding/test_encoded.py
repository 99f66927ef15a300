from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.encoded import Encoded, VectorsUnreadable
from understanding.encoder import Encoder

TWO = "My employer keeps back my wages every month. Can I leave before my notice ends?"


def test_a_text_of_one_sentence_has_one_vector() -> None:
    encoded = Encoded.of("how much holiday do I get", Encoder())
    assert encoded.parts == ()
    assert encoded.vectors.shape == (1, 768)


def test_each_sentence_has_its_own_vector_after_that_of_the_whole() -> None:
    encoded = Encoded.of(TWO, Encoder())
    alone = Encoder().encode([TWO, *encoded.parts])
    assert len(encoded.parts) == 2
    assert np.allclose(encoded.vectors, alone, atol=1e-5)


def test_vectors_come_back_as_they_were_sent_and_hold_no_word() -> None:
    sent = Encoded.of(TWO, Encoder())
    again = Encoded.from_written(TWO, sent.written())
    assert again.texts == sent.texts
    assert np.allclose(again.about, sent.about, atol=1e-3)
    assert "wages" not in sent.written()


@pytest.mark.parametrize("written", ["", "no", "a" * 400_000, "////" * 192])
def test_what_are_no_vectors_of_the_text_is_refused(written: str) -> None:
    with pytest.raises(VectorsUnreadable):
        Encoded.from_written("hello", written)


def test_the_vectors_of_another_text_are_refused() -> None:
    with pytest.raises(VectorsUnreadable):
        Encoded.from_written("hello", Encoded.of(TWO, Encoder()).written())


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_but_that_one_error_comes_of_any_input(text: str, written: str) -> None:
    with pytest.raises(VectorsUnreadable):
        Encoded.from_written(text, written)
