"""The short words of the service, with figures and contacts set in."""

from __future__ import annotations

from pathlib import Path

from knowledge.files import ROOT
from knowledge.phrase_book import PhraseNotKnown, phrase_book, words
from knowledge.placeholders import fill, set_values

__all__ = ["PhraseNotKnown", "phrase", "phrase_keys"]


def phrase(key: str, lang: str = "en", *, root: Path = ROOT, **values: object) -> str:
    """A phrase ready to be read; English where the language lacks it.

    Figures and contacts are set in before the values, so nothing in a value is ever taken as a placeholder.
    Raises PhraseNotKnown, FigureNotKnown or ContactNotKnown.
    """
    said = fill(words(key, lang, root=root), lang, root=root)
    return set_values(said, values)


def phrase_keys(lang: str = "en", *, root: Path = ROOT) -> tuple[str, ...]:
    """The names of every phrase of the language, sorted."""
    return tuple(sorted(phrase_book(lang, root)))
