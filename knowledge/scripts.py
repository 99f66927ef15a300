"""Which letters belong to a language: by the scripts of the registry (ISO 15924) and Unicode's names of letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

LATIN = "Latn"
_NAMED = {
    "Latn": "LATIN", "Deva": "DEVANAGARI", "Arab": "ARABIC", "Beng": "BENGALI", "Cyrl": "CYRILLIC", "Gujr": "GUJARATI",
    "Guru": "GURMUKHI", "Mlym": "MALAYALAM", "Sinh": "SINHALA", "Taml": "TAMIL", "Telu": "TELUGU",
}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"')
_SHARE = 0.3
FEW_WORDS = 3


def script_reasons(said: str, script: str) -> list[str]:
    """Why a text is not in the script. Latin letters are let pass beside another script: names of bodies stay English.

    What stands in quotation marks may be English too. Of more than three words, three letters in ten must be of the
    script: that much is left where a line names bodies and papers.
    """
    letters = _letters(said)
    wanted = _NAMED.get(script)
    if wanted is None:
        return []
    foreign = sorted(set(letters) - {wanted, _NAMED[LATIN], "OTHER"})
    reasons = [f"letters of another script: {', '.join(foreign).lower()}"] if foreign else []
    unquoted = _QUOTED.sub(" ", said)
    own = _letters(unquoted)
    if len(unquoted.split()) > FEW_WORDS and own[wanted] < _SHARE * own.total():
        reasons.append(f"{own[wanted]} of {own.total()} letters are {wanted.lower()}")
    return reasons


def _letters(said: str) -> Counter[str]:
    """The letters by script, with the signs for vowels that stand on them."""
    return Counter(_script(each) for each in said if unicodedata.category(each)[0] in "LM")


@cache
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in _NAMED.values() else "OTHER"
