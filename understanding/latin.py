"""A text in Latin letters: its language by everyday words and special letters, with lingua's opinion beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from understanding.normal_text import normal

_WORDS_FILE = Path(__file__).with_name("function_words.yml")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Letters that only these of the offered languages write.
_LETTERS = {
    "pl": "łżźśćńąę",
    "ro": "țșţşăâî",
    "lt": "ėįųūčšž",
    "sq": "ëç",
    "yo": "ṣẹọ",
    "ig": "ịụọṅ",
    "ha": "ɓɗƙƴ",
    "tw": "ɛɔ",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "fr": "œêèçëù",
    "it": "òìàù",
    "vi": "ơưđăạảấầẩẫậắằặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹỵ",
}
_LETTER_WORTH = 0.6
_LETTERS_COUNTED = 4
# lingua's cheap mode takes a tenth of the memory (40 MB, the full one 500) and is a weak judge of learners' English,
# so that it only tips the scales.
_LINGUA_WORTH = 1.2
_LINGUA_FEWEST_WORDS = 3
# Languages nobody is offered here, which lingua must be able to name so that it does not call them by another's name.
_NOT_OFFERED = ("GERMAN", "DUTCH", "TURKISH", "INDONESIAN", "HUNGARIAN", "CZECH", "SLOVAK", "XHOSA", "ZULU", "CROATIAN")
_OFFERED = (
    "ENGLISH", "ROMANIAN", "SHONA", "TAGALOG", "SWAHILI", "POLISH", "PORTUGUESE", "FRENCH", "YORUBA", "SOMALI",
    "SPANISH", "ITALIAN", "LITHUANIAN", "ALBANIAN", "VIETNAMESE",
)  # fmt: skip


@lru_cache(maxsize=1)
def function_words() -> Mapping[str, frozenset[str]]:
    """The everyday words of each language."""
    content = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
    return {code: frozenset(normal(words).split()) for code, words in content.items()}


@lru_cache(maxsize=1)
def _worth() -> Mapping[str, Mapping[str, float]]:
    """What each word says for each language: less, the more languages know it."""
    lists = function_words()
    worth: dict[str, dict[str, float]] = {}
    for code, words in lists.items():
        for word in words:
            worth.setdefault(word, {})[code] = 0.0
    return {word: {code: 1 / len(codes) for code in codes} for word, codes in worth.items()}


def words_of(text: str) -> list[str]:
    """The words of a text in the spelling of `normal`."""
    return _WORD.findall(normal(text))


def points(text: str) -> dict[str, float]:
    """What words and letters say for each language, per word (about 0 to 1, more with special letters)."""
    words = words_of(text)
    found: dict[str, float] = dict.fromkeys(function_words(), 0.0)
    for word in words:
        for code, worth in _worth().get(word, {}).items():
            found[code] += worth
    marks = normal(text)
    for code, letters in _LETTERS.items():
        count = sum(marks.count(letter) for letter in letters)
        found[code] += min(count, _LETTERS_COUNTED) * _LETTER_WORTH
    return {code: value / max(len(words), 1) for code, value in found.items()}


def lingua_chances(text: str) -> dict[str, float]:
    """lingua's probabilities by language code, among the offered languages it knows and some that are not offered.

    Nothing where lingua is not installed, as beside Rasa, or where the text is too short for it.
    """
    if len(words_of(text)) < _LINGUA_FEWEST_WORDS:
        return {}
    detector = _detector()
    if detector is None:
        return {}
    values = detector.compute_language_confidence_values(text)
    return {value.language.iso_code_639_1.name.lower(): float(value.value) for value in values}


@lru_cache(maxsize=1)
def _detector() -> Any:
    try:
        from lingua import Language, LanguageDetectorBuilder
    except ImportError:
        return None
    chosen = [getattr(Language, name) for name in (*_OFFERED, *_NOT_OFFERED)]
    return LanguageDetectorBuilder.from_languages(*chosen).with_low_accuracy_mode().build()


def together(text: str) -> dict[str, float]:
    """Words, letters and lingua in one number for each language, also for those that are not offered."""
    found = points(text)
    for code, chance in lingua_chances(text).items():
        found[code] = found.get(code, 0.0) + chance * _LINGUA_WORTH / max(3.0, len(words_of(text)) ** 0.5 * 2)
    return found
