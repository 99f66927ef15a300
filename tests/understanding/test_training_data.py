from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.example_files import RISK_LEVELS
from understanding.risk_levels import LEVELS
from understanding.training_data import (
    Duplicate,
    Example,
    TrainingFileBroken,
    duplicates,
    languages,
    read_examples,
)


def write(folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


TWO = """version: "3.1"
nlu:
- intent: ask/payslip
  examples: |
    - no payslip
    - what is "NI" on it: tax?

    - no payslip
- synonym: slip
  examples: |
    - stub
- intent: greet
  examples: |
    - hello - anybody there
"""


def test_examples_of_a_language_are_read_in_a_fixed_order_and_once(tmp_path: Path) -> None:
    write(tmp_path, "en/a.yml", TWO)
    write(tmp_path, "hi/a.yml", "nlu:\n- intent: greet\n  examples: |\n    - नमस्ते\n")
    assert languages(tmp_path) == ["en", "hi"]
    assert read_examples("en", tmp_path) == [
        Example("no payslip", "ask/payslip"),
        Example('what is "NI" on it: tax?', "ask/payslip"),
        Example("hello - anybody there", "greet"),
    ]
    assert read_examples(None, tmp_path)[-1] == Example("नमस्ते", "greet", "hi")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("nlu: [", "while parsing"),
        ("intents: []", "no list under 'nlu'"),
        ("nlu:\n- intent: greet\n  examples: [a, b]\n", "not a block of lines"),
        ("nlu:\n- intent: greet\n  examples: |\n    hello\n", "does not begin with '- ': hello"),
    ],
)
def test_a_broken_file_is_named_with_the_reason(tmp_path: Path, content: str, reason: str) -> None:
    write(tmp_path, "en/bad.yml", content)
    with pytest.raises(TrainingFileBroken, match=reason) as found:
        read_examples("en", tmp_path)
    assert "bad.yml" in str(found.value)


def test_the_same_words_under_two_intents_are_reported_whatever_their_marks() -> None:
    found = duplicates([Example("No payslip?", "ask/payslip"), Example("no payslip", "greet"), Example("hi", "greet")])
    assert found == [Duplicate("No payslip?", "en", ("ask/payslip", "greet"))]


def test_the_same_words_in_two_languages_are_no_duplicate() -> None:
    assert duplicates([Example("no", "deny", "en"), Example("no", "affirm", "es")]) == []


def test_every_training_file_of_the_project_can_be_read() -> None:
    assert len(read_examples()) > 0


def test_the_levels_of_the_examples_of_danger_are_those_that_are_read() -> None:
    assert RISK_LEVELS == LEVELS
