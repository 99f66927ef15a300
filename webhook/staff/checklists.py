"""The pages of the guidance's checklists beside a case: to fill in, to read, to print."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from webhook.accounts import accounts
from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.cases import checklists
from webhook.cases.checklists import ANSWERS, Checklist, ChecklistNotKnown, Filled
from webhook.cases.models import Case
from webhook.database import utc_now
from webhook.privacy.keyring import CannotOpen
from webhook.staff.case_acts import TAKE_FIRST, TOLD, acting, back, find, said, taking
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]


@router.get("/cases/{reference}/checklists/{page_id}")
def shown(
    request: Request, console: ConsoleHere, staff: Asking, reference: str, page_id: str, told: str = ""
) -> Response:
    """A checklist with what was filled in; a form for who has the case, and the same to read and print."""
    return _page(request, console, staff, reference, _known(page_id), said(told))


def _page(
    request: Request, console: Console, staff: Staff, reference: str, of: Checklist, errors: list[tuple[str, str]],
    unkept: Filled | None = None, take: bool = False,
) -> Response:  # fmt: skip
    """``unkept``: what was filled in and could not be kept; it stands in the form."""
    gateway = console.gateway
    filled = unkept
    with gateway.database.unit_of_work() as db:
        case = find(db, reference)
        try:
            filled = filled or checklists.filled(db=db, vault=gateway.vault, case=case, page_id=of.id)
        except CannotOpen:
            filled, errors = None, [("main-content", TOLD["key"])]
        names = accounts.names(db=db, uids=[filled.staff if filled else None])
        audit.write(
            db=db, vault=gateway.vault, act="checklist_viewed", staff=staff.uid, about=case.reference,
            checklist=of.letter,
        )  # fmt: skip
    mine = bool(unkept) or (case.claimed_by == staff.uid and not errors)
    return page(
        request, "checklist", 422 if unkept and errors else 200, case=case, checklist=of, filled=filled, names=names,
        mine=mine, words=ANSWERS, errors=errors, unkept=bool(unkept), take=take,
    )  # fmt: skip


@router.post("/cases/{reference}/checklists/{page_id}")
async def fill_in(request: Request, console: ConsoleHere, staff: Asking, reference: str, page_id: str) -> Response:
    """Keep what was filled in; with the field ``take`` after taking the case. What cannot be kept comes back."""
    of = _known(page_id)
    form = await request.form()
    values = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_fill_in, request, console, staff, reference, of, values)


def _fill_in(
    request: Request, console: Console, staff: Staff, reference: str, of: Checklist, values: dict[str, str]
) -> Response:
    def work(db: Session, case: Case) -> None:
        vault = console.gateway.vault
        checklists.fill_in(db=db, vault=vault, case=case, of=of, said=values, staff=staff.uid)
        audit.write(
            db=db, vault=vault, act="checklist_filled", staff=staff.uid, about=case.reference, checklist=of.letter
        )

    told = taking(console, staff, reference) if values.get("take") else ""
    told = told or acting(console, staff, reference, work)
    if not told:
        return back(reference, at="checklists")
    unkept = Filled(staff.uid, utc_now(), tuple(checklists.read_form(of, values)))
    return _page(request, console, staff, reference, of, said(told), unkept, told in TAKE_FIRST)


def _known(page_id: str) -> Checklist:
    try:
        return checklists.checklist(page_id)
    except ChecklistNotKnown:
        raise HTTPException(404) from None
