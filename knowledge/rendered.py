"""A text ready to be read, in blocks, so that a page can set headings and a text message can be plain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADING, PARAGRAPH, ACTION, CONTACT, NOTE = "heading", "paragraph", "action", "contact", "note"


@dataclass(frozen=True)
class Block:
    """A piece of a text. `kind`: heading, paragraph, action, contact or note."""

    kind: str
    text: str


@dataclass(frozen=True)
class RenderedAnswer:
    """A part of an answer with figures and contacts set in. `dir`: ltr or rtl; `form`: short or long.

    `lang` is the language of the text itself. `beside`: the same in English, where the translation is stale and must
    not be read alone.
    """

    topic: str
    part: str
    title: str
    text: str
    lang: str
    dir: str
    form: str
    related: tuple[str, ...]
    blocks: tuple[Block, ...]
    beside: RenderedAnswer | None = None


def long_text(blocks: Iterable[Block], action: str) -> str:
    """Plain text with a line for each block and an empty line before each heading. `action` has {action} in it."""
    lines: list[str] = []
    last = ""
    for block in blocks:
        said = action.replace("{action}", block.text) if block.kind == ACTION else block.text
        apart = lines and (block.kind in (HEADING, PARAGRAPH, NOTE)) and last != HEADING
        lines.append(("\n" if apart else "") + said)
        last = block.kind
    return "\n".join(lines)


def short_text(blocks: Iterable[Block]) -> str:
    """The blocks one after the other on one line each, without headings."""
    return "\n".join(block.text for block in blocks if block.kind != HEADING)
