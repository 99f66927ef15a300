"""Every training example as it stands in its file, repeats and all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.example_files import NLU, nlu_form, nlu_texts
from knowledge.languages import all_languages
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.likeness import folded


@dataclass(frozen=True)
class Written:
    """One example. `folded`: its text without case and marks."""

    text: str
    intent: str
    lang: str
    path: Path
    folded: str


def written_examples(tree: Tree, faults: list[Fault]) -> list[Written]:
    """The examples of every file that can be read, in a fixed order; the faults of the others go into the list."""
    found: list[Written] = []
    for folder in sorted(path for path in (tree.root.parent / NLU).glob("*") if path.is_dir()):
        if folder.name not in all_languages(tree.root):
            faults.append(tree.fault(folder, f"the language {folder.name} is not in languages.yml"))
        for path in sorted(folder.glob("*.yml")):
            data = tree.read(path, nlu_form, faults)
            if data is not None:
                found += [Written(said, intent, folder.name, path, folded(said)) for intent, said in nlu_texts(data)]
    return found
