"""A note on the old guidance: what it says and what holds now. Never shown to a worker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.shape import day, optional, record, text

note_form = record({"said": text, "now": text}, {"since": optional(day), "unsafe": optional(text)})


@dataclass(frozen=True)
class GuidanceNote:
    """What the old guidance said, what holds now and since when; `unsafe`: why it could put a worker at risk."""

    said: str
    now: str
    since: date | None
    unsafe: str | None


def notes_from(entries: Iterable[dict[str, Any]]) -> tuple[GuidanceNote, ...]:
    """The notes of a file whose form has been checked."""
    return tuple(
        GuidanceNote(
            " ".join(entry["said"].split()), " ".join(entry["now"].split()), entry.get("since"), entry.get("unsafe")
        )
        for entry in entries
    )
