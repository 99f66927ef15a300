"""The first page: what this person may do here."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from webhook.staff.pages import page

router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """The parts of the console that this role may open."""
    return page(request, "home")
