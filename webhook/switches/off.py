"""What is off, as the steps of a message see it."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGE_OFF_TOLD = "language_off_told"
"""Kept with a conversation: the language of which it was said that it is switched off."""


@dataclass(frozen=True)
class Off:
    """What is switched off now. Words for danger are no part of it."""

    channels: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
