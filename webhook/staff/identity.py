"""The pages on who a worker is: sealed, and opened only by the worker's choice or a supervisor's written reason."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.cases import identity, notes
from webhook.cases.enums import Choice
from webhook.cases.identity import Danger, Shown
from webhook.cases.models import Case
from webhook.staff.case_acts import FAULTS, acting, back, find, said
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
PAGE = "/identity"


@router.get("/cases/{reference}/identity")
def sealed(request: Request, console: ConsoleHere, reference: str, told: str = "") -> Response:
    """Whether it can be opened, and how. Opens nothing."""
    return _sealed(request, console, reference, said(told))


def _sealed(
    request: Request, console: Console, reference: str, errors: list[tuple[str, str]], status: int = 200,
    danger: str = "", reason: str = "",
) -> Response:  # fmt: skip
    with console.gateway.database.unit_of_work(read_only=True) as db:
        case = find(db, reference)
    shared = case.choice == Choice.SHARE
    return page(request, "identity", status, case=case, shared=shared, errors=errors, danger=danger, reason=reason)


@router.post("/cases/{reference}/identity")
def show_shared(request: Request, console: ConsoleHere, staff: Asking, reference: str) -> Response:
    """What the worker shares, for the officer who has the case."""
    shown: list[Shown] = []

    def work(db: Session, case: Case) -> None:
        shown.append(identity.show_shared(db=db, vault=console.gateway.vault, case=case, staff=staff.uid))
        audit.write(
            db=db, vault=console.gateway.vault, act="identity_shown", staff=staff.uid, about=case.reference,
            ground="shared",
        )  # fmt: skip

    told = acting(console, staff, reference, work)
    return back(reference, told, page=PAGE) if told else _opened(request, console, reference, shown[0])


@router.post("/cases/{reference}/identity/danger")
def show_for_danger(
    request: Request, console: ConsoleHere, staff: Asking, reference: str,
    danger: Annotated[str, Form(max_length=8)] = "", reason: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:  # fmt: skip
    """All that is known, for a supervisor's written reason of danger to life or a child; whoever has the case.

    A reason that does not do comes back as it was written.
    """
    if danger not in list(Danger):
        return _sealed(request, console, reference, said("danger", "life"), 422, reason=reason)
    if len(reason.strip()) > notes.LONGEST:
        return _sealed(request, console, reference, said("long", "reason"), 422, danger, reason)
    gateway = console.gateway
    try:
        with gateway.database.unit_of_work() as db:
            case = db.scalars(select(Case).where(Case.id == find(db, reference).id).with_for_update()).one()
            shown = identity.show_for_danger(
                db=db, vault=gateway.vault, case=case, staff=staff.uid, danger=Danger(danger), reason=reason
            )
            audit.write(
                db=db, vault=gateway.vault, act="identity_shown", staff=staff.uid, about=case.reference, ground=danger
            )
    except tuple(FAULTS) as fault:
        return _sealed(request, console, reference, said(FAULTS[type(fault)], "reason"), 422, danger, reason)
    return _opened(request, console, reference, shown)


def _opened(request: Request, console: Console, reference: str, shown: Shown) -> Response:
    with console.gateway.database.unit_of_work(read_only=True) as db:
        case = find(db, reference)
    return page(request, "identity_shown", case=case, shown=shown)
