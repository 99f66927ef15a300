"""Notes on the old guidance quote figures of their time: no worker ever reads one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.answers import answer, answer_languages, answered_topics
from knowledge.render import (
    LONG,
    SHORT,
    answer_text,
    help_text,
    if_text,
    more_parts,
    section_text,
    situations_answered,
    source_text,
    why_text,
)
from knowledge.rendered import RenderedAnswer


def everything_said(topic: str, lang: str) -> Iterator[RenderedAnswer]:
    for form in (LONG, SHORT):
        for made in (answer_text, help_text, why_text, source_text):
            yield made(topic, lang, form)
        yield from (section_text(topic, part, lang, form) for part in more_parts(topic, lang))
        yield from (if_text(topic, situation, lang, form) for situation in situations_answered(topic, lang))


@pytest.mark.filterwarnings("ignore::knowledge.figures.FigurePastReview")
@pytest.mark.parametrize("lang", answer_languages())
def test_no_answer_shows_what_the_old_guidance_said(lang: str) -> None:
    shown = [
        (topic, note.said)
        for topic in answered_topics("en")
        for text in ["\n".join(each.text for each in everything_said(topic, lang))]
        for note in answer(topic).guidance
        if any(words in text for words in (note.said, note.now, note.unsafe) if words)
    ]
    assert shown == []
    assert any(answer(topic).guidance for topic in answered_topics("en"))
