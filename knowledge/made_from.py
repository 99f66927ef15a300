"""Which English a translation was made from, and which speaker has read it: one record a language.

A record names a file as "answers/minimum_wage" or "phrases" and holds a hash of the English text of each of its parts.
When the English of a part changes, that part of the translation is stale. A review holds for the words that were read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.files import ROOT, read_checked, remembered
from knowledge.shape import day, matching, optional, record, table, text

FOLDER = "made_from"
ENGLISH = "en"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_HASH_LENGTH = 8
_SENTENCE_ENDS = (".", "?")

file_name = matching(r"[a-z_]+(/[a-z0-9_]+)?", "the name of a file such as answers/minimum_wage")
_hash = matching(r"[a-p]{8}", "a hash of eight letters")
record_form = table(
    file_name,
    record(
        {
            "source_hash": table(text, _hash),
            "reviewed_by": optional(record({"name": text, "date": day, "words": _hash})),
        }
    ),
)


@dataclass(frozen=True)
class Review:
    """Who has read a translation, when, and the hash of the words they read."""

    name: str
    on: date
    words: str


@dataclass(frozen=True)
class Made:
    """`source_hash`: of the English text of each part at the time the translation was made."""

    source_hash: Mapping[str, str] = field(default_factory=dict)
    reviewed_by: Review | None = None


Texts = Mapping[str, str]
"""The texts of a file by the part in which they stand."""


def part_hash(said: str) -> str:
    """Eight letters that change when the words change; how they are broken into lines does not count."""
    digest = hashlib.sha256(" ".join(said.split()).encode("utf-8")).hexdigest()
    return digest[:_HASH_LENGTH].translate(_LETTERS)


def words_hash(own: Texts) -> str:
    """One hash of all the words of a translation: what a reviewer has read."""
    return part_hash("\n".join(f"{part}: {' '.join(said.split())}" for part, said in sorted(own.items())))


def record_path(lang: str, root: Path = ROOT) -> Path:
    """Where the record of a language stands."""
    return root / FOLDER / f"{lang}.yml"


@remembered
def made_from(lang: str, root: Path = ROOT) -> Mapping[str, Made]:
    """The record of a language by file; empty where it has none. Raises FileMalformed."""
    path = record_path(lang, root)
    if not path.is_file():
        return {}
    return {name: _made(entry) for name, entry in (read_checked(path, record_form) or {}).items()}


def stale_parts(name: str, lang: str, english: Texts, *, root: Path = ROOT) -> tuple[str, ...]:
    """The parts whose English has changed, come or gone since; all where it is not known what it was made from."""
    if lang == ENGLISH:
        return ()
    made = made_from(lang, root).get(name, Made())
    now = {part: part_hash(said) for part, said in english.items()}
    gone = sorted(set(made.source_hash) - set(now))
    return tuple(part for part in (*now, *gone) if made.source_hash.get(part) != now.get(part))


def beside_english(own: str, english: str) -> str:
    """What is said for a stale text: a sentence is followed by the English, a word or a button gives way to it."""
    return f"{own} {english}" if english.endswith(_SENTENCE_ENDS) else english


def is_reviewed(name: str, lang: str, own: Texts, *, root: Path = ROOT) -> bool:
    """Whether a speaker has read these very words. The English is the original."""
    if lang == ENGLISH:
        return True
    review = made_from(lang, root).get(name, Made()).reviewed_by
    return review is not None and review.words == words_hash(own)


def _made(entry: Mapping[str, Any]) -> Made:
    review = entry["reviewed_by"]
    hashes = {str(part): str(said) for part, said in entry["source_hash"].items()}
    if not review:
        return Made(hashes)
    return Made(hashes, Review(review["name"], review["date"], review["words"]))
