"""The sentence vector of a message, as a component of Rasa's graph."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from understanding.encoder import Encoder

# Where later components find the vector. It is never part of what Rasa keeps or sends on.
SENTENCE_VECTOR = "sentence_vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):  # type: ignore[misc]
    """Puts the vector of each message beside its text, once for every component that needs it."""

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
        """Add the vector to each message that has a text."""
        texts = [message.get(TEXT) or "" for message in messages]
        for message, vector in zip(messages, self._encoder.encode(texts), strict=True):
            message.set(SENTENCE_VECTOR, vector)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: the topic model keeps their vectors in a cache of its own."""
        return training_data
