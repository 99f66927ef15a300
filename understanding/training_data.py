"""The examples in data/nlu/<language>/*.yml, in Rasa's own format, so that Rasa's tools read them too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.example_files import intents_in
from knowledge.files import FileMalformed
from understanding.normal_text import plain
from understanding.places import DATA


class TrainingFileBroken(ValueError):
    """A file of examples is not in the form Rasa reads; the message names the file and the reason."""


@dataclass(frozen=True, order=True)
class Example:
    """Something a worker might write, and what it means."""

    text: str
    intent: str
    language: str = "en"


@dataclass(frozen=True)
class Duplicate:
    """The same words, but for case and marks, given under more than one intent of one language."""

    text: str
    language: str
    intents: tuple[str, ...]


def languages(folder: Path = DATA) -> list[str]:
    """The languages that have a folder with examples."""
    return sorted(path.name for path in folder.glob("*") if any(path.glob("*.yml")))


def read_examples(language: str | None = None, folder: Path = DATA) -> list[Example]:
    """Every example of one language, or of all, in a fixed order, each only once.

    Raises TrainingFileBroken when a file cannot be understood.
    """
    found: dict[Example, None] = {}
    for code in languages(folder) if language is None else [language]:
        for path in sorted((folder / code).glob("*.yml")):
            for intent, text in _intents(path):
                found[Example(text, intent, code)] = None
    return list(found)


def duplicates(examples: Iterable[Example]) -> list[Duplicate]:
    """Words that stand under more than one intent: no classifier can get both right."""
    intents: dict[tuple[str, str], set[str]] = defaultdict(set)
    words: dict[tuple[str, str], str] = {}
    for example in examples:
        key = (plain(example.text), example.language)
        intents[key].add(example.intent)
        words.setdefault(key, example.text)
    return [
        Duplicate(words[key], key[1], tuple(sorted(found))) for key, found in sorted(intents.items()) if len(found) > 1
    ]


def _intents(path: Path) -> Iterable[tuple[str, str]]:
    try:
        return intents_in(path)
    except FileMalformed as error:
        raise TrainingFileBroken(str(error)) from error
