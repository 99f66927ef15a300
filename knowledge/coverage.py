"""What each language has of a pack, what it lacks, and what of it is stale or unread by a speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.example_files import EVALUATION, NLU, RISK, evaluation_texts, nlu_form, nlu_texts, risk_form
from knowledge.files import ROOT, FileMalformed, read_checked, read_yaml
from knowledge.languages import all_languages, language
from knowledge.made_from import is_reviewed
from knowledge.pack_files import KINDS
from knowledge.topics import intent_families

EXAMPLES = "examples.yml"
_OUTPUT = ("answers", "checks", "phrases", "registers", "page_words", "safety")


@dataclass(frozen=True)
class Coverage:
    """One language. `parts`: for each kind of file how many parts it has, and how many the English has.

    `holes`: "file: part" of everything the pack lacks; `stale`: the same of what was made from another English;
    `unread`: files with words for workers that no speaker has read. `examples`: those of each intent.
    """

    lang: str
    parts: dict[str, tuple[int, int]] = field(default_factory=dict)
    holes: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    examples: dict[str, int] = field(default_factory=dict)
    risk: int = 0
    evaluation: int = 0


def coverage(lang: str, root: Path = ROOT) -> Coverage:
    """What a language has. Raises LanguageNotKnown or FileMalformed."""
    language(lang, root=root)
    parts: dict[str, tuple[int, int]] = {}
    holes: list[str] = []
    stale: list[str] = []
    for kind in KINDS:
        have = needed = 0
        for name in kind.names(root):
            english, own = kind.english(name, root), kind.parts(name, lang, root)
            lacking = kind.holes(name, lang, root)
            needed, have = needed + len(english), have + (len(english) - len(lacking) if own else 0)
            holes += [f"{name}: {part}" for part in lacking]
            stale += [f"{name}: {part}" for part in kind.stale(name, lang, root)]
        parts[kind.folder] = (have, needed)
    return Coverage(
        lang, parts, tuple(holes), tuple(stale), unread(lang, root), dict(_examples(lang, root)), _risk(lang, root),
        _evaluation(lang, root),
    )  # fmt: skip


def unread(lang: str, root: Path = ROOT) -> tuple[str, ...]:
    """The files with words for workers that no speaker has read as they stand. Raises FileMalformed."""
    files = ((kind, name) for kind in KINDS if kind.folder in _OUTPUT for name in kind.names(root))
    read = ((name, kind.parts(name, lang, root)) for kind, name in files)
    return tuple(name for name, own in read if own and not is_reviewed(name, lang, own, root=root))


def coverage_lines(root: Path = ROOT) -> Iterator[str]:
    """A line a language: percent of each kind of text, examples, messages, holes, stale and unread."""
    kinds = [kind.folder for kind in KINDS]
    counted = ("topics", "moves", "risk", "evaluate", "holes", "stale", "unread")
    yield "  ".join(["lang", *(each[:8].rjust(8) for each in (*kinds, *counted))])
    for lang in all_languages(root):
        found = coverage(lang, root)
        kept = [_percent(*found.parts[kind]) for kind in kinds]
        short = _too_few(found, root)
        enough = [f"{_intents_with_enough(found, short, family, root)}" for family in ("topic", "move")]
        counts = [
            *enough,
            *map(str, (found.risk, found.evaluation, len(found.holes), len(found.stale), len(found.unread))),
        ]
        yield "  ".join([lang.ljust(4), *(each.rjust(8) for each in (*kept, *counts))])
    yield "topics, moves: with enough examples, of all. risk, evaluate: messages. `coverage hi` lists what hi lacks."


def hole_lines(lang: str, root: Path = ROOT) -> Iterator[str]:
    """Everything a language lacks, is stale or unread, a line each."""
    found = coverage(lang, root)
    yield from (f"hole {each}" for each in found.holes)
    for intent, (count, needed) in _too_few(found, root).items():
        yield f"hole {NLU}/{lang}: {intent}: {count} examples, at least {needed}"
    if not found.risk:
        yield f"hole {RISK}/{lang}: no examples with risk"
    if not found.evaluation:
        yield f"hole {EVALUATION}/{lang}: no messages to measure with"
    yield from (f"stale {each}" for each in found.stale)
    yield from (f"unread {each}" for each in found.unread)


def stale_translation_lines(root: Path = ROOT) -> Iterator[str]:
    """Every part of every language that was made from an English that has changed."""
    for lang in all_languages(root):
        for kind in KINDS:
            for name in kind.names(root):
                yield from (f"translation {lang} {name}: {part}" for part in kind.stale(name, lang, root))


def _too_few(found: Coverage, root: Path) -> dict[str, tuple[int, int]]:
    """The intents with fewer examples than the floor of the language, with both counts."""
    path = root / EXAMPLES
    if not path.is_file():
        return {}
    bounds: dict[str, Any] = read_yaml(path)
    floor = bounds["floors"].get(found.lang) or bounds["floors"].get("other", {})
    families = intent_families(root)
    wanted = {
        intent: floor.get(family, 0) for intent, family in families.items() if intent not in bounds["chosen_only"]
    }
    return {
        intent: (found.examples.get(intent, 0), needed)
        for intent, needed in wanted.items()
        if found.examples.get(intent, 0) < needed
    }


def _intents_with_enough(found: Coverage, short: dict[str, tuple[int, int]], family: str, root: Path) -> str:
    intents = [intent for intent, each in intent_families(root).items() if each == family]
    return f"{len([each for each in intents if each not in short])}/{len(intents)}"


def _percent(have: int, needed: int) -> str:
    if not have:
        return "-"
    # Never "100" while something is missing.
    return f"{min(99, round(100 * have / needed)) if have < needed else 100}"


def _examples(lang: str, root: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for path in sorted((root.parent / NLU / lang).glob("*.yml")):
        counts.update(intent for intent, _ in nlu_texts(read_checked(path, nlu_form)))
    return counts


def _risk(lang: str, root: Path) -> int:
    paths = sorted((root.parent / RISK / lang).glob("*.yml"))
    return sum(len(read_checked(path, risk_form)["examples"]) for path in paths)


def _evaluation(lang: str, root: Path) -> int:
    paths = [path for path in sorted((root.parent / EVALUATION / lang).glob("*")) if path.suffix in (".jsonl", ".txt")]
    try:
        return sum(len(evaluation_texts(path)) for path in paths)
    except FileMalformed:
        return 0  # `validate` tells it
