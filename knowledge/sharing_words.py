"""The exact words that a sharing choice passes on: the same where the worker is shown them and where they are kept."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.phrase_book import ENGLISH, phrase_book
from knowledge.phrases import phrase

SHARE = "share"
CHOICES = (SHARE, "helpline_only", "anonymous")
LINES = (
    ("name", "share_preview_name"),
    ("way", "share_preview_way"),
    ("where", "share_preview_where"),
    ("time", "share_preview_time"),
    ("words", "share_preview_words"),
    ("safe_word", "share_preview_safe_word"),
)
"""What may be given, in the order in which it is shown."""
PHRASES = (*(f"share_preview_{choice}" for choice in CHOICES), "share_preview_chat", *(key for _, key in LINES))


def passed_on(choice: str, given: Mapping[str, str], lang: str = ENGLISH) -> tuple[str, str]:
    """The words, and the language they are really in: the one asked for where it has all of them, else English.

    `choice` is one of CHOICES; what was not given is left out.
    """
    spoken = lang if all(key in phrase_book(lang) for key in PHRASES) else ENGLISH
    lines = [phrase(f"share_preview_{choice}", spoken)]
    if choice == SHARE:
        lines += [phrase(key, spoken, value=given[name]) for name, key in LINES if given.get(name)]
    return "\n".join([*lines, phrase("share_preview_chat", spoken)]), spoken
