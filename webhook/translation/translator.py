"""Translating one text: what may be translated at all, the process that does it, and the gate behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from knowledge import safety
from knowledge.answer_words import bare_words
from webhook.settings import get_settings
from webhook.translation import quality
from webhook.translation.packages import installed
from webhook.translation.process import NoTranslation, TranslationProcess

__all__ = ["NeverTranslated", "NoTranslation", "PairNotInstalled", "Translated", "Translator", "default_translator"]

LONGEST = 4000
"""Letters of one text; a longer one would only run into the time limit."""


class NeverTranslated(ValueError):
    """The text holds safety words: those are written by people, in every language, and never by a machine."""


class PairNotInstalled(LookupError):
    """There is no package for this pair of languages."""


@dataclass(frozen=True)
class Translated:
    """A translation fit to be shown, or why there is none: `text` is None then."""

    text: str | None = field(repr=False)
    withheld: str | None = None


class Translator:
    """Translates with the installed packages. Its process starts with the first text."""

    def __init__(self, process: TranslationProcess) -> None:
        self._process = process

    def translate(self, text: str, source: str, target: str) -> Translated:
        """The translation, or why it is withheld.

        Raises NeverTranslated, PairNotInstalled, and NoTranslation when the process hung, died or failed: then
        another try may succeed.
        """
        if holds_safety_words(text):
            raise NeverTranslated
        package = next((each for each in installed() if (each.source, each.target) == (source, target)), None)
        if package is None:
            raise PairNotInstalled(f"{source} to {target}")
        if len(text) > LONGEST:
            return Translated(None, "length")
        hopeless = quality.unfit(text, source)
        if hopeless:
            return Translated(None, hopeless)
        said = self._process.translate(text, package.folder).strip()
        reason = quality.fault(text, said, source, target)
        return Translated(None, reason) if reason else Translated(said)

    def rest(self) -> None:
        """Give memory back when nothing was translated for a while."""
        self._process.rest()

    def close(self) -> None:
        """End the process."""
        self._process.close()


def holds_safety_words(text: str) -> bool:
    """Whether a line of the text is one of the fixed safety words."""
    return any(bare_words(line) in _safety_lines() for line in text.splitlines() if len(bare_words(line).split()) > 1)


@lru_cache(maxsize=1)
def _safety_lines() -> frozenset[str]:
    words = safety.words(safety.ENGLISH)
    said = (*words.first, *words.first_self_harm, *words.second, *words.high, *words.high_again, *words.more)
    return frozenset(bare_words(line) for text in said for line in text.splitlines())


@lru_cache(maxsize=1)
def default_translator() -> Translator:
    """This process's translator, as the settings say."""
    settings = get_settings()
    return Translator(
        TranslationProcess(seconds=settings.translation_seconds, megabytes=settings.translation_megabytes)
    )
