"""What the registries and the books of short words must hold to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.answer_words import FOLDER as ANSWER_WORDS
from knowledge.answer_words import answer_words_form, bare_words
from knowledge.cldr import has_unit
from knowledge.contacts import EMERGENCY, contact, contacts_form
from knowledge.contacts import FILE as CONTACTS
from knowledge.formats import COUNTED, supplied, unit_keys
from knowledge.languages import FILE as LANGUAGES
from knowledge.languages import languages_form
from knowledge.page_words import FOLDER as PAGE_WORDS
from knowledge.phrase_book import ENGLISH, phrases_form
from knowledge.phrase_book import FOLDER as PHRASES
from knowledge.placeholders import PlaceholderMalformed, placeholders_in
from knowledge.safety_file import FOLDER as SAFETY
from knowledge.safety_file import safety_faults, safety_form
from knowledge.situations import FILE as SITUATIONS
from knowledge.situations import FOLDER as SITUATION_WORDS
from knowledge.situations import situation_words_form, situations_form
from knowledge.sources import FILE as SOURCES
from knowledge.sources import sources_form
from knowledge.spoken import FOLDER as SPOKEN
from knowledge.spoken import spoken_form
from knowledge.topics import FILE as TOPICS
from knowledge.topics import topics_form
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.keyword_rules import FOLDER as KEYWORDS
from knowledge.validation.keyword_rules import keywords_form
from knowledge.validation.references import reference_reasons
from knowledge.validation.wording import LONGEST_BUTTON, wording_reasons

_SAID_BY_US = (PHRASES, PAGE_WORDS, SAFETY)


def registry_faults(tree: Tree) -> Iterator[Fault]:
    """Every fault of the registries."""
    faults: list[Fault] = []
    topics = tree.read(tree.root / TOPICS, topics_form, faults)
    sources = tree.read(tree.root / SOURCES, sources_form, faults)
    contacts = tree.read(tree.root / CONTACTS, contacts_form, faults)
    situations = tree.read(tree.root / SITUATIONS, situations_form, faults)
    languages = tree.read(tree.root / LANGUAGES, languages_form, faults)
    checks = {
        TOPICS: _topic_reasons(topics) if topics else (),
        CONTACTS: _contact_reasons(tree, contacts, sources or {}) if contacts else (),
        SITUATIONS: _situation_reasons(situations) if situations else (),
    }
    for name, reasons in checks.items():
        faults += [tree.fault(tree.root / name, reason) for reason in reasons]
    yield from faults
    yield from _situation_word_faults(tree, situations or {})
    yield from _book_faults(tree, languages or {})


def _topic_reasons(data: dict[str, Any]) -> Iterator[str]:
    for item_id, entry in data["topics"].items():
        if entry["section"] not in data["sections"]:
            yield f"topics: {item_id}: the section {entry['section']} is not known"
        for related in entry["related"]:
            if related not in data["topics"] or related == item_id:
                yield f"topics: {item_id}: related: {related} is not another topic"
    for item_id, entry in data["checks"].items():
        if entry["topic"] not in data["topics"]:
            yield f"checks: {item_id}: the topic {entry['topic']} is not known"
    for kind in ("sections", "topics", "checks"):
        for item_id, entry in data[kind].items():
            if len(entry["menu"]) > LONGEST_BUTTON:
                yield f"{kind}: {item_id}: menu: {len(entry['menu'])} characters, at most {LONGEST_BUTTON}"


def _contact_reasons(tree: Tree, data: dict[str, Any], sources: dict[str, Any]) -> Iterator[str]:
    if EMERGENCY not in data:
        yield f"the contact {EMERGENCY} is missing"
    for item_id, entry in data.items():
        if entry["source"] not in sources:
            yield f"{item_id}: the source {entry['source']} is not known"
        if isinstance(entry["hours"], dict) and "bank_holidays" not in entry:
            yield f"{item_id}: bank_holidays: is missing beside weekly hours"
        if not any(entry.get(way) for way in ("number", "web", "email")):
            yield f"{item_id}: has no number, web or email"
        if entry["review_by"] < tree.on:
            yield f"{item_id}: review_by: {entry['review_by']} has passed"
        for part in ("name", "does", "language_help", "doubt", "immigration"):
            for reason in wording_reasons(entry.get(part) or "", figures_typed=True):
                yield f"{item_id}: {part}: {reason}"


def _situation_reasons(data: dict[str, str]) -> Iterator[str]:
    for item_id, title in data.items():
        if len(title) > LONGEST_BUTTON:
            yield f"{item_id}: {len(title)} characters, at most {LONGEST_BUTTON}"


def _situation_word_faults(tree: Tree, situations: dict[str, str]) -> Iterator[Fault]:
    """Names that are no situation, and situations that nobody can name."""
    english = tree.root / SITUATION_WORDS / f"{ENGLISH}.yml"
    said = tree.read(english, situation_words_form, []) or {}
    yield from (tree.fault(english, f"{name}: is missing") for name in situations if name not in said)
    for path in sorted((tree.root / SITUATION_WORDS).glob("*.yml")):
        data = tree.read(path, situation_words_form, []) or {}
        yield from (tree.fault(path, f"{name}: is no situation") for name in data if name not in situations)


def _book_faults(tree: Tree, languages: dict[str, Any]) -> Iterator[Fault]:
    books = (
        (PHRASES, phrases_form),
        (PAGE_WORDS, phrases_form),
        (SAFETY, safety_form),
        (KEYWORDS, keywords_form),
        (ANSWER_WORDS, answer_words_form),
        (SPOKEN, spoken_form),
        (SITUATION_WORDS, situation_words_form),
    )
    for folder, form in books:
        for path in sorted((tree.root / folder).glob("*.yml")):
            faults: list[Fault] = []
            if path.stem not in languages:
                faults.append(tree.fault(path, f"the language {path.stem} is not in {LANGUAGES}"))
            data = tree.read(path, form, faults)
            if data is not None and folder == ANSWER_WORDS:
                faults += [tree.fault(path, reason) for reason in _cutting_off(tree, data)]
            elif data is not None and folder in _SAID_BY_US:
                faults += [tree.fault(path, reason) for reason in _word_reasons(tree, data, path.stem)]
            if data is not None and folder == SAFETY and not faults:
                faults += [tree.fault(path, reason) for reason in _safety_reasons(tree, data, path.stem)]
            yield from faults
    english = tree.read(tree.root / PHRASES / f"{ENGLISH}.yml", phrases_form, [])
    if english is None:
        yield tree.fault(tree.root / PHRASES / f"{ENGLISH}.yml", "there is no English book of phrases")
        return
    for lang, entry in languages.items():
        path = tree.root / PHRASES / f"{lang}.yml"
        if lang != ENGLISH and (entry["offered"] or path.is_file()):
            yield from _against_english(tree, path, english, entry["offered"])


def _cutting_off(tree: Tree, data: dict[str, list[str]]) -> Iterator[str]:
    """An answer must not be a word that stops all sending on a phone."""
    stops: set[str] = set()
    for path in (tree.root / KEYWORDS).glob("*.yml"):
        read = tree.read(path, keywords_form, []) or {}
        stops |= {bare_words(word) for word in read.get("stop", ())}
    for meaning, spellings in data.items():
        for spelling in spellings:
            if bare_words(spelling) in stops:
                yield f"{meaning}: {spelling!r} stops all sending on a phone"


def _safety_reasons(tree: Tree, data: dict[str, Any], lang: str) -> Iterator[str]:
    try:
        number = contact(EMERGENCY, root=tree.root).number or ""
        yield from safety_faults(data, lang, number, root=tree.root)
    except Exception as error:  # noqa: BLE001 - whatever keeps the words from being said is a fault
        yield f"cannot be made ready: {type(error).__name__}: {error}"


def _word_reasons(tree: Tree, data: dict[str, Any], lang: str) -> Iterator[str]:
    for key, content in data.items():
        for said in content if isinstance(content, list) else [content]:
            if not isinstance(said, str):
                continue
            for reason in (*wording_reasons(said, lang), *reference_reasons(tree, said, values=True)):
                yield f"{key}: {reason}"
            if key.startswith("button_") and len(said) > LONGEST_BUTTON:
                yield f"{key}: {len(said)} characters, at most {LONGEST_BUTTON} on a button"


def _against_english(tree: Tree, path: Path, english: dict[str, str], offered: bool) -> Iterator[Fault]:
    data = tree.read(path, phrases_form, []) or {}
    plurals = {key for unit in COUNTED for key in unit_keys(unit, path.stem)}
    for key, said in data.items():
        meant = english.get(key) or english.get(f"{key.rpartition('_')[0]}_other" if key in plurals else "")
        if meant is None:
            yield tree.fault(path, f"{key}: is not in the English book")
        elif _asked(said) != _asked(meant):
            yield tree.fault(path, f"{key}: has not the placeholders of the English")
    if offered:
        needed = [key for key in english if not supplied(key, path.stem)]
        yield from (tree.fault(path, f"{key}: is missing") for key in needed if key not in data)
        for unit in COUNTED:
            written = [key for key in unit_keys(unit, path.stem) if key in data]
            lacking = [key for key in unit_keys(unit, path.stem) if key not in data]
            if lacking and (written or not has_unit(unit, path.stem)):
                yield tree.fault(path, f"{unit}: the plurals {', '.join(lacking)} are missing")


def _asked(said: str) -> frozenset[str]:
    try:
        return frozenset(each.written for each in placeholders_in(said))
    except PlaceholderMalformed:
        return frozenset()
