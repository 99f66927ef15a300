"""Words as they are compared: without the accents and dots that people leave out on a phone."""

from __future__ import annotations

import unicodedata

from knowledge.answer_words import bare_words

_FIRST_ACCENT, _LAST_ACCENT = "\u0300", "\u036f"
_NUKTA, _CHANDRABINDU, _ANUSVARA = "\u093c", "\u0901", "\u0902"


def plain_words(said: str) -> str:
    """`bare_words` without accents ("săptămână" is "saptamana") and Hindi's dot below, its two signs for "n" made one.

    Only for comparing: vowel signs stay, but letters and their marks may stand apart.
    """
    apart = unicodedata.normalize("NFD", bare_words(said)).replace(_CHANDRABINDU, _ANUSVARA)
    return "".join(ch for ch in apart if ch != _NUKTA and not _FIRST_ACCENT <= ch <= _LAST_ACCENT)
