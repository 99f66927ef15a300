from __future__ import annotations

import numpy as np
from rasa.shared.nlu.training_data.message import Message

from bot import vectors_at_hand
from bot.components.sentence_encoder import ENCODED, SentenceEncoder
from understanding.encoded import Encoded
from understanding.encoder import Encoder, Vectors


class NeverAsked(Encoder):
    def encode(self, texts: object) -> Vectors:
        raise AssertionError("the text was encoded again")


def test_vectors_of_a_text_are_taken_once() -> None:
    vectors_at_hand.put("when is payday", Encoded.of("when is payday", Encoder()).written())
    first = SentenceEncoder(NeverAsked()).process([Message({"text": "when is payday"})])[0].get(ENCODED)
    assert np.linalg.norm(first.about) > 0.99
    assert vectors_at_hand.taken("when is payday") is None


def test_without_them_the_text_is_encoded_here() -> None:
    vectors_at_hand.put("when is payday", "not vectors")
    found = SentenceEncoder(Encoder()).process([Message({"text": "when is payday"})])[0].get(ENCODED)
    assert found.about.shape == (1, 384)


def test_vectors_of_messages_that_were_lost_do_not_pile_up() -> None:
    written = Encoded.of("hello", Encoder()).written()
    for number in range(200):
        vectors_at_hand.put(f"hello {number}", written)
    assert sum(vectors_at_hand.taken(f"hello {number}") is not None for number in range(200)) == 64
