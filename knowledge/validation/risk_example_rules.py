"""What the examples of danger must hold to: known signs, and no text under two levels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.example_files import RISK, risk_form
from knowledge.files import FileMalformed, read_yaml
from knowledge.languages import all_languages
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.likeness import folded

SIGNS = "signs.yml"


def risk_texts(tree: Tree, faults: list[Fault]) -> list[tuple[Path, str]]:
    """The examples of every file that can be read, each with its path; the faults of all go into the list."""
    found: list[tuple[Path, str]] = []
    levels: dict[tuple[str, str], str] = {}
    signs = _signs(tree)
    for path in sorted((tree.root.parent / RISK).glob("*/*.yml")):
        data: dict[str, Any] | None = tree.read(path, risk_form, faults)
        if data is None:
            continue
        reasons = []
        if path.parent.name not in all_languages(tree.root):
            reasons.append(f"the language {path.parent.name} is not in languages.yml")
        if data["language"] != path.parent.name:
            reasons.append(f"language: says {data['language']}")
        for line in data["examples"]:
            text, sign = line["text"].strip(), line.get("sign")
            found.append((path, text))
            if sign and signs is not None and sign not in signs:
                reasons.append(f'"{text[:40]}": the sign {sign} is not in {SIGNS}')
            key = (path.parent.name, folded(text))
            if key in levels:
                where = "twice" if levels[key] == data["level"] else f"as {levels[key]} too"
                reasons.append(f'"{text[:60]}" stands {where}')
            levels.setdefault(key, data["level"])
        faults += [tree.fault(path, reason) for reason in reasons]
    return found


def _signs(tree: Tree) -> set[str] | None:
    try:
        return set(read_yaml(tree.root / SIGNS)["signs"])
    except (FileMalformed, OSError, KeyError, TypeError):
        return None  # there is none, or whoever reads signs tells what is wrong with it
