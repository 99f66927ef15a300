"""Situations a worker may name after an answer ("and if I am on a zero-hours contract?")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from knowledge.files import ROOT, read_checked, remembered
from knowledge.languages import language_code
from knowledge.shape import identifier, list_of, record, table, text

FILE = "situations.yml"
ENGLISH = "en"
situations_form = table(
    identifier,
    record({"title": table(language_code, text, 1), "words": table(language_code, list_of(text, 1), 1)}),
    at_least=1,
)


class SituationNotKnown(LookupError):
    """No situation of that name stands in the registry."""


@dataclass(frozen=True)
class Situation:
    """`titles` and `words` by language: what we call it, and what people say when they are in it."""

    id: str
    titles: dict[str, str]
    words: dict[str, tuple[str, ...]]

    def title(self, lang: str = "en") -> str:
        """What we call it, in English where the language has no word for it yet."""
        return self.titles.get(lang, self.titles[ENGLISH])


def situation(situation_id: str, *, root: Path = ROOT) -> Situation:
    """One situation. Raises SituationNotKnown."""
    try:
        return all_situations(root)[situation_id]
    except KeyError as error:
        raise SituationNotKnown(f"there is no situation {situation_id}") from error


def situations_in_text(words: str, lang: str = "en", *, root: Path = ROOT) -> tuple[str, ...]:
    """The situations a worker's words name, in their language or in English, in the order in which they are named."""
    said = _plain(words)
    found: dict[str, int] = {}
    for situation_id, pattern in _patterns(lang, root).items():
        hit = pattern.search(said)
        if hit is not None:
            found[situation_id] = hit.start()
    return tuple(sorted(found, key=lambda situation_id: found[situation_id]))


@remembered
def all_situations(root: Path = ROOT) -> dict[str, Situation]:
    """Every situation by its id. Raises FileMalformed."""
    data = read_checked(root / FILE, situations_form)
    return {
        situation_id: Situation(
            situation_id, dict(entry["title"]), {lang: tuple(words) for lang, words in entry["words"].items()}
        )
        for situation_id, entry in data.items()
    }


@remembered
def _patterns(lang: str, root: Path) -> dict[str, re.Pattern[str]]:
    patterns: dict[str, re.Pattern[str]] = {}
    for situation_id, each in all_situations(root).items():
        words = dict.fromkeys((*each.words.get(lang, ()), *each.words[ENGLISH]))
        if words:
            longest_first = sorted((re.escape(_plain(word)) for word in words), key=len, reverse=True)
            patterns[situation_id] = re.compile(r"(?<!\w)(?:" + "|".join(longest_first) + r")(?!\w)")
    return patterns


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[-'’_]", " ", words.casefold()).split())
