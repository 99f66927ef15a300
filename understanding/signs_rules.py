"""The written rules of one language: knowledge/signs/<language>.yml, read and made ready for finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.files import FileMalformed, read_checked
from knowledge.sign_files import DENIAL, keyed_phrases, language_form, names_unknown, word_classes
from knowledge.sign_phrases import Classes, PhraseBroken, sequences
from understanding.signs_book import Book
from understanding.signs_registry import SignKind, registry
from understanding.signs_slips import Slips


@dataclass(frozen=True)
class Rules:
    """What is known about signs in one language.

    `subjects` are words with which a new statement begins, `joints` words between two statements.
    `rises` tells which sign becomes which graver one when a mark stands beside it.
    """

    language: str
    kinds: Mapping[str, SignKind]
    book: Book
    subjects: frozenset[str]
    joints: frozenset[str]
    slips: Slips
    rises: Mapping[tuple[str, str], str]
    apostrophe_parts: bool


def read_rules(path: Path, kinds: Mapping[str, SignKind] | None = None) -> Rules:
    """The rules in one file. Raises FileMalformed with every reason."""
    kinds = registry() if kinds is None else kinds
    data = read_checked(path, language_form)
    reasons = list(names_unknown(data, kinds))
    if reasons:
        raise FileMalformed(path, reasons)
    try:
        classes = word_classes(data.get("words", {}))
        found = [(key, one) for key, phrase in keyed_phrases(data) for one in sequences(phrase, classes)]
        subjects, joints = (_words_of(data.get(part), classes) for part in ("subjects", "joints"))
    except PhraseBroken as error:
        raise FileMalformed(path, [str(error)]) from error
    denying = {f"{DENIAL}:words", f"{DENIAL}:subjects"}
    stops = frozenset(word for key, one in found if key in denying and len(one) == 1 for word in one[0].words)
    book = Book(found, stops)
    return Rules(
        language=path.stem,
        kinds=kinds,
        book=book,
        subjects=subjects,
        joints=joints,
        slips=Slips(data.get("slips", {}), book.words | subjects | joints),
        rises={(entry["sign"], entry["with"]): entry["becomes"] for entry in data.get("rises", [])},
        apostrophe_parts=data.get("apostrophe") == "parts",
    )


def _words_of(phrase: str | None, classes: Classes) -> frozenset[str]:
    if phrase is None:
        return frozenset()
    return frozenset(word for one in sequences(phrase, classes) if len(one) == 1 for word in one[0].words)
