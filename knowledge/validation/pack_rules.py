"""What a translation must hold to beside the English, and what a language needs before it is offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from knowledge.answers import FOLDER as ANSWERS
from knowledge.answers import answer
from knowledge.checks import FOLDER as CHECKS
from knowledge.checks import own_words
from knowledge.files import FileMalformed
from knowledge.language_quality import FILE as QUALITY
from knowledge.language_quality import below_floor, quality_form
from knowledge.languages import all_languages
from knowledge.made_from import ENGLISH, FOLDER, Texts, made_from, record_form
from knowledge.pack_files import KINDS, Kind
from knowledge.placeholders import PlaceholderMalformed, placeholders_in, without_placeholders
from knowledge.register_words import FOLDER as REGISTERS
from knowledge.register_words import registers_form
from knowledge.safety_file import FOLDER as SAFETY
from knowledge.scripts import FEW_WORDS, script_reasons
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.references import reference_reasons
from knowledge.validation.wording import LONGEST_BUTTON, wording_reasons

NEEDED = ("answers", "checks", "phrases", "registers", "page_words", "safety", "keywords")
"""The kinds of files in which a language that is offered has no hole."""
_BUTTONS = (".menu", "checks.", "situations.")


def pack_faults(tree: Tree, notes: list[str]) -> Iterator[Fault]:
    """Every fault of the translations, of all languages but English."""
    faults: list[Fault] = []
    for path in sorted((tree.root / REGISTERS).glob("*.yml")):
        tree.read(path, registers_form, faults)
    for path in sorted((tree.root / FOLDER).glob("*.yml")):
        tree.read(path, record_form, faults)
    if (tree.root / QUALITY).is_file():
        tree.read(tree.root / QUALITY, quality_form, faults)
    yield from faults
    for lang, entry in all_languages(tree.root).items():
        if lang == ENGLISH:
            continue
        stale = 0
        for kind in KINDS:
            for name in kind.names(tree.root):
                path = kind.path(name, lang, tree.root)
                if not path.is_file() or any(fault.path == tree.name(path) for fault in faults):
                    continue
                try:
                    reasons = list(_file_reasons(tree, kind, name, lang, entry.scripts[0]))
                    stale += len(kind.stale(name, lang, tree.root))
                except (FileMalformed, LookupError):
                    continue  # the fault stands beside the file itself
                yield from (tree.fault(path, reason) for reason in reasons)
        if stale:
            notes.append(
                f"{lang}: {stale} parts were made from an English that has changed (python -m knowledge stale)"
            )
        yield from _record_faults(tree, lang)
        if entry.offered:
            yield from _offer_faults(tree, lang)


def _file_reasons(tree: Tree, kind: Kind, name: str, lang: str, script: str) -> Iterator[str]:
    stale = kind.stale(name, lang, tree.root)
    if kind.folder == SAFETY:
        yield from (f"{part}: made from an English that has changed" for part in stale)
    if kind.sent or kind.folder == "signs":
        return
    own, english = kind.parts(name, lang, tree.root), kind.english(name, tree.root)
    fresh = [part for part in english if part not in stale]
    if kind.whole:
        yield from (f"{part}: is missing" for part in fresh if part not in own)
        yield from (f"{part}: is not in the English" for part in own if part not in english)
        if not stale:
            yield from _order_reasons(tree, name, lang)
    for part in (part for part in fresh if part in own):
        yield from (f"{part}: {reason}" for reason in _against_english(own[part], english[part]))
    for part, said in own.items():
        bare = without_placeholders(said, " ")
        yield from (f"{part}: {reason}" for reason in script_reasons(bare, script))
        if part in english and _same(bare, without_placeholders(english[part], " ")):
            yield f"{part}: is still English"
    if kind.folder == REGISTERS:
        yield from _register_reasons(tree, own, english, lang)


def _against_english(own: str, english: str) -> Iterator[str]:
    try:
        asked, meant = (Counter(each.written for each in placeholders_in(said)) for said in (own, english))
    except PlaceholderMalformed:
        return  # told where the text is looked at by itself
    for name in meant - asked:
        yield f"{{{name}}} of the English is missing"
    for name in asked - meant:
        yield f"{{{name}}} is not in the English"


def _order_reasons(tree: Tree, name: str, lang: str) -> Iterator[str]:
    folder, _, item = name.partition("/")
    if folder == ANSWERS:
        own, english = (answer(item, each, tree.root) for each in (lang, ENGLISH))
        if [line.contact for line in own.help] != [line.contact for line in english.help]:
            yield "help: has not the contacts of the English in their order"
    elif folder == CHECKS:
        said, meant = (own_words(item, each, tree.root) for each in (lang, ENGLISH))
        for key, outcome in meant.outcomes.items():
            if key in said.outcomes and [who for who, _ in said.outcomes[key].help] != [who for who, _ in outcome.help]:
                yield f"outcomes.{key}.help: has not the contacts of the English in their order"


def _same(own: str, english: str) -> bool:
    words = english.casefold().split()
    return len(words) > FEW_WORDS and own.casefold().split() == words


def _register_reasons(tree: Tree, own: Texts, english: Texts, lang: str) -> Iterator[str]:
    yield from (f"{part}: is not in the registers" for part in own if part not in english)
    for part, said in own.items():
        typed = part in english and any(each.isdigit() for each in english[part])
        told = (*wording_reasons(said, lang, figures_typed=typed), *reference_reasons(tree, said))
        yield from (f"{part}: {reason}" for reason in told)
        if (part.endswith(_BUTTONS[0]) or part.startswith(_BUTTONS[1:])) and len(said) > LONGEST_BUTTON:
            yield f"{part}: {len(said)} characters, at most {LONGEST_BUTTON}"


def _record_faults(tree: Tree, lang: str) -> Iterator[Fault]:
    path = tree.root / FOLDER / f"{lang}.yml"
    try:
        recorded = set(made_from(lang, tree.root))
    except FileMalformed:
        return  # told above
    known = {name: kind for kind in KINDS for name in kind.names(tree.root)}
    for name in sorted(recorded):
        if name not in known or not known[name].path(name, lang, tree.root).is_file():
            yield tree.fault(path, f"{name}: there is no such file")


def _offer_faults(tree: Tree, lang: str) -> Iterator[Fault]:
    for kind in KINDS:
        if kind.folder not in NEEDED:
            continue
        for name in kind.names(tree.root):
            path: Path = kind.path(name, lang, tree.root)
            try:
                holes = kind.holes(name, lang, tree.root)
            except (FileMalformed, LookupError):
                continue  # the fault stands beside the file itself
            yield from (tree.fault(path, f"{part}: is missing, and the language is offered") for part in holes)
    try:
        for reason in below_floor(lang, tree.root):
            yield tree.fault(tree.root / QUALITY, f"{lang}: is offered, but {reason}")
    except FileMalformed:
        return  # told above
