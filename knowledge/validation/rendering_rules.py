"""Every text is made once for the day: nothing may raise, and the short form must fit into a text message."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from datetime import datetime, time
from functools import partial
from pathlib import Path

from knowledge import gsm7
from knowledge.answers import Answer
from knowledge.clock import LONDON
from knowledge.figures import FigurePastReview
from knowledge.render import (
    LONG,
    SHORT,
    answer_text,
    help_text,
    if_text,
    more_parts,
    section_text,
    source_text,
    why_text,
)
from knowledge.rendered import RenderedAnswer
from knowledge.safety_file import segments
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.wording import LONGEST_BUTTON

MOST_SEGMENTS = 3
MOST_SEGMENTS_TRANSLATED = 10
"""Most scripts have less than half the room of plain English letters in a text message."""
LONGEST_ANSWER = 220


def rendering_faults(tree: Tree, each: Answer, path: Path) -> Iterator[Fault]:
    """Every fault that shows only when the answer is made ready to be read."""
    at = datetime.combine(tree.on, time(12, 0), LONDON)
    told: set[str] = set()
    for part, make in _makers(each, at, tree.root).items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FigurePastReview)  # told beside the figure
                made = make()
        except Exception as error:  # noqa: BLE001 - whatever a worker would not be answered for is a fault
            reason = f"cannot be made ready: {type(error).__name__}: {error}"
            if reason not in told:
                told.add(reason)
                yield tree.fault(path, f"{part}: {reason}")
            continue
        if part == "short":
            yield from (tree.fault(path, reason) for reason in _short_reasons(made))


def _makers(each: Answer, at: datetime, root: Path) -> dict[str, Callable[[], RenderedAnswer]]:
    topic, lang = each.topic, each.lang
    makers: dict[str, Callable[[], RenderedAnswer]] = {
        "short": partial(answer_text, topic, lang, SHORT, at, root=root),
        "long": partial(answer_text, topic, lang, LONG, at, root=root),
        "help": partial(help_text, topic, lang, SHORT, at, root=root),
        "why": partial(why_text, topic, lang, SHORT, at, root=root),
        "source": partial(source_text, topic, lang, LONG, at, root=root),
    }
    for part in more_parts(topic, lang, root=root):
        makers[part] = partial(section_text, topic, part, lang, LONG, at, root=root)
    for situation in each.in_my_case:
        makers[f"if.{situation}"] = partial(if_text, topic, situation, lang, LONG, at, root=root)
    return makers


def _short_reasons(made: RenderedAnswer) -> Iterator[str]:
    if len(made.title) > LONGEST_BUTTON:
        yield f"title: {len(made.title)} characters when filled in, at most {LONGEST_BUTTON}"
    if made.lang != "en":
        if (count := segments(made.text)) > MOST_SEGMENTS_TRANSLATED:
            yield f"short form: {count} text messages, at most {MOST_SEGMENTS_TRANSLATED}"
        return
    line = made.blocks[0].text
    if len(line) > LONGEST_ANSWER:
        yield f"answer: {len(line)} characters when filled in, at most {LONGEST_ANSWER}"
    odd = gsm7.not_in_alphabet(made.text)
    if odd:
        yield f"short form: characters that a plain text message has not: {' '.join(odd)}"
    elif gsm7.segments(made.text) > MOST_SEGMENTS:
        yield f"short form: {gsm7.septets(made.text)} septets, more than {MOST_SEGMENTS} segments"
