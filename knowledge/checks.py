"""The words of the rights checks: questions, outcomes, lines of sums and notes, one file a check and language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.files import ROOT, read_checked, remembered
from knowledge.made_from import beside_english, is_reviewed, stale_parts
from knowledge.shape import Check, identifier, list_of, record, table, text

FOLDER = "checks"
ENGLISH = "en"

_question = record(
    {"name": text, "ask": text, "help": text}, {"choices": table(identifier, text, 2), "again": table(identifier, text)}
)
_outcome = record(
    {"answer": text, "do": list_of(text, 1), "help": list_of(record({"contact": identifier, "for": text}), 1)},
    {"meaning": list_of(text, 1)},
)
_words: dict[str, Check] = {
    "check": identifier,
    "title": text,
    "intro": text,
    "questions": table(identifier, _question, 1),
    "outcomes": table(identifier, _outcome, 1),
    "sums": table(identifier, text),
    "notes": table(identifier, text),
}
_english_form: Check = record({**_words, "sources": list_of(identifier, 1)})
_translated_form: Check = record(_words)


class CheckNotKnown(LookupError):
    """There are no English words for a check of that name."""


@dataclass(frozen=True)
class QuestionWords:
    """`name` is what an answer is called when it is repeated or changed.

    `again`: by the reason why an answer cannot be right. `choices`: by the answer's key, as a button says it.
    """

    name: str
    ask: str
    help: str
    choices: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OutcomeWords:
    """`help`: contact and what it is for."""

    answer: str
    meaning: tuple[str, ...]
    do: tuple[str, ...]
    help: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CheckWords:
    """The words of one check in one language, with their placeholders."""

    check: str
    lang: str
    title: str
    intro: str
    questions: Mapping[str, QuestionWords]
    outcomes: Mapping[str, OutcomeWords]
    sums: Mapping[str, str]
    notes: Mapping[str, str]
    sources: tuple[str, ...]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with the place where it stands."""
        yield "title", self.title
        yield "intro", self.intro
        for key, question in self.questions.items():
            yield f"questions.{key}.name", question.name
            yield f"questions.{key}.ask", question.ask
            yield f"questions.{key}.help", question.help
            for part, words in (("choices", question.choices), ("again", question.again)):
                yield from ((f"questions.{key}.{part}.{name}", said) for name, said in words.items())
        for key, outcome in self.outcomes.items():
            yield f"outcomes.{key}.answer", outcome.answer
            helps = tuple(said for _, said in outcome.help)
            for part, texts in (("meaning", outcome.meaning), ("do", outcome.do), ("help", helps)):
                yield from ((f"outcomes.{key}.{part}[{place}]", said) for place, said in enumerate(texts))
        yield from ((f"sums.{key}", said) for key, said in self.sums.items())
        yield from ((f"notes.{key}", said) for key, said in self.notes.items())


def check_path(check: str, lang: str, root: Path = ROOT) -> Path:
    """Where the words of a check stand."""
    return root / FOLDER / lang / f"{check}.yml"


def checks_form(lang: str) -> Check:
    """The form of a check's words: a translation has no sources, which are those of the English."""
    return _english_form if lang == ENGLISH else _translated_form


@remembered
def check_words(check: str, lang: str = ENGLISH, root: Path = ROOT) -> CheckWords:
    """The words of a check; all in English where the language has no file of it.

    In a file what is lacking is English, and a stale sentence is followed by the English one (a stale word on a button
    gives way to it). Raises CheckNotKnown or FileMalformed.
    """
    if lang == ENGLISH or not check_path(check, lang, root).is_file():
        return _words_from(ENGLISH, _written(check, ENGLISH, root))
    source = dict(check_words(check, ENGLISH, root).texts())
    stale = frozenset(stale_parts(file_name(check), lang, source, root=root))
    return _words_from(lang, _merged(_written(check, ENGLISH, root), _written(check, lang, root), "", stale))


def own_words(check: str, lang: str, root: Path = ROOT) -> CheckWords:
    """The words of a check as the language's own file has them. Raises CheckNotKnown or FileMalformed."""
    return _words_from(lang, _written(check, lang, root))


def is_check_reviewed(check: str, lang: str, root: Path = ROOT) -> bool:
    """Whether a speaker has read the words of a check. Raises CheckNotKnown or FileMalformed."""
    return lang == ENGLISH or is_reviewed(file_name(check), lang, dict(own_words(check, lang, root).texts()), root=root)


def file_name(check: str) -> str:
    """What the record of a language calls the file of a check."""
    return f"{FOLDER}/{check}"


def worded_checks(lang: str = ENGLISH, root: Path = ROOT) -> tuple[str, ...]:
    """The checks that have words in a language, sorted."""
    return tuple(sorted(path.stem for path in (root / FOLDER / lang).glob("*.yml")))


def _written(check: str, lang: str, root: Path) -> dict[str, Any]:
    path = check_path(check, lang, root)
    if not path.is_file():
        raise CheckNotKnown(f"there are no words in {lang} for the check {check}")
    data: dict[str, Any] = read_checked(path, checks_form(lang))
    return data


def _merged(english: Any, own: Any, part: str, stale: frozenset[str]) -> Any:
    """The own words in the shape of the English. `part`: named as in `CheckWords.texts`."""
    if isinstance(english, dict) and "contact" in english:
        said = own["for"] if isinstance(own, dict) and own.get("contact") == english["contact"] else None
        return {**english, "for": _merged(english["for"], said, part, stale)}
    if isinstance(english, dict):
        known = own if isinstance(own, dict) else {}
        below = f"{part}." if part else ""
        return {key: _merged(each, known.get(key), f"{below}{key}", stale) for key, each in english.items()}
    if isinstance(english, list):
        as_long = isinstance(own, list) and len(own) == len(english)
        each_own = own if as_long else [None] * len(english)
        pairs = enumerate(zip(english, each_own, strict=True))
        return [_merged(one, other, f"{part}[{place}]", stale) for place, (one, other) in pairs]
    if not isinstance(own, str):
        return english
    return beside_english(_line(own), _line(english)) if part in stale else own


def _words_from(lang: str, data: dict[str, Any]) -> CheckWords:
    return CheckWords(
        check=data["check"],
        lang=lang,
        title=_line(data["title"]),
        intro=_line(data["intro"]),
        questions={
            key: QuestionWords(
                _line(entry["name"]),
                _line(entry["ask"]),
                _line(entry["help"]),
                _lines(entry.get("choices")),
                _lines(entry.get("again")),
            )
            for key, entry in data["questions"].items()
        },
        outcomes={
            key: OutcomeWords(
                _line(entry["answer"]),
                tuple(_line(said) for said in entry.get("meaning", ())),
                tuple(_line(said) for said in entry["do"]),
                tuple((line["contact"], _line(line["for"])) for line in entry["help"]),
            )
            for key, entry in data["outcomes"].items()
        },
        sums=_lines(data["sums"]),
        notes=_lines(data["notes"]),
        sources=tuple(data.get("sources", ())),
    )


def _lines(words: dict[str, str] | None) -> dict[str, str]:
    return {key: _line(said) for key, said in (words or {}).items()}


def _line(said: str) -> str:
    return " ".join(said.split())
