"""The words of the rights checks: questions, outcomes, lines of sums and notes, one file a check and language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.files import ROOT, read_checked, remembered
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
    """The words of a check; English where the language lacks them. Raises CheckNotKnown or FileMalformed."""
    path = check_path(check, lang, root)
    if not path.is_file():
        if lang == ENGLISH:
            raise CheckNotKnown(f"there are no words for the check {check}")
        return check_words(check, ENGLISH, root)
    words = _words_from(lang, read_checked(path, checks_form(lang)))
    return words if lang == ENGLISH else replace(words, sources=check_words(check, ENGLISH, root).sources)


def worded_checks(lang: str = ENGLISH, root: Path = ROOT) -> tuple[str, ...]:
    """The checks that have words in a language, sorted."""
    return tuple(sorted(path.stem for path in (root / FOLDER / lang).glob("*.yml")))


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
