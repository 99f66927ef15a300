"""The fixed safety words, one file a language, held in memory from the first import on.

They are written and reviewed ahead of time and never composed or translated by a machine. Where a language has none,
the English ones are given; where no speaker has reviewed them, or the English has changed since, the English
ones follow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from knowledge.files import ROOT, read_checked
from knowledge.formats import time_text
from knowledge.languages import LanguageNotKnown, language
from knowledge.made_from import Texts, is_reviewed, stale_parts
from knowledge.safety_file import FOLDER, message, safety_form, texts_by_part
from knowledge.shop_reading import longest_reading, shop_next_read

ENGLISH = "en"
SELF_HARM = "self_harm"
"""The sign that brings the Samaritans into the first message."""
MORE = "2"
"""What is sent by SMS for the second message."""


_MESSAGES = ("first", "first_self_harm", "second", "high", "high_again", "more", "spoken")
"""The parts of which there is one for each language that is spoken."""


@dataclass(frozen=True)
class SafetyWords:
    """The words for danger. Each part is one message in each language of `spoken`, in that order.

    `first` and `second` are for danger now, `high` for a strong sign, `high_again` for a further one. `more` is said at
    the end of `first` where `second` does not come at once.
    """

    language: str
    direction: str
    first: tuple[str, ...]
    first_self_harm: tuple[str, ...]
    second: tuple[str, ...]
    high: tuple[str, ...]
    high_again: tuple[str, ...]
    more: tuple[str, ...]
    spoken: tuple[tuple[str, str], ...]
    """Language and direction of each message of a part: its own, one beside it, then English where that follows."""
    reviewed: bool

    def first_for(self, signs: tuple[str, ...] = (), *, second_on_request: bool = False) -> tuple[str, ...]:
        """The first message for what was shown; `second_on_request` says how to get the second."""
        said = self.first_self_harm if SELF_HARM in signs else self.first
        if not second_on_request:
            return said
        return tuple(f"{each}\n{more}" for each, more in zip(said, self.more, strict=True))


def words(lang: str, beside: str | None = None) -> SafetyWords:
    """The words in that language, or the English ones. Never fails: they are in memory since the import.

    `beside`: a second language whose words stand behind the first one's, for who may be writing either.
    """
    found = _WORDS.get(lang) or _WORDS[ENGLISH]
    other = _WORDS.get(beside) if beside else None
    if other is not None and other is not found:
        found = _beside(found, other)
    second = tuple(
        each.replace("{shop_next_read}", shop_next_read(code))
        for each, (code, _) in zip(found.second, found.spoken, strict=True)
    )
    return replace(found, second=second)


def _load() -> dict[str, SafetyWords]:
    read = {path.stem: read_checked(path, safety_form) for path in sorted((ROOT / FOLDER).glob("*.yml"))}
    source = texts_by_part(read[ENGLISH])
    english = _words(read[ENGLISH], ENGLISH, source)
    for lang in read:
        # What this needs is read from the disk now, CLDR's words for times and days among it.
        shop_next_read(lang)
        longest_reading(lang)
        time_text(time(9), lang)
    return {lang: english if lang == ENGLISH else _followed(_words(read[lang], lang, source), english) for lang in read}


def _words(entry: dict[str, Any], lang: str, english: Texts) -> SafetyWords:
    return SafetyWords(
        language=lang,
        direction=_direction(lang),
        first=(message(entry["first"], lang),),
        first_self_harm=(message(entry["first_self_harm"], lang),),
        second=(message(entry["second"], lang),),
        high=(message(entry["high"], lang),),
        high_again=(message([entry["high_again"]], lang),),
        more=(message([entry["more"]], lang).replace("{more}", MORE),),
        spoken=((lang, _direction(lang)),),
        reviewed=is_reviewed(FOLDER, lang, texts_by_part(entry)) and not stale_parts(FOLDER, lang, english),
    )


def _followed(own: SafetyWords, english: SafetyWords) -> SafetyWords:
    """Words that no speaker has reviewed, with the English ones after them."""
    if own.reviewed:
        return own
    return replace(own, **{part: getattr(own, part) + getattr(english, part) for part in _MESSAGES})


def _beside(own: SafetyWords, other: SafetyWords) -> SafetyWords:
    """Each message in both languages, before the English one."""
    both = {part: getattr(own, part)[:1] + getattr(other, part)[:1] + getattr(own, part)[1:] for part in _MESSAGES}
    return replace(own, **both)


def _direction(lang: str) -> str:
    try:
        return language(lang).dir
    except LanguageNotKnown:
        return "ltr"


_WORDS = _load()
