"""What the training examples must hold to: known intents, enough of each, none twice, none made by a template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.answers import Answer
from knowledge.contacts import all_contacts
from knowledge.example_files import NLU
from knowledge.files import FileMalformed
from knowledge.languages import all_languages, offered_languages
from knowledge.shape import list_of, matching, record, table, text, whole_number
from knowledge.topics import OUT_OF_SCOPE, all_intents, intent_families
from knowledge.validation.evaluation_rules import evaluation_faults
from knowledge.validation.example_texts import national, text_reasons
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.risk_example_rules import risk_texts
from knowledge.validation.template_rules import answer_words_faults, template_reasons
from knowledge.validation.written_examples import Written, written_examples

FILE = "examples.yml"
OTHER = "other"
_kinds = ("topic", "check", "move", "follow_up", OUT_OF_SCOPE)
_floor = record(dict.fromkeys(_kinds, whole_number))
_form = record(
    {
        "floors": table(matching(r"[a-z]{2,3}|other", "a language or other"), _floor, 1),
        "chosen_only": list_of(text),
        "drama_numbers": list_of(matching(r"0[0-9]{7}", "the first eight digits of a number"), 1),
    }
)


def example_faults(tree: Tree, answers: Iterable[Answer], notes: list[str]) -> list[Fault]:
    """Every fault of the examples beside the knowledge base; what is only worth a look goes into the notes."""
    faults: list[Fault] = []
    if not (tree.root.parent / NLU).is_dir():
        return faults
    bounds: dict[str, Any] | None = tree.read(tree.root / FILE, _form, faults)
    if bounds is None:
        return faults
    examples = written_examples(tree, faults)
    texts = [*((each.path, each.text) for each in examples), *risk_texts(tree, faults)]
    faults += _text_faults(tree, texts, bounds["drama_numbers"])
    faults += _intent_faults(tree, examples, bounds["chosen_only"])
    faults += _repeated_faults(tree, examples)
    faults += answer_words_faults(tree, examples, answers)
    offered = (known.code for known in offered_languages(tree.root))
    for lang in dict.fromkeys((*offered, *(each.lang for each in examples))):
        by_intent: dict[str, list[Written]] = defaultdict(list)
        for each in examples:
            if each.lang == lang:
                by_intent[each.intent].append(each)
        faults += _floor_faults(tree, lang, by_intent, bounds, notes)
        for intent, written in by_intent.items():
            reasons = template_reasons(intent, list(dict.fromkeys(each.folded for each in written)))
            faults += [tree.fault(written[0].path, f"{intent}: {reason}") for reason in reasons]
    faults += evaluation_faults(tree, texts, notes)
    return faults


def _text_faults(tree: Tree, texts: Iterable[tuple[Path, str]], drama: list[str]) -> Iterator[Fault]:
    try:
        ours = {national(each.number) for each in all_contacts(tree.root).values() if each.number}
    except (FileMalformed, OSError):
        ours = set()  # the fault stands beside the registry itself
    for path, said in texts:
        for reason in text_reasons(said, ours, drama):
            yield tree.fault(path, f'"{said[:40]}": {reason}')


def _intent_faults(tree: Tree, examples: Iterable[Written], chosen_only: list[str]) -> Iterator[Fault]:
    known = all_intents(tree.root)
    for name in chosen_only:
        if name not in known:
            yield tree.fault(tree.root / FILE, f"chosen_only: {name} is not in topics.yml")
    for path, intent in dict.fromkeys((each.path, each.intent) for each in examples):
        if intent not in known:
            yield tree.fault(path, f"{intent}: is not in topics.yml")
        elif intent in chosen_only:
            yield tree.fault(path, f"{intent}: is only chosen from a button")


def _repeated_faults(tree: Tree, examples: Iterable[Written]) -> Iterator[Fault]:
    first: dict[tuple[str, str], Written] = {}
    for each in examples:
        known = first.setdefault((each.lang, each.folded), each)
        if known is not each:
            where = "twice" if known.intent == each.intent else f"under {known.intent} too"
            yield tree.fault(each.path, f'{each.intent}: "{each.text[:60]}" stands {where}')


def _floor_faults(
    tree: Tree, lang: str, by_intent: Mapping[str, list[Written]], bounds: dict[str, Any], notes: list[str]
) -> Iterator[Fault]:
    floor: dict[str, int] = bounds["floors"].get(lang) or bounds["floors"].get(OTHER, {})
    kinds = intent_families(tree.root)
    known = all_languages(tree.root).get(lang)
    under = 0
    for intent, kind in kinds.items():
        written = by_intent.get(intent, [])
        count, needed = len({each.folded for each in written}), floor.get(kind, 0)
        if count >= needed or intent in bounds["chosen_only"]:
            continue
        under += 1
        if known is not None and known.offered:
            path = written[0].path if written else tree.root.parent / NLU / lang
            yield tree.fault(path, f"{intent}: {count} examples, at least {needed}")
    if under and not (known is not None and known.offered):
        notes.append(f"{NLU}/{lang}: {under} intents have too few examples for the language to be offered")
