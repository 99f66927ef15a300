"""The project a Rasa user would otherwise have: `rasa init`'s pipeline and policies over the same English examples."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from knowledge.answers import answer
from understanding.training_data import read_examples

# What `rasa init` copies. Pipeline and policies are left empty there: Rasa takes its default ones when it trains.
_TEMPLATE = "rasa/cli/initial_project/config.yml"
_ITS_DEFAULT = "rasa/engine/recipes/config_files/default_config.yml"
_STORIES = 20


def write(folder: Path, rasa_packages: Path, epochs: int | None = None) -> None:
    """Write the whole project into `folder`. `rasa_packages` is where Rasa is installed.

    `epochs`: the same pipeline and policies, each going so many times over the examples in place of Rasa's hundred.
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    if epochs is None:
        shutil.copy(rasa_packages / _TEMPLATE, folder / "config.yml")
    else:
        config = yaml.safe_load((rasa_packages / _ITS_DEFAULT).read_text(encoding="utf-8"))
        for part in (*config["pipeline"], *config["policies"]):
            if "epochs" in part:
                part["epochs"] = epochs
        _dump(folder / "config.yml", config)
    examples: dict[str, list[str]] = defaultdict(list)
    for example in read_examples("en"):
        examples[intent_of(example.intent)].append(" ".join(example.text.split()))
    _dump(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": [_intent(*pair) for pair in examples.items()]})
    _dump(folder / "data" / "rules.yml", {"version": "3.1", "rules": [_rule(intent) for intent in examples]})
    asked = [intent for intent in examples if intent.startswith("ask_")][:_STORIES]
    _dump(folder / "data" / "stories.yml", {"version": "3.1", "stories": [_story(intent) for intent in asked]})
    _dump(
        folder / "domain.yml",
        {
            "version": "3.1",
            "intents": list(examples),
            "responses": {f"utter_{name}": [_said(name)] for name in examples},
        },
    )
    _dump(folder / "endpoints.yml", {})
    _dump(folder / "credentials.yml", {"rest": None})


def intent_of(name: str) -> str:
    """The name of an intent there: a slash would mean a retrieval intent."""
    return name.replace("/", "_")


def _intent(name: str, texts: list[str]) -> dict[str, Any]:
    return {"intent": name, "examples": "".join(f"- {text}\n" for text in texts)}


def _rule(intent: str) -> dict[str, Any]:
    return {"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}


def _story(intent: str) -> dict[str, Any]:
    talk = ("greet", intent, "thank")
    steps = [step for name in talk for step in ({"intent": name}, {"action": f"utter_{name}"})]
    return {"story": f"greeting, {intent}, thanks", "steps": steps}


def _said(intent: str) -> dict[str, str]:
    if not intent.startswith("ask_"):
        return {"text": intent}
    return {"text": answer(intent.removeprefix("ask_")).answer}


def _dump(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")
