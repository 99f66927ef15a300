"""What a worker sent, made safe to read, store and hand on, without changing a word of it."""

from __future__ import annotations

import unicodedata

_KEPT = frozenset("\n\t")


def clean(text: str) -> str:
    """The text in one normal form, with lone surrogates and control characters gone and line ends alike.

    Joiners and direction marks stay: in some scripts they are part of the spelling.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(ch for ch in text if ch in _KEPT or unicodedata.category(ch) not in ("Cc", "Cs", "Co", "Cn"))
    return unicodedata.normalize("NFC", text).strip()


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit to read: not only emoji, stickers' stand-ins or punctuation."""
    return any(unicodedata.category(ch)[0] in "LN" for ch in text)
