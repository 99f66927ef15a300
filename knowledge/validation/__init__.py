"""Every rule of the knowledge base in one run that gathers all faults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge import clock
from knowledge.answers import Answer, answer_path
from knowledge.files import ROOT, FileMalformed, forget
from knowledge.validation.answer_rules import answer_faults, sound_answers
from knowledge.validation.check_rules import check_faults
from knowledge.validation.example_rules import example_faults
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.figure_rules import figure_faults
from knowledge.validation.guidance_rules import guidance_faults
from knowledge.validation.keyword_rules import keyword_faults
from knowledge.validation.pack_rules import pack_faults
from knowledge.validation.registry_rules import registry_faults
from knowledge.validation.rendering_rules import rendering_faults
from knowledge.validation.sharing_rules import shared_sentences, without_own_action
from knowledge.validation.sign_rules import sign_faults
from knowledge.validation.staff_rules import staff_faults

__all__ = ["Fault", "Report", "validate"]


@dataclass(frozen=True)
class Report:
    """The faults, sorted, and the notes, which are worth a look and no fault."""

    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def validate(root: Path = ROOT, on: date | None = None) -> Report:
    """Look at the whole knowledge base as it stands on disk, for today or the day given. Raises nothing of its own."""
    forget()
    tree = Tree(root, on or clock.today())
    faults = [*registry_faults(tree), *keyword_faults(tree), *sign_faults(tree), *figure_faults(tree)]
    answers: list[Answer] = []
    notes: list[str] = []
    try:
        faults += check_faults(tree)
        answers = sound_answers(tree, faults)
        for each in answers:
            path = answer_path(each.topic, each.lang, root)
            faults += [*answer_faults(tree, each, path), *rendering_faults(tree, each, path)]
        for each in without_own_action(answers):
            path = answer_path(each.topic, each.lang, root)
            faults.append(tree.fault(path, "do: no action of its own: each stands word for word in another topic"))
        faults += guidance_faults(tree, answers, staff_faults(tree, faults))
        faults += example_faults(tree, answers, notes)
        faults += pack_faults(tree, notes)
    except (FileMalformed, OSError) as error:
        faults += _stopped(tree, error, faults)
    notes += [f'{len(topics)} topics share "{said}": {", ".join(topics)}' for said, topics in shared_sentences(answers)]
    return Report(tuple(sorted(set(faults))), tuple(notes))


def _stopped(tree: Tree, error: FileMalformed | OSError, faults: list[Fault]) -> list[Fault]:
    path = error.path if isinstance(error, FileMalformed) else Path(str(error.filename))
    name = tree.name(path) if path.is_relative_to(tree.root.parent) else str(path)
    if any(fault.path == name for fault in faults):
        return []
    return [Fault(name, "cannot be read, so the answers were not looked at")]
