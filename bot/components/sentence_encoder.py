"""The sentence vectors of a message, as a component of Rasa's graph."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import vectors_at_hand
from understanding.encoded import Encoded
from understanding.encoder import Encoder

# Where later components find the vectors. They are never part of what Rasa keeps or sends on.
ENCODED = "encoded"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):  # type: ignore[misc]
    """Puts its vectors beside the text of each message: those the gateway sent, else made here."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Made by Rasa; the encoder has no settings and nothing of its own to store."""
        return cls(Encoder())

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vectors to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(ENCODED, vectors_at_hand.taken(text) or Encoded.of(text, self._encoder))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: the topic model keeps their vectors in a cache of its own."""
        return training_data
