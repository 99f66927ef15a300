"""The bodies that a case can be handed on to: what each is for, and what it may do with what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.contacts import Contact, contact
from knowledge.files import ROOT, read_checked, remembered
from knowledge.shape import Check, boolean, identifier, optional, record, table, text
from knowledge.staff import staff_page

FILE = "hand_ons.yml"
AGENCIES, TABLE = "agencies", "table"
hand_ons_form: Check = table(
    identifier,
    record({"name": text, "contact": optional(identifier), "row": text, "home_office": boolean, "by_duty": boolean}),
)


class BodyNotKnown(LookupError):
    """There is no such body in knowledge/hand_ons.yml."""


@dataclass(frozen=True)
class Body:
    """A body: what it is for, what it does, and what it may do with the data, immigration said plainly."""

    id: str
    name: str
    contact: Contact | None
    purpose: str
    does: str
    data: str
    home_office: bool
    by_duty: bool

    def needs_consent(self, with_identity: bool) -> bool:
        """Whether it may be told only after the worker's own yes to it, or for danger to life or a child."""
        return with_identity or (self.home_office and not self.by_duty)


def bodies(on: date | None = None, *, root: Path = ROOT) -> dict[str, Body]:
    """Every body by its id, in the order of the file, with the figures of that day."""
    page = staff_page(AGENCIES, on, root=root)
    grid = next(section.table for section in page.sections if section.id == TABLE)
    rows = {row[0]: row for row in grid.rows} if grid else {}
    return {
        body_id: Body(
            id=body_id,
            name=entry["name"],
            contact=contact(entry["contact"], root=root) if entry["contact"] else None,
            purpose=rows[entry["row"]][1],
            does=rows[entry["row"]][2],
            data=rows[entry["row"]][3],
            home_office=entry["home_office"],
            by_duty=entry["by_duty"],
        )
        for body_id, entry in _entries(root).items()
    }


def body(body_id: str, on: date | None = None, *, root: Path = ROOT) -> Body:
    """One body. Raises BodyNotKnown."""
    try:
        return bodies(on, root=root)[body_id]
    except KeyError as error:
        raise BodyNotKnown(f"there is no body {body_id}") from error


@remembered
def _entries(root: Path) -> dict[str, dict[str, Any]]:
    return dict(read_checked(root / FILE, hand_ons_form))
