"""The short words of the service in one language: buttons, notices, units, names of days."""

from __future__ import annotations

from pathlib import Path

from knowledge.files import ROOT, read_checked, remembered
from knowledge.made_from import beside_english, stale_parts
from knowledge.shape import identifier, table, text

FOLDER = "phrases"
FILE_NAME = FOLDER
"""What the record of a language calls its book."""
ENGLISH = "en"
phrases_form = table(identifier, text, 1)


class PhraseNotKnown(LookupError):
    """No phrase of that name stands in the English book."""


def words(key: str, lang: str = ENGLISH, *, root: Path = ROOT, **values: object) -> str:
    """A phrase with its plain values set in; English where the language lacks it. Raises PhraseNotKnown.

    A stale sentence is followed by the English one; a stale word or button gives way to it.
    """
    own, english = phrase_book(lang, root).get(key), phrase_book(ENGLISH, root).get(key)
    said = english if own is None else own
    if said is None:
        raise PhraseNotKnown(f"there is no phrase {key}")
    if own is not None and english is not None and key in stale_phrases(lang, root):
        said = beside_english(own, english)
    for name, value in values.items():
        said = said.replace("{" + name + "}", str(value))
    return said


@remembered
def stale_phrases(lang: str, root: Path = ROOT) -> frozenset[str]:
    """The phrases of a language whose English has changed since."""
    return frozenset(stale_parts(FILE_NAME, lang, phrase_book(ENGLISH, root), root=root))


@remembered
def phrase_book(lang: str, root: Path = ROOT) -> dict[str, str]:
    """Every phrase of a language as written; empty where it has no book. Raises FileMalformed."""
    path = root / FOLDER / f"{lang}.yml"
    if not path.is_file():
        return {}
    book: dict[str, str] = read_checked(path, phrases_form)
    return {key: " ".join(said.split()) for key, said in book.items()}
