"""Answers as a worker reads them: short for a text message, long for a page, and the parts asked for later.

Every function takes the moment for which the text is made (`at`, now if none is given): figures are those of that
day, and contacts are open or closed at that time. Where the language has no answer, the English one is given and says
so in its `lang`; where a translation is stale, the English stands in `beside`. Raises TopicNotKnown,
TopicNotInLanguage (not even in English), FigureNotKnown, ContactNotKnown, SourceNotKnown or PlaceholderMalformed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from knowledge.answer_page import SHORT, AnswerPage
from knowledge.answers import ENGLISH, answer_or_english
from knowledge.files import ROOT
from knowledge.formats import date_text
from knowledge.phrase_book import words
from knowledge.rendered import PARAGRAPH, Block, RenderedAnswer
from knowledge.sources import source

__all__ = [
    "LONG", "SHORT", "SituationNotInAnswer", "answer_text", "help_text", "if_text", "more_parts", "section_text",
    "situations_answered", "source_text", "why_text",
]  # fmt: skip
LONG = "long"


class SituationNotInAnswer(LookupError):
    """The answer says nothing about that situation."""


def answer_text(
    topic: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """The answer: the line that answers, one action and one contact (short), or all of it (long).

    The last line of a translation that no speaker has read says so.
    """

    def blocks(page: AnswerPage) -> Iterable[Block]:
        said = page.said
        yield page.paragraph(said.answer)
        if form == SHORT:
            yield page.action(said.do[0])
            yield page.contact(said.help[0])
        else:
            yield from (*page.meaning(), *page.actions(), *page.help(), *page.doubt())
            for each in said.sections:
                yield from (page.heading_of(each.title), *map(page.paragraph, each.paragraphs))
        yield from page.not_reviewed()

    return _made("answer", blocks, AnswerPage(topic, lang, form, at, root))


def more_parts(topic: str, lang: str = "en", *, root: Path = ROOT) -> tuple[str, ...]:
    """The parts that "more" gives one after the other once the short answer has been read."""
    said, english = (answer_or_english(topic, each, root) for each in (lang, ENGLISH))
    rest = ("do",) if len(said.do) > 1 else ()
    sections = dict.fromkeys(each.id for each in (*said.sections, *english.sections))
    return ("meaning", *rest, *sections, *(("doubt",) if said.doubt or english.doubt else ()))


def section_text(
    topic: str, section: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """One part of `more_parts`. Raises SectionNotInAnswer."""

    def blocks(page: AnswerPage) -> Iterable[Block]:
        if section == "meaning":
            return page.meaning()
        if section == "do":
            return page.actions()
        if section == "doubt" and page.said.doubt:
            return page.doubt()
        found = page.said.section(section)
        return [page.heading_of(found.title), *map(page.paragraph, found.paragraphs)]

    page = AnswerPage(topic, lang, form, at, root)
    own = page.said.doubt if section == "doubt" else any(each.id == section for each in page.said.sections)
    return _made(section, blocks, page if own or section in ("meaning", "do") else page.english())


def help_text(
    topic: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """Who can help with this topic."""
    return _made("help", AnswerPage.help, AnswerPage(topic, lang, form, at, root))


def why_text(
    topic: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """The law or the reason behind the answer, and what is not sure; whom to ask where none is written."""

    def blocks(page: AnswerPage) -> Iterable[Block]:
        if page.said.why:
            return [page.heading("why"), page.paragraph(page.said.why), *page.doubt()]
        return [Block(PARAGRAPH, words("why_not_known", page.lang, root=root)), *page.help()]

    return _made("why", blocks, AnswerPage(topic, lang, form, at, root))


def source_text(
    topic: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """Where the answer was read and when we last checked it: the first source (short), or all with their links."""
    page = AnswerPage(topic, lang, form, at, root)
    blocks = [page.heading("sources")]
    for source_id in page.said.sources[: 1 if form == SHORT else None]:
        found = source(source_id, root=root)
        parts = [words("source_line", page.lang, root=root, title=found.title, publisher=found.publisher)]
        parts.append(words("checked_on", page.lang, root=root, date=date_text(found.checked_on, page.lang)))
        if found.link and form == LONG:
            parts.append(words("source_link", page.lang, root=root, link=found.link))
        blocks.append(Block(PARAGRAPH, " ".join(parts)))
    return page.made("source", blocks)


def situations_answered(topic: str, lang: str = "en", *, root: Path = ROOT) -> tuple[str, ...]:
    """The situations this answer has words for."""
    said, english = (answer_or_english(topic, each, root) for each in (lang, ENGLISH))
    return tuple(dict.fromkeys((*said.in_my_case, *english.in_my_case)))


def if_text(
    topic: str, situation: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """What holds in one situation ("and if I am on a zero-hours contract?"). Raises SituationNotInAnswer."""

    def blocks(page: AnswerPage) -> Iterable[Block]:
        if situation not in page.said.in_my_case:
            raise SituationNotInAnswer(f"the answer on {topic} has no words for {situation}")
        return [page.paragraph(page.said.in_my_case[situation])]

    page = AnswerPage(topic, lang, form, at, root)
    return _made("if", blocks, page if situation in page.said.in_my_case else page.english())


def _made(part: str, blocks: Callable[[AnswerPage], Iterable[Block]], page: AnswerPage) -> RenderedAnswer:
    """The text, and the same of the English where what was said of the translation is stale."""
    made = page.made(part, blocks(page))
    if not page.said_stale:
        return made
    english = page.english()
    return replace(made, beside=english.made(part, blocks(english)))
