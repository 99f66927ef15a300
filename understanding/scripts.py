"""In which script a text is written, and the languages that are told apart by letters and little words alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

_WORDS_FILE = Path(__file__).with_name("script_words.yml")
_RANGES = (
    ("Latin", 0x41, 0x24F), ("Latin", 0x250, 0x2AF), ("Latin", 0x1E00, 0x1EFF),
    ("Cyrillic", 0x400, 0x52F),
    ("Arabic", 0x600, 0x6FF), ("Arabic", 0x750, 0x77F), ("Arabic", 0x8A0, 0x8FF), ("Arabic", 0xFB50, 0xFDFF),
    ("Arabic", 0xFE70, 0xFEFE),
    ("Devanagari", 0x900, 0x97F), ("Bengali", 0x980, 0x9FF), ("Gurmukhi", 0xA00, 0xA7F), ("Gujarati", 0xA80, 0xAFF),
    ("Tamil", 0xB80, 0xBFF), ("Telugu", 0xC00, 0xC7F), ("Malayalam", 0xD00, 0xD7F), ("Sinhala", 0xD80, 0xDFF),
)  # fmt: skip

# A script that only one of the offered languages uses.
ONE_LANGUAGE = {
    "Bengali": "bn",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Tamil": "ta",
    "Telugu": "te",
    "Malayalam": "ml",
    "Sinhala": "si",
}
SHARED = {
    "Devanagari": ("hi", "ne"),
    "Arabic": ("ur", "ar", "fa", "ps", "ckb"),
    "Cyrillic": ("bg", "uk"),
}
OTHER = "other"
UNDETERMINED = "und"

# Letters that only these languages use.
_LETTERS = {
    "Arabic": {
        "ps": "ټډړږښګڼېۍځڅ\u0681\u0685",
        "ckb": "ڕڵۆێەڤ",
        "ur": "ٹڈڑںےہھۓۂ",
        "fa": "ژ",
        "ar": "ةىكيأإؤثذظضط",
    },
    "Cyrillic": {"uk": "іїєґ", "bg": "ъ", "ru": "ыэё"},
    "Devanagari": {"mr": "ळ"},
}
_LETTER_WORTH = {"ar": 0.3, "mr": 1.0}
_ENDINGS = {"Devanagari": {"ne": re.compile(r"(?:लाई|हरू|को|ले|छन्|न्छ|छैन|छु|दैन|एको|मा)$")}}
_NOT_OFFERED = {"ru", "mr"}


def script(text: str) -> str | None:
    """The script of most letters of the text; "other" for one that no offered language uses; None without letters."""
    counts: Counter[str] = Counter()
    for letter in text:
        if letter.isalpha() or 0x900 <= ord(letter) <= 0xDFF:
            counts[_script_of(ord(letter))] += 1
    if not counts:
        return None
    return min(counts, key=lambda name: (-counts[name], name))


def _script_of(point: int) -> str:
    return next((name for name, first, last in _RANGES if first <= point <= last), OTHER)


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, frozenset[str]]]:
    content = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
    return {name: {code: frozenset(words.split()) for code, words in lists.items()} for name, lists in content.items()}


def among_shared(text: str, name: str) -> tuple[str, bool]:
    """The language of a text in a script that several use, and whether its letters and words told it plainly."""
    points: dict[str, float] = dict.fromkeys(_words()[name], 0.0)
    words = re.findall(r"[^\s.,;:!?\u060c\u061b\u061f\u06d4\u0964\"'()]+", text.lower())
    for word in words:
        for code, listed in _words()[name].items():
            points[code] += 1.0 if word in listed else 0.0
        for code, ending in _ENDINGS.get(name, {}).items():
            points[code] += 0.6 if ending.search(word) and word not in _words()[name]["hi"] else 0.0
    for code, letters in _LETTERS.get(name, {}).items():
        points[code] += sum(text.lower().count(letter) for letter in letters) * _LETTER_WORTH.get(code, 0.8)
    ordered = sorted(points, key=lambda code: (-points[code], list(points).index(code)))
    best, next_best = ordered[0], ordered[1]
    if points[best] == 0:
        return SHARED[name][0], False
    plain = points[best] - points[next_best] >= 1.0
    return (UNDETERMINED if best in _NOT_OFFERED else best), plain
