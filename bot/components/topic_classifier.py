"""What a message asks, as a component of Rasa's graph: the same topic model that `understanding` uses elsewhere."""

from __future__ import annotations

import logging
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.sentence_encoder import ENCODED, SentenceEncoder
from bot.importer import FULL_INTENT, LANGUAGE
from bot.reading import understood
from bot.sureness import settled
from understanding import places
from understanding.topic import TopicModel, TopicReading
from understanding.topic_pieces import FOLLOW_UP, OUT_OF_SCOPE
from understanding.topic_training import made_as, train_or_reuse
from understanding.training_data import Example

logger = logging.getLogger(__name__)

# The slot that holds the topic answered last in this session (domain.yml).
TOPIC_SLOT = "topic"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):  # type: ignore[misc]
    """Sets the intent, its ranking, and the second question where a message asks two."""

    def __init__(self, model: TopicModel | None, model_storage: ModelStorage, resource: Resource) -> None:
        self._model = model
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def required_components(cls) -> list[type]:
        """The vector must be there first."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings, but the way the model is made: Rasa must not take an older model from its own cache."""
        return {"made_as": made_as()}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """An untrained classifier."""
        return cls(None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """A trained classifier. Raises TopicModelUnusable when it was trained for another encoder."""
        with model_storage.read_from(resource) as folder:
            return cls(TopicModel.load(folder), model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on Rasa's examples, or take the model that was already trained on the very same ones."""
        examples = [
            Example(example.get(TEXT), example.get(FULL_INTENT), example.get(LANGUAGE))
            for example in training_data.intent_examples
            if example.get(FULL_INTENT)
        ]
        self._model = train_or_reuse(examples, places.models(), say=logger.info)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Read each message. After an answer in this session, a follow-up such as "why?" can be meant."""
        after_answer = tracker is not None and tracker.get_slot(TOPIC_SLOT) is not None
        for message in messages:
            model = self._trained()
            reading = _read(model, message, after_answer)
            ranking, sure = settled(reading, model.settings.unsure_below)
            unsure = not sure and reading.intent != OUT_OF_SCOPE
            for key, value in understood(ranking, reading.also, unsure).items():
                message.set(key, value, add_to_output=True)
        return messages

    def _trained(self) -> TopicModel:
        assert self._model is not None, "the classifier was not trained"  # noqa: S101
        return self._model


def _read(model: TopicModel, message: Message, after_answer: bool) -> TopicReading:
    text, encoded = message.get(TEXT) or "", message.get(ENCODED)
    scores = model.scores(text, encoded)
    reading = model.of_scores(scores, after_answer)
    if reading.sure or after_answer:
        return reading
    # "And why?" after a long silence: what it follows is forgotten, but it is better met with the menu than
    # with a guess at a topic.
    as_follow_up = model.of_scores(scores, after_answer=True)
    return as_follow_up if as_follow_up.sure and as_follow_up.intent.startswith(FOLLOW_UP) else reading
