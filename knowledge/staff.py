"""What the guidance tells professionals, brought up to date, as pages for the console."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.files import ROOT, read_checked, remembered
from knowledge.guidance_note import GuidanceNote, note_form, notes_from
from knowledge.placeholders import fill
from knowledge.shape import Check, identifier, list_of, record, text

FOLDER = "staff"
_table = record({"columns": list_of(text, 1), "rows": list_of(list_of(text, 1), 1)})
staff_form: Check = record(
    {
        "id": identifier,
        "title": text,
        "sections": list_of(
            record(
                {"id": identifier, "title": text, "text": list_of(text)}, {"points": list_of(text), "table": _table}
            ),
            1,
        ),
        "sources": list_of(text, 1),
    },
    {"brought_up_to_date": list_of(note_form)},
)


class StaffPageNotKnown(LookupError):
    """There is no page of that name for professionals."""


@dataclass(frozen=True)
class StaffTable:
    """A table: the heads of its columns, and its rows, each with a cell for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class StaffSection:
    """A part of a page: paragraphs, then points, then a table."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    table: StaffTable | None


@dataclass(frozen=True)
class StaffPage:
    """One page for professionals. `notes`: where it differs from the guidance it comes from."""

    id: str
    title: str
    sections: tuple[StaffSection, ...]
    sources: tuple[str, ...]
    notes: tuple[GuidanceNote, ...]

    def texts(self) -> Iterator[str]:
        """Every text of the page as it is written."""
        yield self.title
        for section in self.sections:
            yield from (section.title, *section.paragraphs, *section.points)
            if section.table:
                yield from section.table.columns
                yield from (cell for row in section.table.rows for cell in row)
        yield from (note.now for note in self.notes)


def staff_page(page_id: str, on: date | None = None, *, root: Path = ROOT) -> StaffPage:
    """A page with the figures of that day (today if none is given) and the contacts set in.

    Raises StaffPageNotKnown, FigureNotKnown, ContactNotKnown or PlaceholderMalformed.
    """

    def filled(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(fill(each, "en", on, root=root) for each in words)

    def filled_section(section: StaffSection) -> StaffSection:
        grid = section.table
        return replace(
            section,
            paragraphs=filled(section.paragraphs),
            points=filled(section.points),
            table=grid and StaffTable(filled(grid.columns), tuple(filled(row) for row in grid.rows)),
        )

    page = written_page(page_id, root)
    notes = tuple(replace(note, now=fill(note.now, "en", on, root=root)) for note in page.notes)
    return replace(page, sections=tuple(filled_section(section) for section in page.sections), notes=notes)


@remembered
def written_page(page_id: str, root: Path = ROOT) -> StaffPage:
    """A page as it is written, placeholders not filled. Raises StaffPageNotKnown or FileMalformed."""
    if page_id not in staff_page_ids(root):
        raise StaffPageNotKnown(f"there is no staff page {page_id}")
    data = read_checked(root / FOLDER / f"{page_id}.yml", staff_form)
    return StaffPage(
        id=data["id"],
        title=data["title"],
        sections=tuple(_section(entry) for entry in data["sections"]),
        sources=tuple(data["sources"]),
        notes=notes_from(data.get("brought_up_to_date", [])),
    )


def staff_page_ids(root: Path = ROOT) -> tuple[str, ...]:
    """Every page there is, sorted."""
    return tuple(sorted(path.stem for path in (root / FOLDER).glob("*.yml")))


def _section(entry: dict[str, Any]) -> StaffSection:
    grid = entry.get("table")
    return StaffSection(
        id=entry["id"],
        title=entry["title"],
        paragraphs=_joined(entry["text"]),
        points=_joined(entry.get("points", [])),
        table=StaffTable(_joined(grid["columns"]), tuple(_joined(row) for row in grid["rows"])) if grid else None,
    )


def _joined(words: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(each.split()) for each in words)
