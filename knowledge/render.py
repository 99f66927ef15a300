"""Answers as a worker reads them: short for a text message, long for a page, and the parts asked for later.

Every function takes the moment for which the text is made (`at`, now if none is given): figures are those of that
day, and contacts are open or closed at that time. Raises TopicNotKnown, TopicNotInLanguage, FigureNotKnown,
ContactNotKnown, SourceNotKnown or PlaceholderMalformed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from knowledge import clock
from knowledge.answers import Answer, HelpLine, answer
from knowledge.contact_text import help_line
from knowledge.contacts import contact
from knowledge.files import ROOT
from knowledge.formats import date_text
from knowledge.languages import language
from knowledge.phrase_book import words
from knowledge.placeholders import fill
from knowledge.rendered import ACTION, CONTACT, HEADING, NOTE, PARAGRAPH, Block, RenderedAnswer, long_text, short_text
from knowledge.sources import source

SHORT, LONG = "short", "long"


class SituationNotInAnswer(LookupError):
    """The answer says nothing about that situation."""


def answer_text(
    topic: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """The answer: the line that answers, one action and one contact (short), or all of it (long)."""
    page = _Page(topic, lang, form, at, root)
    said = page.said
    first = page.paragraph(said.answer)
    if form == SHORT:
        return page.made("answer", [first, page.action(said.do[0]), page.contact(said.help[0])])
    blocks = [first, *page.meaning(), *page.actions(), *page.help(), *page.doubt()]
    for each in said.sections:
        blocks += [page.heading_of(each.title), *map(page.paragraph, each.paragraphs)]
    return page.made("answer", blocks)


def more_parts(topic: str, lang: str = "en", *, root: Path = ROOT) -> tuple[str, ...]:
    """The parts that "more" gives one after the other once the short answer has been read."""
    said = answer(topic, lang, root)
    rest = ("do",) if len(said.do) > 1 else ()
    return ("meaning", *rest, *(each.id for each in said.sections), *(("doubt",) if said.doubt else ()))


def section_text(
    topic: str, section: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """One part of `more_parts`. Raises SectionNotInAnswer."""
    page = _Page(topic, lang, form, at, root)
    if section == "meaning":
        return page.made(section, page.meaning())
    if section == "do":
        return page.made(section, page.actions())
    if section == "doubt" and page.said.doubt:
        return page.made(section, page.doubt())
    found = page.said.section(section)
    return page.made(section, [page.heading_of(found.title), *map(page.paragraph, found.paragraphs)])


def help_text(
    topic: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """Who can help with this topic."""
    page = _Page(topic, lang, form, at, root)
    return page.made("help", page.help())


def why_text(
    topic: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """The law or the reason behind the answer, and what is not sure; whom to ask where none is written."""
    page = _Page(topic, lang, form, at, root)
    if page.said.why:
        return page.made("why", [page.heading("why"), page.paragraph(page.said.why), *page.doubt()])
    return page.made("why", [page.paragraph(words("why_not_known", lang, root=root)), *page.help()])


def source_text(
    topic: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """Where the answer was read and when we last checked it: the first source (short), or all with their links."""
    page = _Page(topic, lang, form, at, root)
    blocks = [page.heading("sources")]
    for source_id in page.said.sources[: 1 if form == SHORT else None]:
        found = source(source_id, root=root)
        parts = [words("source_line", lang, root=root, title=found.title, publisher=found.publisher)]
        parts.append(words("checked_on", lang, root=root, date=date_text(found.checked_on, lang)))
        if found.link and form == LONG:
            parts.append(words("source_link", lang, root=root, link=found.link))
        blocks.append(Block(PARAGRAPH, " ".join(parts)))
    return page.made("source", blocks)


def situations_answered(topic: str, lang: str = "en", *, root: Path = ROOT) -> tuple[str, ...]:
    """The situations this answer has words for."""
    return tuple(answer(topic, lang, root).in_my_case)


def if_text(
    topic: str, situation: str, lang: str = "en", form: str = LONG, at: datetime | None = None, *, root: Path = ROOT
) -> RenderedAnswer:
    """What holds in one situation ("and if I am on a zero-hours contract?"). Raises SituationNotInAnswer."""
    page = _Page(topic, lang, form, at, root)
    said = page.said.in_my_case.get(situation)
    if said is None:
        raise SituationNotInAnswer(f"the answer on {topic} has no words for {situation}")
    return page.made("if", [page.paragraph(said)])


class _Page:
    """One answer at one moment, from which blocks are cut."""

    def __init__(self, topic: str, lang: str, form: str, at: datetime | None, root: Path) -> None:
        if form not in (SHORT, LONG):
            raise ValueError(f"the form is {SHORT} or {LONG}, not {form!r}")
        self.said: Answer = answer(topic, lang, root)
        self.lang, self.form, self.root = lang, form, root
        self.at = clock.in_london(at) if at else clock.now()

    def made(self, part: str, blocks: Iterable[Block]) -> RenderedAnswer:
        blocks = tuple(blocks)
        action = words("action_line", self.lang, root=self.root)
        text = short_text(blocks) if self.form == SHORT else long_text(blocks, action)
        return RenderedAnswer(
            topic=self.said.topic, part=part, title=self._filled(self.said.title), text=text, lang=self.lang,
            dir=language(self.lang, root=self.root).dir, form=self.form, related=self.said.related, blocks=blocks,
        )  # fmt: skip

    def paragraph(self, said: str) -> Block:
        return Block(PARAGRAPH, self._filled(said))

    def action(self, said: str) -> Block:
        return Block(ACTION, self._filled(said))

    def heading(self, part: str) -> Block:
        return Block(HEADING, words(f"heading_{part}", self.lang, root=self.root))

    def heading_of(self, title: str) -> Block:
        return Block(HEADING, self._filled(title))

    def contact(self, line: HelpLine) -> Block:
        found = contact(line.contact, root=self.root)
        purpose = self._filled(line.purpose)
        return Block(CONTACT, help_line(found, purpose, self.at, self.lang, self.form, root=self.root))

    def meaning(self) -> list[Block]:
        return [self.heading("meaning"), *map(self.paragraph, self.said.meaning)]

    def actions(self) -> list[Block]:
        return [self.heading("do"), *map(self.action, self.said.do)]

    def help(self) -> list[Block]:
        return [self.heading("help"), *map(self.contact, self.said.help)]

    def doubt(self) -> list[Block]:
        if not self.said.doubt:
            return []
        return [self.heading("doubt"), Block(NOTE, self._filled(self.said.doubt))]

    def _filled(self, said: str) -> str:
        return fill(said, self.lang, self.at.date(), root=self.root)
