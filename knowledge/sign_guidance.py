"""What an officer reads beside a sign of danger: how it is said, and what the guidance says to look for and to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.files import ROOT, read_checked, read_yaml, remembered
from knowledge.shape import Check, identifier, list_of, optional, record, table, text
from knowledge.staff import staff_page, written_page

FILE = "sign_guidance.yml"
SIGNS = "signs.yml"
INDICATORS, TABLE = "key_indicators", "signs"
guidance_form: Check = table(identifier, record({"row": optional(text), "pages": list_of(identifier)}))


class SignNotListed(LookupError):
    """There is no such sign in knowledge/signs.yml."""


@dataclass(frozen=True)
class Indicator:
    """One of the guidance's eight signs."""

    sign: str
    look_for: str
    who_acts: str
    what_to_do: str


@dataclass(frozen=True)
class SignGuidance:
    """A sign for an officer. ``pages`` are ids and titles of pages for professionals."""

    id: str
    level: str
    said: str
    indicators: tuple[Indicator, ...]
    pages: tuple[tuple[str, str], ...]


def sign_guidance(sign_id: str, on: date | None = None, *, root: Path = ROOT) -> SignGuidance:
    """The guidance on a sign with the figures of that day. Raises SignNotListed."""
    entry = _signs(root).get(sign_id)
    if entry is None:
        raise SignNotListed(f"there is no sign {sign_id}")
    told = [said for tie in entry["tied_to"] if (said := _guidance(root).get(tie)) is not None]
    rows = tuple(dict.fromkeys(said["row"] for said in told if said["row"]))
    pages = tuple(dict.fromkeys(page for said in told for page in said["pages"]))
    known = indicators(on, root=root)
    return SignGuidance(
        id=sign_id,
        level=entry["level"],
        said=entry["officer"],
        indicators=tuple(known[row] for row in rows),
        pages=tuple((page, written_page(page, root).title) for page in pages),
    )


def sign_ids(root: Path = ROOT) -> tuple[str, ...]:
    """Every sign there is, in the order of the file."""
    return tuple(_signs(root))


def sign_said(sign_id: str, *, root: Path = ROOT) -> str:
    """A sign in short, for an officer; the id itself for one that is no longer listed."""
    entry = _signs(root).get(sign_id)
    return str(entry["officer"]) if entry else sign_id


def indicators(on: date | None = None, *, root: Path = ROOT) -> dict[str, Indicator]:
    """The eight signs of the guidance by name."""
    page = staff_page(INDICATORS, on, root=root)
    grid = next(section.table for section in page.sections if section.id == TABLE)
    rows = grid.rows if grid else ()
    return {row[0]: Indicator(*row) for row in rows}


@remembered
def _signs(root: Path) -> dict[str, Any]:
    return dict(read_yaml(root / SIGNS)["signs"])


@remembered
def _guidance(root: Path) -> dict[str, Any]:
    return dict(read_checked(root / FILE, guidance_form))
