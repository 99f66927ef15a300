"""The examples as Rasa gets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.importer import FULL_INTENT, LANGUAGE, AdviceImporter


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


def test_every_example_of_the_tree_has_a_family_in_the_domain(domain: object) -> None:
    root = Path(__file__).resolve().parents[2]
    read = AdviceImporter(training_data_paths=[str(root / "data")]).get_nlu_data()
    assert {e.get("intent") for e in read.intent_examples} <= set(domain.intents)  # type: ignore[attr-defined]
