"""The form of the files on signs of danger: the registry, and the phrases of a language in `signs/<lang>.yml`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from knowledge.rules.sign_levels import CONCERN, EMERGENCY, HIGH, LEVELS
from knowledge.shape import list_of, one_of, optional, record, text
from knowledge.sign_phrases import Classes, PhraseBroken, Sequence, sequences

FILE = "signs.yml"
FOLDER = "signs"
LISTS = ("questions", "idioms", "jokes", "elsewhere", "somebody_else", "self", "now", "past")
"""Parts of a language's file that are lists of phrases, by what each phrase says when it is found."""
DENIALS = ("words", "subjects", "frames", "except")
SIGN, MARK, UNLESS, DENIAL = "sign", "mark", "unless", "denial"
_FIELDS = {
    "level": one_of(CONCERN, HIGH, EMERGENCY),
    "tied_to": list_of(text, 1),
    "officer": text,
    "worker": text,
}


def registry_form(data: object) -> Iterator[str]:
    """What is wrong with the form of the registry."""
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("sources"), dict)
        or not isinstance(data.get("signs"), dict)
    ):
        yield "must have 'sources' and 'signs'"
        return
    signs: dict[str, Any] = data["signs"]
    form = record(_FIELDS, {"past": optional(text), "strong": one_of("yes")})
    sound = {}
    for name, entry in signs.items():
        faults = [f"{name}: {fault}" for fault in form(entry)]
        yield from faults
        if not faults:
            sound[name] = entry
    for name, entry in sound.items():
        yield from (
            f"{name}: tied to {tie!r}, which is no source" for tie in entry["tied_to"] if tie not in data["sources"]
        )
        over = entry.get("past")
        if over is not None and not _milder(sound.get(over), entry):
            yield f"{name}: in the past it must be a sign of a lower level"


def _milder(one: Mapping[str, Any] | None, other: Mapping[str, Any]) -> bool:
    return one is not None and LEVELS.index(one["level"]) < LEVELS.index(other["level"])


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
language_form = record({"signs": _signs}, _ALSO)


def names_unknown(data: Mapping[str, Any], signs: Collection[str]) -> Iterator[str]:
    """Names in a well-formed file of a language that stand for nothing: signs, marks, kinds of denial."""
    marks = data.get("marks", {})
    rises = data.get("rises", [])
    named = [*data["signs"], *data.get("unless", {}), *(entry[part] for entry in rises for part in ("sign", "becomes"))]
    yield from (f"{name}: no such sign" for name in named if name not in signs)
    used = [entry["with"] for entry in rises]
    used += [entry["near"] for content in data["signs"].values() for entry in content if isinstance(entry, dict)]
    yield from (f"{name}: no such mark" for name in used if name not in marks)
    yield from (f"denials: {name} is not known" for name in data.get("denials", {}) if name not in DENIALS)


def keyed_phrases(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every phrase of a language's file with what it says when it is found."""
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


def word_classes(words: Mapping[str, str]) -> Classes:
    """The word classes of a language's file; each may use those above it. Raises PhraseBroken."""
    classes: dict[str, tuple[Sequence, ...]] = {}
    for name, phrase in words.items():
        classes[name] = sequences(str(phrase), classes)
    return classes


def phrases_broken(data: Mapping[str, Any]) -> Iterator[str]:
    """Every phrase of a well-formed file that cannot be read, with the reason: unknown word classes among them."""
    try:
        classes = word_classes(data.get("words", {}))
    except PhraseBroken as error:
        yield f"words: {error}"
        return
    every = [*keyed_phrases(data), *((part, data[part]) for part in ("subjects", "joints") if part in data)]
    for key, phrase in every:
        try:
            sequences(phrase, classes)
        except PhraseBroken as error:
            yield f"{key}: {error}"
