"""The page of the audit log. Reading it is an act too, and is written down."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from webhook.accounts import accounts
from webhook.accounts.sessions import Staff
from webhook.audit import log
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page

router = APIRouter()
PAGE = 50
Words = Annotated[str, Query(max_length=64)]


@router.get("/audit")
def audit(
    request: Request, console: Annotated[Console, Depends(console_of)], staff: Annotated[Staff, Depends(staff_of)],
    about: Words = "", who: Words = "", act: Words = "", before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:  # fmt: skip
    """Entries, newest first, by what, by whom, by act."""
    gateway = console.gateway
    with gateway.database.unit_of_work() as db:
        uid = next((each.uid for each in accounts.everybody(db=db) if each.email == who.strip().lower()), who)
        rows = log.entries(
            db=db, about=about.strip(), staff=uid.strip(), act=act.strip(), before=before, limit=PAGE + 1
        )
        names = accounts.names(db=db, uids=[each for row in rows for each in (row.staff, row.about)])
        log.write(db=db, vault=gateway.vault, act="audit_read", staff=staff.uid, filtered=bool(about or who or act))
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    return page(request, "audit", rows=rows[:PAGE], names=names, about=about, who=who, act=act, more=more)
