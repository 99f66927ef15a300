"""Our answers in a language without a pack: made ahead by the worker, only read on the way of a message.

What is translated are the lines of the knowledge base as they stand today, each by itself, found again by a hash of its
English. Nothing of a conversation comes in here: a line that is not there is simply English.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.answers import answered_topics
from knowledge.language_words import machine_mark
from knowledge.languages import LanguageNotKnown, all_languages
from knowledge.languages import language as registered
from knowledge.render import (
    LONG,
    SHORT,
    answer_text,
    help_text,
    if_text,
    more_parts,
    section_text,
    situations_answered,
    why_text,
)
from webhook.channels.messages import Draft
from webhook.conversations.upsert import insert_new
from webhook.database import Database, utc_now
from webhook.logs import logger
from webhook.translation.models import MachineAnswer
from webhook.translation.packages import ENGLISH, can_translate
from webhook.translation.process import NOT_STARTED
from webhook.translation.translator import NeverTranslated, NoTranslation, PairNotInstalled, Translator

log = logger(__name__)

ENOUGH = 0.5
"""So great a part of an answer's lines must be there for a translation to be shown at all."""
MOST_TRIES = 3
_failures: Counter[tuple[str, str]] = Counter()
"""How often the process hung or died on a line, by language and the line's mark."""


def with_translations(db: Session, drafts: Sequence[Draft], language: str) -> list[Draft]:
    """The drafts, and before each English answer what a machine made of it, marked; the English stays beneath."""
    if not _needs_machine(language) or not any(_may_be_translated(draft) for draft in drafts):
        return list(drafts)
    said: list[Draft] = []
    for draft in drafts:
        text = _read(db, draft.text, language) if _may_be_translated(draft) else None
        if text is not None:
            words = f"{machine_mark(language)}\n{text}"
            said.append(replace(draft, text=words, lang=language, dir=registered(language).dir, choices=(), file=None))
        said.append(draft)
    return said


def languages_served() -> list[str]:
    """The languages without a pack for which a package is there."""
    return [code for code in all_languages() if _needs_machine(code) and can_translate(ENGLISH, code)]


def missing(db: Session, language: str) -> Iterator[str]:
    """The lines of the answers that were not translated into this language yet, those of short answers first."""
    there = set(db.scalars(select(MachineAnswer.english_hash).where(MachineAnswer.language == language)).all())
    for line in our_lines():
        if mark(line) not in there:
            yield line


def translate_line(database: Database, translator: Translator, line: str, language: str) -> bool:
    """Make one line and keep it, withheld or not. False when the process failed, so that the line is tried again.

    A line that fails too often is withheld, or no line behind it would ever be made. Raises DatabaseUnavailable.
    """
    failed = (language, mark(line))
    try:
        text = translator.translate(line, ENGLISH, language).text
    except (NeverTranslated, PairNotInstalled):
        text = None
    except NoTranslation as fault:
        log.warning("answer_not_translated", reason=fault.reason)
        if fault.reason == NOT_STARTED:
            return False
        _failures[failed] += 1
        if _failures[failed] < MOST_TRIES:
            return False
        text = None
    _failures.pop(failed, None)
    with database.unit_of_work() as db:
        insert_new(db, MachineAnswer, language=language, english_hash=mark(line), text=text, made_at=utc_now())
    return True


def our_lines() -> Iterator[str]:
    """Every line of every answer as it is said now, each once."""
    given: set[str] = set()
    for text in _texts():
        for line in _lines(text):
            if line not in given:
                given.add(line)
                yield line


def mark(line: str) -> str:
    """Under which name a line is kept."""
    return hashlib.sha256(line.encode()).hexdigest()


def _texts() -> Iterator[str]:
    topics = sorted(answered_topics(ENGLISH))
    for form in (SHORT, LONG):
        for topic in topics:
            yield answer_text(topic, ENGLISH, form).text
    for topic in topics:
        for form in (SHORT, LONG):
            yield help_text(topic, ENGLISH, form).text
            yield why_text(topic, ENGLISH, form).text
            for part in more_parts(topic, ENGLISH):
                yield section_text(topic, part, ENGLISH, form).text
        for each in situations_answered(topic, ENGLISH):
            yield if_text(topic, each, ENGLISH).text


def _read(db: Session, text: str, language: str) -> str | None:
    marks = {mark(line) for line in _lines(text)}
    rows = db.execute(
        select(MachineAnswer.english_hash, MachineAnswer.text).where(
            MachineAnswer.language == language, MachineAnswer.english_hash.in_(marks), MachineAnswer.text.is_not(None)
        )
    ).all()
    found = {name: said for name, said in rows if said}
    lines = list(_lines(text))
    if not lines or sum(mark(line) in found for line in lines) < ENOUGH * len(lines):
        return None
    return "\n".join(found.get(mark(line.strip()), line) for line in text.splitlines())


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _may_be_translated(draft: Draft) -> bool:
    """Only answers of the knowledge base. Safety words never are: they are of their own kind."""
    return draft.kind == "answer" and draft.lang == ENGLISH and draft.topic is not None


def _needs_machine(code: str) -> bool:
    try:
        return code != ENGLISH and not registered(code).offered
    except LanguageNotKnown:
        return False
