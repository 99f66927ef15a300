"""What the signs of danger must hold to: the registry, the phrases of each language, and the gentle questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.gentle import FILE as GENTLE
from knowledge.gentle import gentle_form
from knowledge.languages import FILE as LANGUAGES
from knowledge.languages import languages_form
from knowledge.phrase_book import ENGLISH, phrases_form
from knowledge.phrase_book import FOLDER as PHRASES
from knowledge.rules.sign_levels import CONCERN, EMERGENCY, HIGH
from knowledge.sign_files import FILE, FOLDER, language_form, names_unknown, phrases_broken, registry_form
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.wording import wording_reasons

GUIDANCE, ILO = "Guidance, ", "ILO indicator: "
ILO_INDICATORS = frozenset(
    {
        "abuse of vulnerability",
        "deception",
        "restriction of movement",
        "isolation",
        "physical and sexual violence",
        "intimidation and threats",
        "retention of identity documents",
        "withholding of wages",
        "debt bondage",
        "abusive working and living conditions",
        "excessive overtime",
    }
)
"""The eleven indicators of forced labour of the International Labour Organization (2012)."""
LIFE = "life"
"""The one source beside guidance and ILO: what shows only danger to a life now. It makes an emergency."""


def sign_faults(tree: Tree) -> Iterator[Fault]:
    """Every fault of the files on signs."""
    faults: list[Fault] = []
    registry = tree.read(tree.root / FILE, registry_form, faults)
    yield from faults
    if registry is None:
        return
    yield from (tree.fault(tree.root / FILE, reason) for reason in _registry_reasons(registry))
    languages = tree.read(tree.root / LANGUAGES, languages_form, []) or {}
    for path in sorted((tree.root / FOLDER).glob("*.yml")):
        yield from _language_faults(tree, path, registry["signs"], languages)
    yield from _gentle_faults(tree, registry["signs"])


def _registry_reasons(data: Mapping[str, Any]) -> Iterator[str]:
    used = {tie for entry in data["signs"].values() for tie in entry["tied_to"]}
    for name, said in data["sources"].items():
        if name not in used:
            yield f"sources: {name}: no sign is tied to it"
        if name != LIFE and not str(said).startswith((GUIDANCE, ILO)):
            yield f"sources: {name}: is neither a place in the guidance nor an ILO indicator"
        if str(said).startswith(ILO) and str(said).removeprefix(ILO) not in ILO_INDICATORS:
            yield f"sources: {name}: is not one of the ILO's indicators"
    for name, entry in data["signs"].items():
        if set(entry["tied_to"]) == {LIFE} and entry["level"] != EMERGENCY:
            yield f"signs: {name}: must be tied to the guidance or to an ILO indicator"
        for part in ("officer", "worker"):
            said = entry[part].strip()
            yield from (f"signs: {name}: {part}: {reason}" for reason in wording_reasons(said, figures_typed=True))
            if not said.endswith("."):
                yield f"signs: {name}: {part}: must end with a full stop"


def _language_faults(tree: Tree, path: Path, signs: Mapping[str, Any], languages: Mapping[str, Any]) -> Iterator[Fault]:
    faults: list[Fault] = []
    if path.stem not in languages:
        faults.append(tree.fault(path, f"the language {path.stem} is not in {LANGUAGES}"))
    data = tree.read(path, language_form, faults)
    if data is not None:
        reasons = [*names_unknown(data, signs), *phrases_broken(data), *_slip_reasons(data)]
        if path.stem == ENGLISH:
            reasons += [f"{name}: has no English phrase" for name in signs if name not in data["signs"]]
        faults += [tree.fault(path, reason) for reason in reasons]
    yield from faults


def _slip_reasons(data: Mapping[str, Any]) -> Iterator[str]:
    for wrong, right in data.get("slips", {}).items():
        if len(str(wrong).split()) != 1 or not str(right).strip():
            yield f"slips: {wrong}: must be one word, and the words that were meant"


def _gentle_faults(tree: Tree, signs: Mapping[str, Any]) -> Iterator[Fault]:
    faults: list[Fault] = []
    path = tree.root / GENTLE
    questions = tree.read(path, gentle_form, faults) or {}
    phrases = tree.read(tree.root / PHRASES / f"{ENGLISH}.yml", phrases_form, []) or {}
    faults += [tree.fault(path, reason) for reason in _gentle_reasons(questions, signs, phrases)]
    yield from faults


def _gentle_reasons(
    questions: Mapping[str, Any], signs: Mapping[str, Any], phrases: Mapping[str, str]
) -> Iterator[str]:
    asked_by: dict[str, str] = {}
    for name, entry in questions.items():
        if f"gentle_{name}" not in phrases:
            yield f"{name}: the phrase gentle_{name} is missing"
        for sign in entry["signs"]:
            if signs.get(sign, {}).get("level") != CONCERN:
                yield f"{name}: signs: {sign} is no sign of concern"
            if asked_by.setdefault(sign, name) != name:
                yield f"{name}: signs: {sign} already brings the question {asked_by[sign]}"
        if signs.get(entry["shows"], {}).get("level") != HIGH:
            yield f"{name}: shows: {entry['shows']} is no sign of high level"
