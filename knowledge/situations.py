"""Situations a worker may name after an answer ("and if I am on a zero-hours contract?")."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.files import ROOT, read_checked, remembered
from knowledge.said.spelling import plain_words
from knowledge.shape import identifier, list_of, table, text

FILE = "situations.yml"
FOLDER = "situation_words"
ENGLISH = "en"
situations_form = table(identifier, text, 1)
situation_words_form = table(identifier, list_of(text, 1), 1)


class SituationNotKnown(LookupError):
    """No situation of that name stands in the registry."""


@dataclass(frozen=True)
class Situation:
    """`title`: the English words on its button."""

    id: str
    title: str


def situation(situation_id: str, *, root: Path = ROOT) -> Situation:
    """One situation. Raises SituationNotKnown."""
    try:
        return all_situations(root)[situation_id]
    except KeyError as error:
        raise SituationNotKnown(f"there is no situation {situation_id}") from error


def situations_in_text(words: str, lang: str = ENGLISH, *, root: Path = ROOT) -> tuple[str, ...]:
    """The situations a worker's words name, in their language or in English, in the order in which they are named.

    What stands inside the longer words of another situation names nothing: "not sponsored" is not "sponsored".
    """
    said, phrases = _typed(words), _phrases(lang, root)
    longest = max(map(len, phrases), default=0)
    found = [
        (start, end, situation_id)
        for start in range(len(said))
        for end in range(start + 1, min(start + longest, len(said)) + 1)
        for situation_id in phrases.get(said[start:end], ())
    ]
    meant = (
        situation_id
        for start, end, situation_id in found
        if not any(
            before <= start and end <= after and after - before > end - start and other != situation_id
            for before, after, other in found
        )
    )
    return tuple(dict.fromkeys(meant))


@remembered
def all_situations(root: Path = ROOT) -> dict[str, Situation]:
    """Every situation by its id. Raises FileMalformed."""
    titles: dict[str, str] = read_checked(root / FILE, situations_form)
    return {situation_id: Situation(situation_id, title) for situation_id, title in titles.items()}


@remembered
def _phrases(lang: str, root: Path) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """What is said in a language and in English, each in single words, with the situations it names."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for path in (root / FOLDER / f"{each}.yml" for each in dict.fromkeys((lang, ENGLISH))):
        content = read_checked(path, situation_words_form) if path.is_file() else {}
        for situation_id, phrases in content.items():
            for phrase in phrases:
                found.setdefault(_typed(phrase), {})[situation_id] = None
    return {phrase: tuple(ids) for phrase, ids in found.items()}


def _typed(said: str) -> tuple[str, ...]:
    """The words without the marks that are left out in typing, digits as 0 to 9."""
    return tuple("".join(str(unicodedata.decimal(each, each)) for each in plain_words(said)).split())
