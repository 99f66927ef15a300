"""The gateway's own sentences to a worker, held in memory: they must be there when nothing else is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from knowledge.languages import LanguageNotKnown, language
from knowledge.phrase_book import ENGLISH, phrase_book
from knowledge.phrases import phrase
from knowledge.placeholders import fill

WHO_CAN_HELP = ("emergency", "modern_slavery_helpline", "acas")
"""Contacts that stand in every apology, whatever was asked."""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence with the language and direction it is really in."""

    text: str
    language: str
    direction: str


@lru_cache(maxsize=4096)
def gentle(*keys: str, lang: str) -> Words:
    """The phrases of those keys as one text; in English when the language lacks one. Raises PhraseNotKnown."""
    book = phrase_book(lang)
    spoken = lang if all(key in book for key in keys) else ENGLISH
    try:
        direction = language(spoken).dir
    except LanguageNotKnown:
        direction = "ltr"
    return Words(" ".join(phrase(key, spoken) for key in keys), spoken, direction)


def apology(lang: str) -> Words:
    """That something went wrong on our side, and who can help meanwhile."""
    return with_helpers("apology", "apology_help", lang=lang)


def with_helpers(*keys: str, lang: str) -> Words:
    """The phrases of those keys, and the people who can help whatever it is about."""
    said = gentle(*keys, lang=lang)
    return Words("\n".join([said.text, *_helpers(said.language)]), said.language, said.direction)


@lru_cache(maxsize=64)
def _helpers(lang: str) -> tuple[str, ...]:
    return tuple(fill("{contact." + name + "}", lang) for name in WHO_CAN_HELP)


def preload() -> None:
    """Read the sentences for a bad day now, so that a fault shows at the start and none needs the disk later."""
    apology(ENGLISH)
    for key in KEYS:
        gentle(key, lang=ENGLISH)


KEYS = (
    "choice_not_known",
    "gentle_later",
    "gentle_thanks",
    "gentle_why",
    "share_already_read",
    "share_nothing_to_take_back",
    "share_reference",
    "share_taken_back",
    "button_delete_now",
    "button_keep",
    "delete_ask",
    "delete_done",
    "delete_kept",
    "delete_open_case",
    "delete_provider",
    "empty_message",
    "greeting",
    "greeting_ask",
    "greeting_danger",
    "greeting_privacy",
    "late_reply",
    "late_reply_gone",
    "message_too_long",
    "picture",
    "session_over",
    "started",
    "sticker",
    "too_many_messages",
    "voice_note",
)
