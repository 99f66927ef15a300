"""One answer in one language at one moment, from which the blocks of a text are cut."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from knowledge import clock
from knowledge.answers import ENGLISH, Answer, HelpLine, answer_or_english, file_name
from knowledge.contact_text import help_line
from knowledge.contacts import contact
from knowledge.files import remembered
from knowledge.languages import language
from knowledge.made_from import is_reviewed, stale_parts
from knowledge.phrase_book import words
from knowledge.placeholders import fill
from knowledge.rendered import ACTION, CONTACT, HEADING, NOTE, PARAGRAPH, Block, RenderedAnswer, long_text, short_text

SHORT, LONG = "short", "long"


class AnswerPage:
    """`lang` is that of the words themselves: English where the language asked for has no answer.

    `said_stale`: whether any of the words cut so far was made from an English that has changed.
    """

    def __init__(self, topic: str, lang: str, form: str, at: datetime | None, root: Path) -> None:
        if form not in (SHORT, LONG):
            raise ValueError(f"the form is {SHORT} or {LONG}, not {form!r}")
        self.said: Answer = answer_or_english(topic, lang, root)
        self.lang, self.form, self.root = self.said.lang, form, root
        self.at = clock.in_london(at) if at else clock.now()
        self.said_stale = False
        self._stale = _stale_texts(topic, self.lang, root)

    def english(self) -> AnswerPage:
        """The same in English."""
        return AnswerPage(self.said.topic, ENGLISH, self.form, self.at, self.root)

    def made(self, part: str, blocks: Iterable[Block]) -> RenderedAnswer:
        """The text of these blocks."""
        blocks = tuple(blocks)
        action = words("action_line", self.lang, root=self.root)
        text = short_text(blocks) if self.form == SHORT else long_text(blocks, action)
        return RenderedAnswer(
            topic=self.said.topic, part=part, title=self._filled(self.said.title), text=text, lang=self.lang,
            dir=language(self.lang, root=self.root).dir, form=self.form, related=self.said.related, blocks=blocks,
        )  # fmt: skip

    def paragraph(self, said: str) -> Block:
        """A paragraph of the answer."""
        return Block(PARAGRAPH, self._filled(said))

    def action(self, said: str) -> Block:
        """Something to do."""
        return Block(ACTION, self._filled(said))

    def heading(self, part: str) -> Block:
        """The heading of a part that every answer has."""
        return Block(HEADING, words(f"heading_{part}", self.lang, root=self.root))

    def heading_of(self, title: str) -> Block:
        """The heading of a section of this answer's own."""
        return Block(HEADING, self._filled(title))

    def contact(self, line: HelpLine) -> Block:
        """Who can help, and for what."""
        found = contact(line.contact, root=self.root)
        purpose = self._filled(line.purpose)
        return Block(CONTACT, help_line(found, purpose, self.at, self.lang, self.form, root=self.root))

    def meaning(self) -> list[Block]:
        """What it means for the worker."""
        return [self.heading("meaning"), *map(self.paragraph, self.said.meaning)]

    def actions(self) -> list[Block]:
        """What to do, the most important first."""
        return [self.heading("do"), *map(self.action, self.said.do)]

    def help(self) -> list[Block]:
        """Who can help."""
        return [self.heading("help"), *map(self.contact, self.said.help)]

    def doubt(self) -> list[Block]:
        """What is not sure, where something is not."""
        if not self.said.doubt:
            return []
        return [self.heading("doubt"), Block(NOTE, self._filled(self.said.doubt))]

    def not_reviewed(self) -> list[Block]:
        """That no speaker has read this translation; nothing where one has."""
        own = dict(self.said.texts())
        if is_reviewed(file_name(self.said.topic), self.lang, own, root=self.root):
            return []
        return [Block(NOTE, words("not_reviewed", self.lang, root=self.root))]

    def _filled(self, said: str) -> str:
        self.said_stale = self.said_stale or said in self._stale
        return fill(said, self.lang, self.at.date(), root=self.root)


@remembered
def _stale_texts(topic: str, lang: str, root: Path) -> frozenset[str]:
    """The texts of stale parts; all of them where parts have come or gone, as places then no longer agree."""
    if lang == ENGLISH:
        return frozenset()
    own, english = (dict(answer_or_english(topic, each, root).texts()) for each in (lang, ENGLISH))
    stale = stale_parts(file_name(topic), lang, english, root=root)
    if any(part not in own or part not in english for part in stale):
        return frozenset(own.values())
    return frozenset(own[part] for part in stale)
