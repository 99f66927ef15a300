"""One answer: the words about one topic in one language, parsed from its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.files import ROOT, read_checked, remembered
from knowledge.guidance_note import GuidanceNote, note_form, notes_from
from knowledge.shape import Check, identifier, list_of, optional, record, table, text
from knowledge.topics import topic as registered_topic

FOLDER = "answers"
ENGLISH = "en"
PARTS = ("answer", "meaning", "do", "help", "if", "why", "doubt", "sources", "guidance", "more")
_help = record({"contact": identifier, "for": text})
_section = record({"id": identifier, "title": text, "text": list_of(text, 1)})
_words = {
    "topic": identifier,
    "title": text,
    "answer": text,
    "meaning": list_of(text, 1),
    "do": list_of(text, 1),
    "help": list_of(_help, 1),
}
_more_words = {
    "sections": list_of(_section),
    "if": table(identifier, text),
    "why": optional(text),
    "doubt": optional(text),
}
_english_form = record(
    {**_words, "sources": list_of(text, 1)},
    {**_more_words, "related": list_of(identifier, 1), "guidance": list_of(note_form)},
)
_translated_form = record(_words, _more_words)


class TopicNotInLanguage(LookupError):
    """The topic has no answer in that language."""


class SectionNotInAnswer(LookupError):
    """The answer has no section of that name."""


@dataclass(frozen=True)
class HelpLine:
    """A contact, and what it is good for here."""

    contact: str
    purpose: str


@dataclass(frozen=True)
class AnswerSection:
    """A further part of an answer, in paragraphs."""

    id: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """The words as written, placeholders not yet filled. `in_my_case`: texts by situation."""

    topic: str
    lang: str
    title: str
    answer: str
    meaning: tuple[str, ...]
    do: tuple[str, ...]
    help: tuple[HelpLine, ...]
    sections: tuple[AnswerSection, ...]
    in_my_case: dict[str, str]
    why: str | None
    doubt: str | None
    sources: tuple[str, ...]
    related: tuple[str, ...]
    guidance: tuple[GuidanceNote, ...]

    def section(self, section_id: str) -> AnswerSection:
        """One of the further sections. Raises SectionNotInAnswer."""
        for each in self.sections:
            if each.id == section_id:
                return each
        raise SectionNotInAnswer(f"the answer on {self.topic} has no section {section_id}")

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text a worker may read, each with the part it stands in."""
        yield "title", self.title
        yield "answer", self.answer
        yield from ((f"meaning[{place}]", words) for place, words in enumerate(self.meaning))
        yield from ((f"do[{place}]", words) for place, words in enumerate(self.do))
        yield from ((f"help[{place}]", each.purpose) for place, each in enumerate(self.help))
        for each in self.sections:
            yield f"sections.{each.id}.title", each.title
            yield from ((f"sections.{each.id}[{place}]", words) for place, words in enumerate(each.paragraphs))
        yield from ((f"if.{situation}", words) for situation, words in self.in_my_case.items())
        if self.why:
            yield "why", self.why
        if self.doubt:
            yield "doubt", self.doubt


@remembered
def answer(topic: str, lang: str = "en", root: Path = ROOT) -> Answer:
    """The answer on a topic. Raises TopicNotKnown, TopicNotInLanguage or FileMalformed."""
    registered = registered_topic(topic, root=root)
    path = answer_path(topic, lang, root)
    if not path.is_file():
        raise TopicNotInLanguage(f"{topic} has no answer in {lang}")
    data = read_checked(path, answer_form(lang))
    if lang == ENGLISH:
        return _answer_from(data, lang, registered.related)
    english = answer(topic, ENGLISH, root)
    return replace(_answer_from(data, lang, english.related), sources=english.sources, guidance=english.guidance)


def answer_or_english(topic: str, lang: str, root: Path = ROOT) -> Answer:
    """The answer in the language, else in English. Raises TopicNotKnown, TopicNotInLanguage or FileMalformed."""
    try:
        return answer(topic, lang, root)
    except TopicNotInLanguage:
        return answer(topic, ENGLISH, root)


def file_name(topic: str) -> str:
    """What the record of a language calls the file of an answer."""
    return f"{FOLDER}/{topic}"


def answer_form(lang: str) -> Check:
    """The form of a file: a translation has no sources, related topics or notes, which are those of the English."""
    return _english_form if lang == ENGLISH else _translated_form


def answer_path(topic: str, lang: str, root: Path = ROOT) -> Path:
    """Where the answer's file stands, or would stand."""
    return root / FOLDER / lang / f"{topic}.yml"


def answered_topics(lang: str, root: Path = ROOT) -> tuple[str, ...]:
    """The topics that have a file in the language, sorted."""
    return tuple(sorted(path.stem for path in (root / FOLDER / lang).glob("*.yml")))


def answer_languages(root: Path = ROOT) -> tuple[str, ...]:
    """The languages that have any answer, sorted."""
    folder = root / FOLDER
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir())) if folder.is_dir() else ()


def topic_title(topic: str, lang: str = "en", *, root: Path = ROOT) -> str:
    """The topic's words on a button: from its answer, else the English ones."""
    try:
        return answer_or_english(topic, lang, root).title
    except TopicNotInLanguage:
        return registered_topic(topic, root=root).menu


def _answer_from(data: dict[str, Any], lang: str, related: tuple[str, ...]) -> Answer:
    return Answer(
        topic=data["topic"],
        lang=lang,
        title=_joined(data["title"]),
        answer=_joined(data["answer"]),
        meaning=_each(data["meaning"]),
        do=_each(data["do"]),
        help=tuple(HelpLine(entry["contact"], _joined(entry["for"])) for entry in data["help"]),
        sections=tuple(
            AnswerSection(entry["id"], _joined(entry["title"]), _each(entry["text"]))
            for entry in data.get("sections", [])
        ),
        in_my_case={situation: _joined(words) for situation, words in data.get("if", {}).items()},
        why=_joined(data["why"]) if data.get("why") else None,
        doubt=_joined(data["doubt"]) if data.get("doubt") else None,
        sources=tuple(data.get("sources", ())),
        related=tuple(data.get("related", related)),
        guidance=notes_from(data.get("guidance", [])),
    )


def _joined(words: str) -> str:
    return " ".join(words.split())


def _each(paragraphs: list[str]) -> tuple[str, ...]:
    return tuple(_joined(words) for words in paragraphs)
