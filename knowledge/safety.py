"""The fixed safety words, one file a language, held in memory from the first import on.

They are written and reviewed ahead of time and never composed or translated by a machine. Where a language has none,
the English ones are given; where no speaker has reviewed them, the English ones follow.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.files import ROOT, read_checked
from knowledge.languages import LanguageNotKnown, language
from knowledge.placeholders import fill
from knowledge.safety_file import FOLDER, safety_form

ENGLISH = "en"


@dataclass(frozen=True)
class SafetyWords:
    """The words for danger now. Each message is a list of lines, the emergency number alone on the first."""

    language: str
    direction: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    reviewed: bool


def words(lang: str) -> SafetyWords:
    """The words in that language, or the English ones. Never fails: they are in memory since the import."""
    return _WORDS.get(lang) or _WORDS[ENGLISH]


def _load() -> dict[str, SafetyWords]:
    read = {path.stem: read_checked(path, safety_form) for path in sorted((ROOT / FOLDER).glob("*.yml"))}
    english = _messages(read[ENGLISH], ENGLISH)
    found: dict[str, SafetyWords] = {}
    for lang, entry in read.items():
        first, second = _messages(entry, lang)
        if not entry["reviewed"] and lang != ENGLISH:
            first, second = (*first, *english[0]), (*second, *english[1])
        found[lang] = SafetyWords(lang, _direction(lang), first, second, entry["reviewed"])
    return found


def _messages(entry: dict[str, list[str]], lang: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    first, second = ("\n".join(fill(line.strip(), lang) for line in entry[part]) for part in ("first", "second"))
    return (first,), (second,)


def _direction(lang: str) -> str:
    try:
        return language(lang).dir
    except LanguageNotKnown:
        return "ltr"


_WORDS = _load()
