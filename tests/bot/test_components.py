"""The two components in a graph of their own: trained on a handful of examples, stored, loaded, asked."""

from __future__ import annotations

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.sentence_encoder import ENCODED, SentenceEncoder
from bot.components.topic_classifier import TopicClassifier
from bot.importer import FULL_INTENT, LANGUAGE

EXAMPLES = {
    "ask/payslip": [
        "i never get a payslip",
        "my payslip is wrong",
        "what must be on a payslip",
        "they do not give me payslips",
        "i cannot read my payslip",
        "boss will not send the pay slip",
        "where is my payslip",
        "payslip has no hours on it",
    ],
    "ask/sick_pay": [
        "i am sick do i get paid",
        "sick pay from which day",
        "how much is sick pay",
        "do they pay me when i am ill",
        "i have flu and no sick pay",
        "statutory sick pay please",
        "ill for a week what do i get",
        "sick note and money",
    ],
    "greet": ["hello", "hi there", "good morning", "hey", "good evening", "hello friend", "hiya", "good day to you"],
    "out_of_scope": [
        "who won the football",
        "what is the weather",
        "sing me a song",
        "best pizza in town",
        "bitcoin price",
        "how do i bake bread",
        "train to london times",
        "tell me a joke",
    ],
    "follow_up/why": [
        "why",
        "why is that",
        "how come",
        "what is the reason",
        "why so",
        "which law",
        "but why",
        "reason",
    ],
}


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> ModelStorage:
    return LocalModelStorage.create(tmp_path_factory.mktemp("storage"))


@pytest.fixture(scope="module")
def context() -> ExecutionContext:
    return ExecutionContext(GraphSchema({}), "test")


@pytest.fixture(scope="module")
def encoder(storage: ModelStorage, context: ExecutionContext) -> SentenceEncoder:
    return SentenceEncoder.create({}, storage, Resource("encoder"), context)


@pytest.fixture(scope="module")
def classifier(
    storage: ModelStorage, context: ExecutionContext, tmp_path_factory: pytest.TempPathFactory
) -> TopicClassifier:
    """Trained by one component, loaded by another, as Rasa does it."""
    patch = pytest.MonkeyPatch()
    patch.setenv("CARE_ADVICE_MODELS", str(tmp_path_factory.mktemp("models")))
    patch.setenv("CARE_ADVICE_VAR", str(tmp_path_factory.mktemp("var")))
    resource = Resource("classifier")
    examples = [
        Message({"text": text, "intent": intent.split("/")[0], FULL_INTENT: intent, LANGUAGE: "en"})
        for intent, texts in EXAMPLES.items()
        for text in texts
    ]
    TopicClassifier.create({}, storage, resource, context).train(TrainingData(examples))
    loaded = TopicClassifier.load({}, storage, resource, context)
    patch.undo()
    return loaded


def read(
    encoder: SentenceEncoder, classifier: TopicClassifier, text: str, tracker: DialogueStateTracker | None = None
) -> Message:
    return classifier.process(encoder.process([Message({"text": text})]), tracker=tracker)[0]


def best(message: Message) -> str:
    return str(message.get("reading")["ranking"][0][0])


def test_each_message_gets_its_own_unit_vector(encoder: SentenceEncoder) -> None:
    first, second = encoder.process([Message({"text": "hello"}), Message({"text": "sick pay"})])
    assert first.get(ENCODED).about.shape == (1, 384)
    assert np.linalg.norm(first.get(ENCODED).about) == pytest.approx(1, abs=1e-3)
    assert not np.allclose(first.get(ENCODED).about, second.get(ENCODED).about)


def test_no_messages_are_no_problem(encoder: SentenceEncoder) -> None:
    assert encoder.process([]) == []


def test_the_intent_is_the_family_and_the_reading_has_the_topic(
    encoder: SentenceEncoder, classifier: TopicClassifier
) -> None:
    message = read(encoder, classifier, "they never give me a payslip")
    assert best(message) == "ask/payslip"
    assert message.get("intent")["name"] in ("ask", "nlu_fallback")
    assert message.as_dict(only_output_properties=True)["reading"]["ranking"][0][0] == "ask/payslip"


def test_the_vector_never_leaves_the_graph(encoder: SentenceEncoder, classifier: TopicClassifier) -> None:
    assert ENCODED not in read(encoder, classifier, "hello").as_dict(only_output_properties=True)


def test_a_follow_up_is_read_only_where_there_is_an_answer_to_follow(
    encoder: SentenceEncoder, classifier: TopicClassifier, domain: Domain
) -> None:
    after = DialogueStateTracker.from_events("x", [SlotSet("topic", "payslip")], domain.slots)
    assert best(read(encoder, classifier, "why is that", after)) == "follow_up/why"
    sure_of_a_topic = read(
        encoder, classifier, "how much is sick pay", DialogueStateTracker.from_events("x", [], domain.slots)
    )
    assert best(sure_of_a_topic) == "ask/sick_pay"


@pytest.mark.parametrize("text", ["", "?", "!!!", "\U0001f600\U0001f600", "\u200b", "x" * 20_000, "\ud800"])
def test_odd_texts_are_read_as_something_known(
    encoder: SentenceEncoder, classifier: TopicClassifier, text: str, domain: Domain
) -> None:
    assert read(encoder, classifier, text).get("intent")["name"] in domain.intents


def test_a_text_without_letters_is_out_of_scope_not_asked_back(
    encoder: SentenceEncoder, classifier: TopicClassifier
) -> None:
    assert read(encoder, classifier, "\U0001f600").get("intent")["name"] == "out_of_scope"
