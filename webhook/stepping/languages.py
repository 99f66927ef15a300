"""What is remembered of offering another language, between messages: how many ran in it, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webhook.stepping.context import Context

LANGUAGE_TALK = "language_talk"
"""Kept with a conversation, encrypted, and erased with it."""
RUNNING, COUNT = "running", "count"
"""The other language in which the last messages were, and how many of them."""
SETTLED = "settled"
"""The worker's own words have shown a language: before that the conversation has the page's."""
REFUSED = "refused"
"""The worker kept their language when asked: no other one is offered again."""
WAITS = "waits"
"""The language that was offered with the last words."""
EITHER_ASKED = "either_asked"
"""Hindi or Urdu was asked once."""
EITHER = "either"
"""The two languages the worker may be writing in, until their words or their choice show which."""
TOLD_ENGLISH = "told_english"
"""The language in which it was said that the answers are in English."""
MESSAGES_RUNNING = 2
_TOO_FEW_WORDS = 2


def talk(context: Context) -> Mapping[str, Any]:
    """What is remembered, with what this turn adds."""
    noted: Mapping[str, Any] = context.notes.get(LANGUAGE_TALK) or {}
    return {**context.known.language_talk, **noted}


def remember(context: Context, **values: Any) -> None:
    """Remember this with the rest; nothing is written down where nothing changes."""
    after = {**talk(context), **values}
    if after != talk(context):
        context.notes[LANGUAGE_TALK] = after


def count_running(context: Context) -> None:
    """Count messages that run in one other language. One or two words and choices from a menu count nothing."""
    if context.known.language_talk.get(WAITS):
        remember(context, **{WAITS: None})
    if context.known.intent or len(context.text.split()) <= _TOO_FEW_WORDS:
        return
    before = talk(context)
    if context.spoken is None or context.spoken == context.known.language:
        if before.get(RUNNING):
            remember(context, **{RUNNING: None, COUNT: 0})
        return
    count = int(before.get(COUNT) or 0) if before.get(RUNNING) == context.spoken else 0
    remember(context, **{RUNNING: context.spoken, COUNT: count + 1})


def safety_languages(context: Context) -> tuple[str, str | None]:
    """The language of safety words: the one the worker chose, else that of the message itself.

    Where its letters leave two, and nothing said before tells which, both: these words must be read at once.
    """
    known, told = context.known, talk(context)
    if known.language_chosen:
        return context.language, None
    either = context.either or told.get(EITHER)
    if not either or (told.get(SETTLED) and known.language in either):
        return context.spoken or context.language, None
    first, second = either
    return first, second
