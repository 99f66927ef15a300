"""Cutting a paragraph into sentences by rule, in place of Argos's own way, which would fetch a model at first use."""

from __future__ import annotations

from functools import lru_cache

from argostranslate.sbd import ISentenceBoundaryDetectionModel
from spacy.language import Language
from spacy.util import get_lang_class

# Ends of sentences of every script that is read here; spaCy's own list holds them too, and says so only in its code.
_ENDS = [".", "!", "?", "…", "।", "॥", "۔", "؟", "。", "！", "？"]
_ANY = "xx"


class RuleBasedSentences(ISentenceBoundaryDetectionModel):  # type: ignore[misc]  # Argos has no types
    """spaCy's sentencizer over a blank pipeline: full stops and their kin, and nothing to load."""

    def __init__(self, language: str) -> None:
        self._pipeline = _pipeline(language)

    def split_sentences(self, text: str) -> list[str]:
        """The sentences of one paragraph; none of an empty one."""
        return [sentence.text.strip() for sentence in self._pipeline(text).sents if sentence.text.strip()]

    def __str__(self) -> str:
        return "by rule"


@lru_cache(maxsize=8)
def _pipeline(language: str) -> Language:
    try:
        made = get_lang_class(language)()
    except ImportError:  # spaCy has no rules for words of this language: those for any will do
        made = get_lang_class(_ANY)()
    made.add_pipe("sentencizer", config={"punct_chars": _ENDS})
    return made
