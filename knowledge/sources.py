"""Where a fact was read: the registry that figures, contacts and answers cite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.files import ROOT, read_checked, remembered
from knowledge.shape import anything, day, identifier, optional, record, table, text

FILE = "sources.yml"
sources_form = table(
    identifier,
    record({"title": text, "publisher": text, "checked_on": day}, {"link": optional(text), "dated": anything}),
)


class SourceNotKnown(LookupError):
    """No source of that name stands in the registry."""


@dataclass(frozen=True)
class Source:
    """A page or paper. `dated`: the day or time it bears, as it says it; `checked_on`: when we last read it."""

    id: str
    title: str
    publisher: str
    link: str | None
    dated: str | None
    checked_on: date


def source(source_id: str, *, root: Path = ROOT) -> Source:
    """One source. Raises SourceNotKnown."""
    try:
        return all_sources(root)[source_id]
    except KeyError as error:
        raise SourceNotKnown(f"there is no source {source_id}") from error


@remembered
def all_sources(root: Path = ROOT) -> dict[str, Source]:
    """Every source by its id. Raises FileMalformed."""
    data = read_checked(root / FILE, sources_form)
    return {
        source_id: Source(
            id=source_id, title=entry["title"], publisher=entry["publisher"], link=entry.get("link"),
            dated=None if entry.get("dated") is None else str(entry["dated"]), checked_on=entry["checked_on"],
        )
        for source_id, entry in data.items()
    }  # fmt: skip
