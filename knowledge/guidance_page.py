"""docs/guidance.md: where the service says something else than the guidance it grew from, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from knowledge.answers import Answer, GuidanceNote
from knowledge.contacts import all_contacts
from knowledge.figures import figure
from knowledge.files import ROOT
from knowledge.formats import date_text
from knowledge.placeholders import fill, placeholders_in
from knowledge.topics import all_topics

PAGE = "docs/guidance.md"
_HEAD = """# Where we differ from the guidance

Made by `python -m knowledge guidance` from the notes in `knowledge/answers/en/`; change it there.
Figures are those that held on the day they were last checked.
"""
_UNSAFE_HEAD = """
## For the safeguarding lead: advice that could put a worker at risk

The guidance gives this advice; the service gives a safer form of it. Please confirm each one.
"""
_UNSAFE_NONE = "\nNone is noted.\n"
_TOPICS_HEAD = "\n## By topic\n"


def guidance_page(answers: Iterable[Answer], root: Path = ROOT) -> str:
    """The whole page, the same from the same data whatever the day."""
    by_topic = {each.topic: each for each in answers if each.guidance and each.lang == "en"}
    topics = [known for known in all_topics(root) if known.id in by_topic]
    unsafe = [(known.title, note) for known in topics for note in by_topic[known.id].guidance if note.unsafe]
    page = [_HEAD, _UNSAFE_HEAD]
    if unsafe:
        page.append("\n| topic | the guidance says | we say | why it could put a worker at risk |\n|---|---|---|---|\n")
        page += [_row(title, note.said, _now(note, root), note.unsafe or "") for title, note in unsafe]
    else:
        page.append(_UNSAFE_NONE)
    page.append(_TOPICS_HEAD)
    for known in topics:
        page.append(
            f"\n### {known.title} (`{known.id}`)\n\n| the guidance says | we say | since | why |\n|---|---|---|---|\n"
        )
        page += [
            _row(note.said, _now(note, root), _since(note.since), _why(note)) for note in by_topic[known.id].guidance
        ]
    return "".join(page)


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
