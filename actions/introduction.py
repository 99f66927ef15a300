"""What a worker is told once, before anything else: free, no name, the limits of privacy, and 999."""

from __future__ import annotations

from actions.reply import Message
from actions.turn import Turn
from knowledge.phrases import phrase

_LINES = ("greeting", "greeting_privacy", "greeting_danger")


def introduction(turn: Turn) -> Message:
    """The privacy line: the first message of a first contact, however it began."""
    return Message("notice", " ".join(phrase(key, turn.language) for key in _LINES), turn.language)
