from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understanding.small_set import EXAMPLES
from understanding.embedding_cache import EmbeddingCache
from understanding.encoded import Encoded
from understanding.encoder import Encoder
from understanding.out_of_fold import TooFewExamples
from understanding.places import ROOT
from understanding.topic import TopicModel, TopicModelUnusable
from understanding.topic_training import model_name, newest, train_or_reuse, train_topics
from understanding.training_data import Example
from understanding.votes import VoteConfig

UNSEEN = {
    "i have not had any pay slip": "ask/payslip",
    "manager is holding our passports": "ask/passport_withheld",
    "how many days holiday am i allowed": "ask/annual_leave",
    "wats the minimum wage": "ask/minimum_wage",
    "who is the best football player": "out_of_scope",
    "hello good afternoon": "greet",
}


@pytest.mark.parametrize(("text", "intent"), UNSEEN.items())
def test_what_was_never_seen_is_understood(model: TopicModel, text: str, intent: str) -> None:
    assert model.read(text).intent == intent


def test_a_known_vector_gives_the_same_reading(model: TopicModel) -> None:
    text = "they never give me a payslip"
    assert model.read(text, Encoded.of(text, Encoder())) == model.read(text)


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=120))
def test_any_text_gets_confidences_that_sum_to_at_most_one(model: TopicModel, text: str) -> None:
    reading = model.read(text)
    confidences = [chance for _, chance in reading.ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= chance <= 1 for chance in confidences)
    assert sum(confidences) <= 1 + 1e-9
    assert reading.intent not in reading.also


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "...", "\x00"])
def test_what_holds_no_word_is_never_sure(model: TopicModel, text: str) -> None:
    reading = model.read(text)
    assert reading.intent == "out_of_scope"
    assert not reading.sure


def test_a_follow_up_is_only_meant_after_an_answer(model: TopicModel) -> None:
    assert all(not intent.startswith("follow_up/") for intent, _ in model.read("why is that").ranking)
    assert model.read("why is that", after_answer=True).intent == "follow_up/why"


def test_the_second_question_of_a_message_is_found(model: TopicModel) -> None:
    reading = model.read("My employer has my passport and will not give it back. Also I never get a payslip from them.")
    assert {reading.intent, *reading.also} == {"ask/passport_withheld", "ask/payslip"}


def test_one_question_in_two_sentences_has_no_second(model: TopicModel) -> None:
    reading = model.read("I never get a payslip. Is it the law to get a payslip every month?")
    assert reading.intent == "ask/payslip"
    assert reading.also == ()


def test_politeness_does_not_hide_the_question(model: TopicModel) -> None:
    reading = model.read(
        "Good morning sir, how are you today? They took my passport when I came. Thank you very much, God bless."
    )
    assert reading.intent == "ask/passport_withheld"


def test_a_loaded_model_reads_as_the_trained_one(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path / "copy")
    loaded = TopicModel.load(tmp_path / "copy")
    assert all(loaded.read(text) == model.read(text) for text in UNSEEN)
    assert loaded.name == model.name


def test_the_same_examples_in_any_order_give_the_same_model(cache: EmbeddingCache, model: TopicModel) -> None:
    again = train_topics([*reversed(EXAMPLES), EXAMPLES[0]], cache=cache)
    assert again.name == model.name
    assert again.settings == model.settings
    assert np.array_equal(again.votes.weights, model.votes.weights)


def test_more_examples_than_one_table_holds_are_dealt_into_several(cache: EmbeddingCache) -> None:
    dealt = train_topics(EXAMPLES, VoteConfig(most_in_table=len(EXAMPLES) // 2 + 1), cache=cache)
    right = sum(dealt.read(text).intent == intent for text, intent in UNSEEN.items())
    assert right >= len(UNSEEN) - 1


def test_another_example_or_another_setting_gives_another_name() -> None:
    names = {
        model_name(EXAMPLES, VoteConfig()),
        model_name([*EXAMPLES, Example("one more", "greet")], VoteConfig()),
        model_name(EXAMPLES, VoteConfig(ridge=0.5)),
    }
    assert len(names) == 3


def test_nothing_is_trained_when_nothing_changed(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("understanding.topic_training.train_topics", lambda *_, **__: pytest.fail("trained again"))
    assert train_or_reuse(EXAMPLES, models_dir).read("hello good afternoon").intent == "greet"


def test_a_half_written_model_is_trained_anew(models_dir: Path, tmp_path: Path, cache: EmbeddingCache) -> None:
    name = next(models_dir.glob("topic-*")).name
    (tmp_path / name).mkdir()
    (tmp_path / name / "model.json").write_text("{", encoding="utf-8")
    assert train_or_reuse(EXAMPLES, tmp_path, cache=cache).read("hello good afternoon").intent == "greet"
    assert newest(tmp_path).read("hello good afternoon").intent == "greet"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_model_of_other_vectors_is_refused(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    about = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    (tmp_path / "model.json").write_text(json.dumps(about | {"vectors": "another"}), encoding="utf-8")
    with pytest.raises(TopicModelUnusable, match="made for another"):
        TopicModel.load(tmp_path)


def test_without_a_model_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(TopicModelUnusable, match="python -m understanding train"):
        newest(tmp_path)


@pytest.mark.parametrize("examples", [[], [Example("hello", "greet"), Example("hi", "greet")]])
def test_one_intent_alone_cannot_be_told_apart(cache: EmbeddingCache, examples: list[Example]) -> None:
    with pytest.raises(TooFewExamples):
        train_topics(examples, cache=cache)


IN_RASAS_PYTHON = """
import json, sys
from pathlib import Path
from understanding.topic import TopicModel
model = TopicModel.load(Path(sys.argv[1]))
print(json.dumps([model.read(text).ranking for text in json.loads(sys.argv[2])]))
"""


def test_rasas_python_ranks_alike(models_dir: Path, model: TopicModel) -> None:
    texts = [*UNSEEN, "My employer has my passport. Also I never get a payslip from them."]
    folder = next(models_dir.glob("topic-*"))
    command = [ROOT / ".venv-rasa/bin/python", "-c", IN_RASAS_PYTHON, folder, json.dumps(texts)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    for text, there in zip(texts, json.loads(done.stdout), strict=True):
        here = model.read(text).ranking
        # Each Python has an ONNX Runtime of its own: what lies between two steps of the rounding may fall to either.
        assert there[0][0] == here[0][0]
        chances = dict(there)
        assert np.allclose([chances[intent] for intent, _ in here], [chance for _, chance in here], atol=0.01)
