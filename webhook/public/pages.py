"""The start page: what this is, how private it is, in which languages, and the ways on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from knowledge.page_words import page_languages
from webhook.public.layout import FOUND_BY_SEARCH, language_of, page

router = APIRouter(tags=["pages"], include_in_schema=False)


@router.get("/", response_class=HTMLResponse)
async def home(request: Request) -> HTMLResponse:
    """The start."""
    there = page_languages()
    return page("home.html", language_of(request, there), headers=FOUND_BY_SEARCH, path="/", there=there)
