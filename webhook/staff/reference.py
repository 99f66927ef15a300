"""The first responder's reference: every page for professionals, searchable, to read beside a case and to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from knowledge.sources import source
from knowledge.staff import StaffPage, StaffPageNotKnown, StaffSection, staff_page, staff_page_ids
from webhook.staff.pages import page

router = APIRouter()
MOST_FOUND = 40


@dataclass(frozen=True)
class Found:
    """A section that holds what was searched for, with one sentence of it."""

    page: StaffPage
    section: StaffSection
    extract: str


@router.get("/reference")
def reference(request: Request, q: Annotated[str, Query(max_length=100)] = "") -> Response:
    """All pages, or the sections that hold every word of a search."""
    pages = [staff_page(page_id) for page_id in staff_page_ids()]
    found = search(pages, q) if q.strip() else []
    return page(request, "reference", pages=sorted(pages, key=lambda each: each.title), q=q, found=found)


@router.get("/reference/{page_id}")
def reference_page(request: Request, page_id: str) -> Response:
    """One page, with the figures and contacts of today."""
    try:
        shown = staff_page(page_id)
    except StaffPageNotKnown:
        raise HTTPException(404) from None
    return page(request, "reference_page", shown=shown, sources=[source(each) for each in shown.sources])


def search(pages: list[StaffPage], said: str) -> list[Found]:
    """The sections in which all the words stand, those with a word in their title first."""
    words = said.casefold().split()
    found = []
    for each in pages:
        for section in each.sections:
            texts = [*section.paragraphs, *section.points, *_cells(section)]
            whole = " ".join([each.title, section.title, *texts]).casefold()
            if all(word in whole for word in words):
                extract = next((text for text in texts if any(word in text.casefold() for word in words)), "")
                titled = any(word in f"{each.title} {section.title}".casefold() for word in words)
                found.append((not titled, Found(each, section, extract[:300])))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])][:MOST_FOUND]


def _cells(section: StaffSection) -> list[str]:
    return [" - ".join(row) for row in section.table.rows] if section.table else []
