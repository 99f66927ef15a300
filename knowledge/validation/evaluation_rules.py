"""What may stand both in training and in evaluation: nothing, or the measure would be of memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.example_files import EVALUATION, evaluation_texts
from knowledge.files import FileMalformed
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.likeness import folded, near_pairs

SAME_FROM_WORDS = 4
"""Who writes "union" or "60 days" has copied nobody."""
NEAR_PERCENT, NEAR_WORDS = 90, 5


def evaluation_faults(tree: Tree, training: Iterable[tuple[Path, str]], notes: list[str]) -> list[Fault]:
    """Every text of training that stands in the evaluation too; those nearly the same go into the notes."""
    faults: list[Fault] = []
    judged: dict[str, Path] = {}
    for path in _files(tree):
        try:
            for text in evaluation_texts(path):
                judged.setdefault(folded(text), path)
        except FileMalformed as error:
            faults += [tree.fault(path, reason) for reason in error.reasons]
        except (OSError, UnicodeDecodeError):
            faults.append(tree.fault(path, "cannot be read"))
    learned: dict[str, list[Path]] = defaultdict(list)
    for path, text in training:
        learned[folded(text)].append(path)
    for text in learned.keys() & judged.keys():
        if len(text.split()) >= SAME_FROM_WORDS:
            reason = f'"{text[:60]}" stands in {tree.name(judged[text])} too'
            faults += [tree.fault(path, reason) for path in dict.fromkeys(learned[text])]
    both = [[text for text in texts if len(text.split()) >= NEAR_WORDS] for texts in (learned, judged)]
    for pair in near_pairs(both[0], NEAR_PERCENT, both[1]):
        if pair.one != pair.other:
            places = f"{tree.name(learned[pair.one][0])} and {tree.name(judged[pair.other])}"
            notes.append(f"{places} have nearly the same: {pair}")
    return faults


def _files(tree: Tree) -> Iterator[Path]:
    for pattern in ("*/*.jsonl", "*/*.txt"):
        yield from sorted((tree.root.parent / EVALUATION).glob(pattern))
