"""The files of a language pack, of every kind, each as texts by part: what is counted, stamped and reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge import (
    answer_words,
    answers,
    checks,
    page_words,
    phrase_book,
    register_words,
    safety_file,
    sign_files,
    situations,
    spoken,
)
from knowledge.files import ROOT, read_checked, read_yaml
from knowledge.formats import supplied
from knowledge.made_from import ENGLISH, Texts, stale_parts
from knowledge.topics import all_checks, all_topics

KEYWORDS = "keywords"


@dataclass(frozen=True)
class Kind:
    """A kind of file. `items`: the files of the kind in its folder, none where it is a single file.

    `whole`: a translation must follow the English part by part; of the others it may have some parts and lack the rest.
    `sent`: words that workers send. They are no translation of the English ones: only parts that come or go are told.
    """

    folder: str
    texts: Callable[[str, str, Path], Texts]
    items: Callable[[Path], tuple[str, ...]] | None = None
    whole: bool = False
    sent: bool = False

    def names(self, root: Path) -> tuple[str, ...]:
        """The files a pack must have, as the record calls them."""
        return (self.folder,) if self.items is None else tuple(f"{self.folder}/{each}" for each in self.items(root))

    def path(self, name: str, lang: str, root: Path) -> Path:
        """Where a file of the kind stands in a language."""
        _, _, item = name.partition("/")
        return root / self.folder / lang / f"{item}.yml" if item else root / self.folder / f"{lang}.yml"

    def parts(self, name: str, lang: str, root: Path) -> Texts:
        """The texts of a file; none where the language lacks it. Raises FileMalformed."""
        exists = (self.folder == register_words.FOLDER and lang == ENGLISH) or self.path(name, lang, root).is_file()
        return self.texts(name.partition("/")[2], lang, root) if exists else {}

    def english(self, name: str, root: Path) -> Texts:
        """What a translation of the file is made from."""
        if self.folder == sign_files.FOLDER:
            return _sign_meanings(root)
        read = self.parts(name, ENGLISH, root)
        return {part: part for part in read} if self.sent else read

    def stale(self, name: str, lang: str, root: Path) -> tuple[str, ...]:
        """The stale parts of a file that is there. Parts that are simply not there yet are holes."""
        own = self.parts(name, lang, root)
        if not own:
            return ()
        stale = stale_parts(name, lang, self.english(name, root), root=root)
        return stale if self.whole else tuple(part for part in stale if part in own)

    def holes(self, name: str, lang: str, root: Path) -> tuple[str, ...]:
        """The parts that the English has and the language lacks; the file itself where there is none."""
        own = self.parts(name, lang, root)
        if not own:
            return ("all of it",)
        phrases = self.folder == phrase_book.FOLDER
        return tuple(
            part for part in self.english(name, root) if part not in own and not (phrases and supplied(part, lang))
        )


def _answer(topic: str, lang: str, root: Path) -> Texts:
    return dict(answers.answer(topic, lang, root).texts())


def _check(check: str, lang: str, root: Path) -> Texts:
    return dict(checks.own_words(check, lang, root).texts())


def _phrases(_: str, lang: str, root: Path) -> Texts:
    return phrase_book.phrase_book(lang, root)


def _safety(_: str, lang: str, root: Path) -> Texts:
    return safety_file.texts_by_part(read_checked(root / safety_file.FOLDER / f"{lang}.yml", safety_file.safety_form))


def _lists(folder: str) -> Callable[[str, str, Path], Texts]:
    def texts(_: str, lang: str, root: Path) -> Texts:
        data: Mapping[str, Any] = read_yaml(root / folder / f"{lang}.yml") or {}
        return {part: "\n".join(map(str, said)) for part, said in data.items()}

    return texts


def _signs(_: str, lang: str, root: Path) -> Texts:
    data = read_yaml(root / sign_files.FOLDER / f"{lang}.yml")
    return {sign: repr(phrases) for sign, phrases in ((data or {}).get("signs") or {}).items()}


def _sign_meanings(root: Path) -> Texts:
    """Phrases of a sign are written from what the sign means."""
    signs = read_yaml(root / sign_files.FILE)["signs"]
    return {sign: f"{entry['level']}: {entry['worker']}" for sign, entry in signs.items()}


def _topics(root: Path) -> tuple[str, ...]:
    return tuple(each.id for each in all_topics(root))


def _checks(root: Path) -> tuple[str, ...]:
    return tuple(each.id for each in all_checks(root) if checks.check_path(each.id, ENGLISH, root).is_file())


KINDS: tuple[Kind, ...] = (
    Kind(answers.FOLDER, _answer, _topics, whole=True),
    Kind(checks.FOLDER, _check, _checks, whole=True),
    Kind(phrase_book.FOLDER, _phrases),
    Kind(register_words.FOLDER, lambda _, lang, root: register_words.texts(lang, root)),
    Kind(page_words.FOLDER, lambda _, lang, root: page_words.page_book(lang, root)),
    Kind(safety_file.FOLDER, _safety, whole=True),
    Kind(KEYWORDS, _lists(KEYWORDS), sent=True),
    Kind(sign_files.FOLDER, _signs),
    Kind(answer_words.FOLDER, _lists(answer_words.FOLDER), sent=True),
    Kind(spoken.FOLDER, _lists(spoken.FOLDER), sent=True),
    Kind(situations.FOLDER, _lists(situations.FOLDER), sent=True),
)


def every_file(root: Path = ROOT) -> Iterator[tuple[Kind, str]]:
    """Each file that a pack must have, whether it is there or not."""
    for kind in KINDS:
        yield from ((kind, name) for name in kind.names(root))


def kind_of(name: str) -> Kind:
    """The kind of a file by its name in the record. Raises KeyError."""
    return {kind.folder: kind for kind in KINDS}[name.partition("/")[0]]
