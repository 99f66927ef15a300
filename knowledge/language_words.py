"""What is said about the languages themselves, in each of them, and the names by which a worker asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.answer_words import bare_words
from knowledge.files import ROOT, read_checked, remembered
from knowledge.languages import LanguageNotKnown, all_languages, language_code
from knowledge.shape import list_of, record, table, text

FILE = "language_words.yml"
_LONGEST_WISH = 60
_of_one = record(
    {"names": list_of(text, 1), "ask": text, "set": text, "english": text},
    {"not_in": table(text, list_of(language_code, 1)), "machine": text},
)
language_words_form = record({"wish_words": list_of(text, 1), "languages": table(language_code, _of_one, 1)})


@dataclass(frozen=True)
class LanguageWords:
    """What is said of one language, in that language. `machine` is None where nobody has written it."""

    ask: str
    set: str
    english: str
    machine: str | None


@dataclass(frozen=True)
class Wish:
    """A language that was asked for. `plain`: with more than its name, so that it is the answer to no question."""

    language: str
    plain: bool


def language_words(code: str, *, root: Path = ROOT) -> LanguageWords:
    """The sentences about one language. Raises LanguageNotKnown."""
    entry = _content(root)["languages"].get(code)
    if entry is None:
        raise LanguageNotKnown(f"nothing is said of {code}")
    return LanguageWords(entry["ask"], entry["set"], entry["english"], entry.get("machine"))


def spoken_of(root: Path = ROOT) -> frozenset[str]:
    """The languages of which something is said; none where there is no file. Raises FileMalformed."""
    return frozenset(_content(root)["languages"]) if (root / FILE).is_file() else frozenset()


def machine_mark(code: str, *, root: Path = ROOT) -> str:
    """The line above what a computer translated into this language; the English one where there is none."""
    entries = _content(root)["languages"]
    return str(entries.get(code, {}).get("machine") or entries["en"]["machine"])


def language_wished(said: str, spoken: str | None = None, *, root: Path = ROOT) -> Wish | None:
    """The language that the whole message asks for, by any of its names; None when it is something else.

    `spoken` is the language of the conversation: a name that is an ordinary word in it asks for nothing.
    """
    if len(said) > _LONGEST_WISH:
        return None
    bare = f" {bare_words(said)} "
    names, wish_words, elsewhere = _names(root)
    for name, code in names:
        if f" {name} " not in bare or spoken in elsewhere.get(name, ()):
            continue
        rest = bare.replace(f" {name} ", " ", 1).split()
        if all(word in wish_words for word in rest):
            return Wish(code, bool(rest))
    return None


@remembered
def _names(root: Path) -> tuple[tuple[tuple[str, str], ...], frozenset[str], Mapping[str, tuple[str, ...]]]:
    """Every name with its language, the longest first; the wish words; and where a name is none."""
    content = _content(root)
    found: dict[str, str] = {}
    elsewhere: dict[str, tuple[str, ...]] = {}
    for code, entry in content["languages"].items():
        own = all_languages(root)[code]
        for name in (*entry["names"], own.name, own.own_name):
            found.setdefault(bare_words(name), code)
        for name, codes in entry.get("not_in", {}).items():
            elsewhere[bare_words(name)] = tuple(codes)
    ordered = sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
    return tuple(ordered), frozenset(bare_words(word) for word in content["wish_words"]), elsewhere


@remembered
def _content(root: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_checked(root / FILE, language_words_form)
    return content
