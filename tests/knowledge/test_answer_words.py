"""Short answers to a question of ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from knowledge.answer_words import FOLDER, answer_word
from knowledge.files import ROOT
from knowledge.validation.faults import Tree
from knowledge.validation.registry_rules import registry_faults


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("Yes.", "yes"),
        (" no I can't ", "no"),
        ("SKIP", "skip"),
        ("0", "leave"),
        ("stay anonymous!", "anonymous"),
        ("no, he locks the door", None),
        ("yes but only on Sunday because then he is out of the house", None),
        ("stop", None),
        ("", None),
    ],
)
def test_only_a_whole_message_is_an_answer(said: str, meaning: str | None) -> None:
    assert answer_word(said) == meaning


def test_a_language_without_words_of_its_own_is_answered_in_english() -> None:
    assert answer_word("yes", "xx") == "yes"


def test_an_answer_that_would_stop_all_sending_is_a_fault(tmp_path: Path) -> None:
    root = tmp_path / "knowledge"
    for name in ("keywords/en.yml", f"{FOLDER}/en.yml", "languages.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    path = root / FOLDER / "en.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["leave"].append("Cancel")
    path.write_text(yaml.safe_dump(data), "utf-8")
    faults = [str(fault) for fault in registry_faults(Tree(root, date(2026, 11, 21))) if FOLDER in fault.path]
    assert len(faults) == 1
    assert "stops all sending" in faults[0]
