"""The short words of the service in one language: buttons, notices, units, names of days."""

from __future__ import annotations

from pathlib import Path

from knowledge.files import ROOT, read_checked, remembered
from knowledge.shape import identifier, table, text

FOLDER = "phrases"
ENGLISH = "en"
phrases_form = table(identifier, text, 1)


class PhraseNotKnown(LookupError):
    """No phrase of that name stands in the English book."""


def words(key: str, lang: str = ENGLISH, *, root: Path = ROOT, **values: object) -> str:
    """A phrase with its plain values set in; English where the language lacks it. Raises PhraseNotKnown."""
    said = phrase_book(lang, root).get(key)
    if said is None:
        said = phrase_book(ENGLISH, root).get(key)
    if said is None:
        raise PhraseNotKnown(f"there is no phrase {key}")
    for name, value in values.items():
        said = said.replace("{" + name + "}", str(value))
    return said


@remembered
def phrase_book(lang: str, root: Path = ROOT) -> dict[str, str]:
    """Every phrase of a language as written; empty where it has no book. Raises FileMalformed."""
    path = root / FOLDER / f"{lang}.yml"
    if not path.is_file():
        return {}
    book: dict[str, str] = read_checked(path, phrases_form)
    return {key: " ".join(said.split()) for key, said in book.items()}
