"""The examples as Rasa gets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.importer import FULL_INTENT, LANGUAGE, AdviceImporter
from understanding.training_data import Example, read_examples


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for language, text in (("en", "how much is the minimum wage"), ("pl", "ile wynosi placa minimalna")):
        folder = tmp_path / "nlu" / language
        folder.mkdir(parents=True)
        content = f'version: "3.1"\nnlu:\n- intent: ask/minimum_wage\n  examples: |\n    - {text}\n'
        folder.joinpath("minimum_wage.yml").write_text(content + "- intent: greet\n  examples: |\n    - hi\n")
    return tmp_path


def test_an_example_is_of_its_family_and_keeps_its_whole_intent_and_language(data: Path) -> None:
    examples = AdviceImporter(training_data_paths=[str(data)]).get_nlu_data().intent_examples
    found = {(e.get("text"), e.get("intent"), e.get(FULL_INTENT), e.get(LANGUAGE)) for e in examples}
    assert ("how much is the minimum wage", "ask", "ask/minimum_wage", "en") in found
    assert ("ile wynosi placa minimalna", "ask", "ask/minimum_wage", "pl") in found


def test_rasa_does_not_take_questions_for_a_response_selectors(data: Path) -> None:
    read = AdviceImporter(training_data_paths=[str(data)]).get_nlu_data()
    assert read.retrieval_intents == set()
    assert read.response_examples == []


@pytest.fixture(scope="module")
def tree() -> TrainingData:
    """The examples of the tree."""
    root = Path(__file__).resolve().parents[2]
    return AdviceImporter(training_data_paths=[str(root / "data")]).get_nlu_data()


def test_every_example_of_the_tree_has_a_family_in_the_domain(tree: TrainingData, domain: Domain) -> None:
    assert {e.get("intent") for e in tree.intent_examples} <= set(domain.intents)


def test_rasa_reads_the_very_examples_that_the_topic_model_is_trained_on(tree: TrainingData) -> None:
    """Were they different, `rasa train` could not take over the model that `python -m understanding train` made."""
    rasas = {Example(e.get("text"), e.get(FULL_INTENT), e.get(LANGUAGE)) for e in tree.intent_examples}
    assert rasas == set(read_examples())
