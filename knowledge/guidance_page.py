"""docs/guidance.md: where the service says something else than the guidance it grew from, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from knowledge.answers import Answer
from knowledge.contacts import all_contacts
from knowledge.figures import figure
from knowledge.files import ROOT
from knowledge.formats import date_text
from knowledge.guidance_note import GuidanceNote
from knowledge.placeholders import fill, placeholders_in
from knowledge.staff import StaffPage
from knowledge.topics import all_topics

PAGE = "docs/guidance.md"
_HEAD = """# Where we differ from the guidance

Made by `python -m knowledge guidance` from the notes in `knowledge/answers/en/` and `knowledge/staff/`;
change it there.
Figures are those that held on the day they were last checked.
"""
_UNSAFE_HEAD = """
## For the safeguarding lead: advice that could put a worker at risk

The guidance gives this advice; the service gives a safer form of it. Please confirm each one.
"""


class _Noted(NamedTuple):
    title: str
    notes: tuple[GuidanceNote, ...]


def guidance_page(answers: Iterable[Answer], staff: Iterable[StaffPage], root: Path = ROOT) -> str:
    """The whole page, the same from the same data whatever the day."""
    by_topic = {each.topic: each.guidance for each in answers if each.lang == "en"}
    topics = [_Noted(f"{known.title} (`{known.id}`)", by_topic.get(known.id, ())) for known in all_topics(root)]
    pages = [
        _Noted(f"{page.title} (`staff/{page.id}`)", page.notes) for page in sorted(staff, key=lambda page: page.id)
    ]
    unsafe = [(each.title, note) for each in (*topics, *pages) for note in each.notes if note.unsafe]
    parts = [_HEAD, _UNSAFE_HEAD]
    if unsafe:
        parts.append(_head_row("topic", "the guidance says", "we say", "why it could put a worker at risk"))
        parts += [_row(title, note.said, _now(note, root), note.unsafe or "") for title, note in unsafe]
    else:
        parts.append("\nNone is noted.\n")
    parts += _tables("By topic", topics, root)
    parts += _tables("Pages for professionals", pages, root)
    return "".join(parts)


def _tables(heading: str, noted: Iterable[_Noted], root: Path) -> Iterator[str]:
    yield f"\n## {heading}\n"
    for each in noted:
        if each.notes:
            yield f"\n### {each.title}\n"
            yield _head_row("the guidance says", "we say", "since", "why")
            yield from (_row(note.said, _now(note, root), _since(note.since), _why(note)) for note in each.notes)


def _head_row(*cells: str) -> str:
    return "\n" + _row(*cells) + "|" + "---|" * len(cells) + "\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |\n"


def _since(day: date | None) -> str:
    return date_text(day) if day else ""


def _why(note: GuidanceNote) -> str:
    if note.unsafe:
        return "unsafe: " + note.unsafe
    return "the rule has changed" if note.since else "the guidance was not exact"


def _now(note: GuidanceNote, root: Path) -> str:
    days = [figure(each.id, root).checked_on for each in placeholders_in(note.now) if each.kind == "figure"]
    days += [all_contacts(root)[each.id].checked_on for each in placeholders_in(note.now) if each.kind == "contact"]
    return fill(note.now, "en", max(days, default=None), root=root)
