"""The queue and the page of a case: looking, taking, putting back, notes, marks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from knowledge.sign_guidance import sign_said
from webhook import replying
from webhook.accounts import accounts
from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.cases import claims, marks, notes, queue
from webhook.cases.enums import WORDS, CloseReason
from webhook.cases.models import Case
from webhook.cases.service import CaseIsClosed
from webhook.staff.case_acts import TAKE_FIRST, acting, back, find, said, taking
from webhook.staff.case_page import gather
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
Written = Annotated[str, Form(max_length=5 * notes.LONGEST)]
Short = Annotated[str, Form(max_length=8)]
CLOSE_REASONS = tuple(
    reason for reason in CloseReason if reason not in (CloseReason.SAME_CONVERSATION, CloseReason.DELETED_BY_WORKER)
)
"""Why an officer closes a case; the others are the service's own."""


@router.get("/cases")
def shown_queue(request: Request, console: ConsoleHere, staff: Asking) -> Response:
    """The queue, filtered as the address says. A page that renews itself is written down once, when it is opened."""
    wanted = queue.Wanted.read(request.query_params)
    gateway = console.gateway
    live = "hx-request" in request.headers
    with gateway.database.unit_of_work(read_only=live) as db:
        listed = queue.listed(db=db, vault=gateway.vault, wanted=wanted, staff=staff.uid)
        names = accounts.names(db=db, uids=[row.claimed_by for row in listed.rows])
        if not live:
            audit.write(
                db=db, vault=gateway.vault, act="queue_viewed", staff=staff.uid,
                filters=wanted.address()[: audit.LONGEST_DETAIL],
            )  # fmt: skip
    return page(request, "queue", listed=listed, wanted=wanted, names=names, words=WORDS, sign_said=sign_said)


@router.get("/cases/{reference}")
def shown_case(request: Request, console: ConsoleHere, staff: Asking, reference: str, told: str = "") -> Response:
    """One case. Looking at it stops no alarm and unseals nothing."""
    return _shown(request, console, staff, reference, said(told))


def _shown(
    request: Request, console: Console, staff: Staff, reference: str, errors: list[tuple[str, str]],
    status: int = 200, **written: object,
) -> Response:  # fmt: skip
    gateway = console.gateway
    live = "hx-request" in request.headers
    with gateway.database.unit_of_work(read_only=live) as db:
        case = find(db, reference)
        shown = gather(db=db, gateway=gateway, case=case, staff=staff)
        if not live:
            if case.claimed_by == staff.uid:
                claims.seen_by_holder(db=db, case=case)
            audit.write(db=db, vault=gateway.vault, act="case_viewed", staff=staff.uid, about=case.reference)
    return page(request, "case", status, case=shown, words=WORDS, close_reasons=CLOSE_REASONS, errors=errors, **written)


@router.post("/cases/{reference}/claim")
def claim(console: ConsoleHere, staff: Asking, reference: str) -> Response:
    """Take a case."""
    return back(reference, taking(console, staff, reference))


@router.post("/cases/{reference}/release")
def release(console: ConsoleHere, staff: Asking, reference: str) -> Response:
    """Put a case back into the queue."""

    def work(db: Session, case: Case) -> None:
        replying.leave(db, console.gateway, case, staff.uid)
        claims.release(db=db, case=case, staff=staff.uid)
        audit.write(db=db, vault=console.gateway.vault, act="case_released", staff=staff.uid, about=case.reference)

    told = acting(console, staff, reference, work)
    console.gateway.jobs.send()
    return back(reference, told)


@router.post("/cases/{reference}/release-for-others")
def release_for_others(console: ConsoleHere, staff: Asking, reference: str) -> Response:
    """A supervisor puts a case back that an officer has and cannot work on."""
    gateway = console.gateway
    told = ""
    try:
        with gateway.database.unit_of_work() as db:
            reference = find(db, reference).reference
            before = claims.release_for_others(db=db, reference=reference, staff=staff.uid)
            if before is not None:
                audit.write(
                    db=db, vault=gateway.vault, act="case_released_for_others", staff=staff.uid, about=reference,
                    had_it=before,
                )  # fmt: skip
    except CaseIsClosed:
        told = "closed"
    gateway.jobs.notify()
    return back(reference, told)


@router.post("/cases/{reference}/notes")
def add_note(
    request: Request, console: ConsoleHere, staff: Asking, reference: str, note: Written = "", take: Short = ""
) -> Response:
    """Write a note; ``take``: after taking the case. One that could not be kept comes back as it was written."""
    words = note.replace("\r\n", "\n").strip()

    def work(db: Session, case: Case) -> str | None:
        vault = console.gateway.vault
        if notes.add(db=db, vault=vault, case=case, kind=notes.NOTE, words=words, staff=staff.uid) is None:
            return "empty"
        audit.write(db=db, vault=vault, act="note_added", staff=staff.uid, about=case.reference)
        return None

    told = "long" if len(words) > notes.LONGEST else ""
    told = told or (taking(console, staff, reference) if take else "")
    told = told or acting(console, staff, reference, work)
    if not told:
        return back(reference, at="notes")
    return _shown(request, console, staff, reference, said(told, "note"), 422, note=note, take=told in TAKE_FIRST)


@router.post("/cases/{reference}/signs")
def mark_sign(
    console: ConsoleHere, staff: Asking, reference: str, sign: Annotated[str, Form(max_length=32)],
    right: Annotated[bool, Form()],
) -> Response:  # fmt: skip
    """Say whether a sign was read rightly."""

    def work(db: Session, case: Case) -> str | None:
        marks.mark(db=db, case=case, sign_uid=sign, right=right, staff=staff.uid)
        audit.write(
            db=db, vault=console.gateway.vault, act="sign_marked", staff=staff.uid, about=case.reference, right=right
        )
        return None

    return back(reference, acting(console, staff, reference, work), "why")
