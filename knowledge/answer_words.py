"""Short answers to a question of ours: yes, no, skip, and the names of its choices. Read once, at import."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from knowledge.files import ROOT, read_checked
from knowledge.shape import identifier, list_of, table, text

FOLDER = "answer_words"
ENGLISH = "en"
_LONGEST = 40
answer_words_form = table(identifier, list_of(text, 1), 1)


def answer_word(said: str, lang: str = ENGLISH) -> str | None:
    """What the whole message means as an answer: "yes", "no", "skip", "leave" ...; None when it is something else.

    The words of the language count, and the English ones.
    """
    if len(said) > _LONGEST:
        return None
    bare = bare_words(said)
    own = _MEANINGS.get(lang, {}).get(bare)
    return own or _MEANINGS[ENGLISH].get(bare)


def bare_words(said: str) -> str:
    """Letters, marks and digits in one case, words divided by one space; everything else is dropped."""
    folded = unicodedata.normalize("NFKC", said).casefold()
    dropped = "'\u2019\u200d\u200c"
    kept = "".join(ch if unicodedata.category(ch)[0] in "LMN" else " " for ch in folded if ch not in dropped)
    return " ".join(kept.split())


def _load() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in sorted((ROOT / FOLDER).glob("*.yml")):
        for meaning, spellings in read_checked(path, answer_words_form).items():
            for spelling in spellings:
                found.setdefault(path.stem, {}).setdefault(bare_words(spelling), meaning)
    return found


_MEANINGS = _load()
