"""The words of the web chat and of the plain pages around answers and checks, one file a language.

A page has its own words in one language only: where a language lacks some of them, all are English. A stale sentence is
followed by the English one, a stale word or button gives way to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.files import ROOT, read_checked, remembered
from knowledge.languages import language
from knowledge.made_from import beside_english, stale_parts
from knowledge.phrase_book import phrases_form
from knowledge.placeholders import fill

FOLDER = "page_words"
ENGLISH = "en"


@dataclass(frozen=True)
class PageWords:
    """Words by key, with numbers of contacts set in, and the language they are really in. `dir`: ltr or rtl."""

    lang: str
    dir: str
    words: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def with_values(self, key: str, **values: object) -> str:
        """Words with plain values set in."""
        said = self.words[key]
        for name, value in values.items():
            said = said.replace("{" + name + "}", str(value))
        return said


def page_words(lang: str = ENGLISH, *, root: Path = ROOT) -> PageWords:
    """The words of a page in that language, or all of them in English. Raises FileMalformed or ContactNotKnown."""
    english = page_book(ENGLISH, root)
    own = page_book(lang, root)
    spoken = lang if set(own) >= set(english) else ENGLISH
    said = own if spoken == lang else english
    stale = frozenset(stale_parts(FOLDER, spoken, english, root=root))
    told = {key: beside_english(said[key], english[key]) if key in stale else said[key] for key in english}
    filled = {key: fill(each, spoken, root=root) for key, each in told.items()}
    return PageWords(spoken, language(spoken, root=root).dir, filled)


def page_languages(root: Path = ROOT) -> tuple[str, ...]:
    """The languages in which a page has all of its own words, sorted."""
    english = set(page_book(ENGLISH, root))
    books = sorted(path.stem for path in (root / FOLDER).glob("*.yml"))
    return tuple(lang for lang in books if set(page_book(lang, root)) >= english)


@remembered
def page_book(lang: str, root: Path = ROOT) -> dict[str, str]:
    """Every word of a language as written; empty where it has no file. Raises FileMalformed."""
    path = root / FOLDER / f"{lang}.yml"
    if not path.is_file():
        return {}
    book: dict[str, str] = read_checked(path, phrases_form)
    return {key: " ".join(said.split()) for key, said in book.items()}
