"""The written rules of one language: knowledge/signs/<language>.yml, read and made ready for finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.files import FileMalformed, read_checked
from knowledge.shape import list_of, one_of, record, text
from understanding.risk_levels import EMERGENCY, rank
from understanding.signs_book import Book
from understanding.signs_phrase import Classes, PhraseBroken, sequences
from understanding.signs_phrase import Sequence as Slots
from understanding.signs_registry import SignKind, registry
from understanding.signs_slips import Slips

# Parts of the file that are lists of phrases, by what each phrase says when it is found.
LISTS = ("questions", "idioms", "jokes", "elsewhere", "somebody_else", "self", "now", "past")
DENIALS = ("words", "subjects", "frames", "except")
SIGN, MARK, UNLESS, DENIAL = "sign", "mark", "unless", "denial"


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


def _phrases(value: object) -> Iterator[str]:
    """A list of phrases."""
    yield from list_of(text, 1)(value)


def _phrases_by_name(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "must be a mapping of lists of phrases"
        return
    for name, content in value.items():
        yield from (f"{name}: {fault}" for fault in _phrases(content))


def _signs(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "must be a mapping of signs"
        return
    near = record({"near": text, "phrases": _phrases})
    for name, content in value.items():
        if not isinstance(content, list) or not content:
            yield f"{name}: must be a list of phrases"
            continue
        for entry in content:
            yield from (f"{name}: {fault}" for fault in (near if isinstance(entry, dict) else text)(entry))


def _mapping(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "must be a mapping"


def _rises(value: object) -> Iterator[str]:
    yield from list_of(record({"sign": text, "with": text, "becomes": text}))(value)


_ALSO: Mapping[str, Any] = {
    "apostrophe": one_of("joins", "parts"),
    "words": _mapping,
    "slips": _mapping,
    "denials": _phrases_by_name,
    "subjects": text,
    "joints": text,
    "marks": _phrases_by_name,
    "unless": _phrases_by_name,
    "rises": _rises,
    **dict.fromkeys(LISTS, _phrases),
}
rules_form = record({"signs": _signs}, _ALSO)


def read_rules(path: Path, kinds: Mapping[str, SignKind] | None = None) -> Rules:
    """The rules in one file. Raises FileMalformed with every reason."""
    kinds = registry() if kinds is None else kinds
    data = read_checked(path, rules_form)
    reasons = list(_names(data, kinds))
    if reasons:
        raise FileMalformed(path, reasons)
    try:
        classes = _classes(data.get("words", {}))
        found = [(key, one) for key, phrase in _keyed(data) for one in sequences(phrase, classes)]
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


def _names(data: Mapping[str, Any], kinds: Mapping[str, SignKind]) -> Iterator[str]:
    marks = data.get("marks", {})
    rises = data.get("rises", [])
    named = [*data["signs"], *data.get("unless", {}), *(entry[part] for entry in rises for part in ("sign", "becomes"))]
    yield from (f"{name}: no such sign" for name in named if name not in kinds)
    used = [entry["with"] for entry in rises]
    used += [entry["near"] for content in data["signs"].values() for entry in content if isinstance(entry, dict)]
    yield from (f"{name}: no such mark" for name in used if name not in marks)
    yield from (f"denials: {name} is not known" for name in data.get("denials", {}) if name not in DENIALS)


def _keyed(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in LISTS:
        yield from ((part, phrase) for phrase in data.get(part, []))
    for part, kind in (("marks", MARK), ("unless", UNLESS), ("denials", DENIAL)):
        for name, phrases in data.get(part, {}).items():
            yield from ((f"{kind}:{name}", phrase) for phrase in phrases)
    for name, content in data["signs"].items():
        for entry in content:
            if isinstance(entry, dict):
                yield from ((f"{SIGN}:{name}:{entry['near']}", phrase) for phrase in entry["phrases"])
            else:
                yield f"{SIGN}:{name}", entry


def _classes(words: Mapping[str, str]) -> Classes:
    """Each class may use those above it."""
    classes: dict[str, tuple[Slots, ...]] = {}
    for name, phrase in words.items():
        classes[name] = sequences(str(phrase), classes)
    return classes


def _words_of(phrase: str | None, classes: Classes) -> frozenset[str]:
    if phrase is None:
        return frozenset()
    return frozenset(word for one in sequences(phrase, classes) if len(one) == 1 for word in one[0].words)


def graver(kinds: Mapping[str, SignKind], names: Sequence[str]) -> list[str]:
    """The signs, the gravest first."""
    return sorted(names, key=lambda name: (-rank(kinds[name].level), name))


def is_emergency(kind: SignKind) -> bool:
    """Whether it means danger now."""
    return kind.level == EMERGENCY
