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


@dataclass(frozen=True)
class SafetyWords:
    """The words for danger. Each part is one message, or two where the English must follow.

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
    reviewed: bool

    def first_for(self, signs: tuple[str, ...] = (), *, second_on_request: bool = False) -> tuple[str, ...]:
        """The first message for what was shown; `second_on_request` says how to get the second."""
        said = self.first_self_harm if SELF_HARM in signs else self.first
        if not second_on_request:
            return said
        return tuple(f"{each}\n{more}" for each, more in zip(said, self.more, strict=True))

    @property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """Language and direction of each message of a part: its own, then English where that follows."""
        own = ((self.language, self.direction),)
        return own if len(self.first) == 1 else (*own, (ENGLISH, _direction(ENGLISH)))


def words(lang: str) -> SafetyWords:
    """The words in that language, or the English ones. Never fails: they are in memory since the import."""
    found = _WORDS.get(lang) or _WORDS[ENGLISH]
    spoken = (found.language, ENGLISH)
    second = tuple(
        each.replace("{shop_next_read}", shop_next_read(lang)) for each, lang in zip(found.second, spoken, strict=False)
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
        reviewed=is_reviewed(FOLDER, lang, texts_by_part(entry)) and not stale_parts(FOLDER, lang, english),
    )


def _followed(own: SafetyWords, english: SafetyWords) -> SafetyWords:
    """Words that no speaker has reviewed, with the English ones after them."""
    if own.reviewed:
        return own
    return replace(
        own,
        first=own.first + english.first,
        first_self_harm=own.first_self_harm + english.first_self_harm,
        second=own.second + english.second,
        high=own.high + english.high,
        high_again=own.high_again + english.high_again,
        more=own.more + english.more,
    )


def _direction(lang: str) -> str:
    try:
        return language(lang).dir
    except LanguageNotKnown:
        return "ltr"


_WORDS = _load()
