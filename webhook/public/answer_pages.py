"""The answers as plain pages: the same words and figures as in the chat, in every language that has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from knowledge.answers import TopicNotInLanguage, answer_languages, answer_or_english, answered_topics
from knowledge.register_words import section_title, situation_title
from knowledge.render import answer_text, if_text, situations_answered, source_text, why_text
from knowledge.rendered import ACTION, CONTACT, Block
from knowledge.topics import TopicNotKnown, all_sections, topics_in
from knowledge.topics import topic as registered
from webhook.public.layout import ENGLISH, FOUND_BY_SEARCH, language_of, language_there, page
from webhook.public.switched_off import OffNow, topic_is_off
from webhook.switches.off import Off

router = APIRouter(tags=["pages"], include_in_schema=False)
SAID_IN_A_TITLE = "rights"
"""The section whose topics a browser's history may name. The titles of all others say nothing."""
Lang = Annotated[str, Query(min_length=2, max_length=3)]


@dataclass(frozen=True)
class Link:
    """A topic to read, by its title and the language that it is in."""

    id: str
    title: str
    lang: str


@dataclass(frozen=True)
class SectionShown:
    """A section with its topics."""

    title: str
    lang: str
    topics: tuple[Link, ...]


@router.get("/answers", response_class=HTMLResponse)
async def answers(request: Request, off: OffNow) -> HTMLResponse:
    """All topics, by section."""
    there = [each for each in answer_languages() if each not in off.languages]
    lang = language_of(request, there)
    text = language_there(lang, there)
    sections = [
        SectionShown(section_title(each, text), text, links([topic.id for topic in topics_in(each.id)], lang))
        for each in all_sections()
    ]
    return page(
        "answers.html", lang, headers=FOUND_BY_SEARCH, path="/answers", there=there,
        sections=[each for each in sections if each.topics],
    )  # fmt: skip


@router.get("/answers/{topic}", response_class=HTMLResponse)
async def answer(request: Request, topic: str, off: OffNow) -> HTMLResponse:
    """One answer: all of it, with who can help, the reason, and where it comes from."""
    there = languages_of(topic, off)
    lang = language_of(request, there)
    if topic in off.topics:
        return topic_is_off(lang)
    said = answer_text(topic, language_there(lang, there))
    cases = [
        (situation_title(name, said.lang), if_text(topic, name, said.lang))
        for name in situations_answered(topic, said.lang)
    ]
    path = f"/answers/{topic}"
    return page(
        "answer.html", lang, headers=FOUND_BY_SEARCH, path=path, there=there,
        title=said.title if registered(topic).section == SAID_IN_A_TITLE else "", answer=said, cases=cases,
        why=why_text(topic, said.lang), sources=source_text(topic, said.lang), grouped=grouped,
        english=f"{path}?lang={ENGLISH}" if said.lang != ENGLISH else "", related=links(said.related, lang),
    )  # fmt: skip


@router.get("/answers/{topic}/sources")
async def sources(topic: str, off: OffNow, lang: Lang = ENGLISH) -> JSONResponse:
    """Where an answer was read and when it was checked last, for the chat."""
    found = source_text(topic, language_there(lang, languages_of(topic, off)))
    return JSONResponse({"lang": found.lang, "lines": [each.text for each in found.blocks]})


def languages_of(topic: str, off: Off) -> tuple[str, ...]:
    """The languages in which a topic has an answer, but for those switched off. Raises 404 where there is none."""
    try:
        registered(topic)
    except TopicNotKnown:
        raise HTTPException(404) from None
    there = tuple(lang for lang in answer_languages() if topic in answered_topics(lang) and lang not in off.languages)
    if not there:
        raise HTTPException(404)
    return there


def links(topics: Sequence[str], lang: str) -> tuple[Link, ...]:
    """The topics by their titles; those without an answer are left out."""
    found = []
    for each in topics:
        try:
            said = answer_or_english(each, lang)
        except TopicNotInLanguage:
            continue
        found.append(Link(each, said.title, said.lang))
    return tuple(found)


def grouped(blocks: Sequence[Block]) -> list[tuple[str, list[str]]]:
    """Blocks of one kind that follow each other, together: actions and contacts become a list."""
    listed = (ACTION, CONTACT)
    return [
        (kind, [each.text for each in same])
        for (kind, _), same in groupby(blocks, key=lambda each: (each.kind, each.kind in listed or id(each)))
    ]
