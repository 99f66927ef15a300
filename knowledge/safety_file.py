"""The form of a file of safety words, apart from the words, so that a broken file can be told rather than imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge import gsm7
from knowledge.files import ROOT
from knowledge.placeholders import fill
from knowledge.shape import list_of, record, text
from knowledge.shop_reading import longest_reading

FOLDER = "safety"
MESSAGES = ("first", "first_self_harm", "second", "high")
EMERGENCIES = ("first", "first_self_harm", "second")
"""Messages that begin with the emergency number, alone."""
safety_form = record(
    {
        **{name: list_of(text, 1) for name in MESSAGES},
        "more": text,
        "high_again": text,
    }
)
MOST_SEGMENTS = 3
UCS2_ALONE, UCS2_IN_PARTS = 70, 67


def texts_by_part(data: Mapping[str, Any]) -> dict[str, str]:
    """The words of a well-formed file as one text for each part."""
    return {part: said if isinstance(said, str) else "\n".join(said) for part, said in data.items()}


def message(lines: list[str], lang: str, *, root: Path = ROOT) -> str:
    """The lines of one message with contacts and figures set in; {shop_next_read} and {more} stay as they are."""
    return "\n".join(fill(" ".join(line.split()), lang, root=root) for line in lines)


def segments(text: str) -> int:
    """How many text messages it takes in its script: GSM-7 where it fits, else UCS-2."""
    if not gsm7.not_in_alphabet(text):
        return gsm7.segments(text)
    units = len(text.encode("utf-16-be")) // 2
    return 1 if units <= UCS2_ALONE else -(-units // UCS2_IN_PARTS)


def safety_faults(data: Mapping[str, Any], lang: str, emergency: str, *, root: Path = ROOT) -> Iterator[str]:
    """What is wrong with well-formed safety words: too long for text messages, or not the number first.

    The sentence on when SHOP reads is counted at its longest in that language.
    """
    shop = longest_reading(lang, root=root)
    more = fill(data["more"], lang, root=root).replace("{more}", "2")
    for name in MESSAGES:
        said = message(data[name], lang, root=root).replace("{shop_next_read}", shop)
        if name.startswith("first"):
            said = f"{said}\n{more}"
        if (count := segments(said)) > MOST_SEGMENTS:
            yield f"{name}: {count} text messages, at most {MOST_SEGMENTS}"
        if name in EMERGENCIES and said.split("\n")[0] != emergency:
            yield f"{name}: the first line must be the emergency number alone"
    if "{shop_next_read}" not in data["second"]:
        yield "second: when SHOP next reads is missing: {shop_next_read} on a line of its own"
    if segments(message([data["high_again"]], lang, root=root)) > 2:
        yield "high_again: more than two text messages"
