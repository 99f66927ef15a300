"""Deciding: the state of a case, closing it, and handing it on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response
from sqlalchemy.orm import Session

from knowledge.hand_ons import BodyNotKnown, bodies, body
from knowledge.staff import staff_page
from webhook import replying
from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.cases import hand_ons, notes
from webhook.cases import service as cases
from webhook.cases.enums import CloseReason, State
from webhook.cases.hand_ons import BASIS_WORDS, Basis, Passed, Wish
from webhook.cases.models import Case
from webhook.cases.telltales import telltales
from webhook.staff.case_acts import FAULTS, TAKE_FIRST, TOLD, acting, back, find, said, taking
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page
from webhook.staff.permissions import Permission, may
from webhook.staff.summary_pdf import summary_pdf

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
Words = Annotated[str, Form(max_length=20_000)]
Short = Annotated[str, Form(max_length=64)]
SETTABLE = (State.OPEN, State.WAITING_FOR_WORKER, State.HANDED_ON)
PAGE = "/hand-on"


@router.post("/cases/{reference}/state")
def state(console: ConsoleHere, staff: Asking, reference: str, state: Annotated[State, Form()]) -> Response:
    """Move the case to another state."""
    if state not in SETTABLE:
        raise HTTPException(422)

    def work(db: Session, case: Case) -> None:
        cases.change_state(db=db, case=case, state=state, staff=staff.uid)
        audit.write(
            db=db, vault=console.gateway.vault, act="state_changed", staff=staff.uid, about=case.reference, state=state
        )

    return back(reference, acting(console, staff, reference, work))


@router.post("/cases/{reference}/close")
def close(console: ConsoleHere, staff: Asking, reference: str, reason: Annotated[CloseReason, Form()]) -> Response:
    """Close the case with its reason; the service talks to the worker again."""
    if reason in (CloseReason.SAME_CONVERSATION, CloseReason.DELETED_BY_WORKER):
        raise HTTPException(422)

    def work(db: Session, case: Case) -> None:
        replying.leave(db, console.gateway, case, staff.uid)
        cases.keep_transcript(db=db, vault=console.gateway.vault, case=case)
        cases.close_case(db=db, case=case, reason=reason, staff=staff.uid)
        audit.write(
            db=db, vault=console.gateway.vault, act="case_closed", staff=staff.uid, about=case.reference, reason=reason
        )

    told = acting(console, staff, reference, work)
    console.gateway.jobs.send()
    return back(reference, told)


@router.get("/cases/{reference}/hand-on")
def hand_on_page(
    request: Request, console: ConsoleHere, staff: Asking, reference: str, to: str = "", identity: str = "",
    told: str = "",
) -> Response:  # fmt: skip
    """Every body with what it is for and what it may do with the data; for one, a summary to start from."""
    gateway = console.gateway
    supervisor = may(staff.role, Permission.DECIDE_FOR_DANGER)
    with gateway.database.unit_of_work(read_only=True) as db:
        case = find(db, reference)
        chosen, with_identity = bodies().get(to), identity == "yes"
        summary, errors = "", said(told)
        if chosen is not None:
            try:
                summary = hand_ons.draft(
                    db=db,
                    vault=gateway.vault,
                    case=case,
                    body=chosen,
                    with_identity=with_identity,
                    for_danger=supervisor,
                )
            except tuple(FAULTS) as fault:
                errors, chosen = [("main-content", TOLD[FAULTS[type(fault)]])], None
        lines = _theirs(db, console, case) if chosen is not None else []
    wish = Wish(chosen, with_identity, Basis.NAMELESS, summary) if chosen is not None else None
    return _form(request, case, wish, lines, errors)


def _form(
    request: Request, case: Case, wish: Wish | None, lines: list[tuple[int, str]], errors: list[tuple[str, str]],
    status: int = 200, take: bool = False,
) -> Response:  # fmt: skip
    return page(
        request, "hand_on", status, case=case, bodies=bodies(), wish=wish, lines=lines, errors=errors,
        basis_words=BASIS_WORDS, nrm=staff_page("nrm_and_duty_to_notify"), take=take,
    )  # fmt: skip


@router.post("/cases/{reference}/hand-on")
def hand_on(
    request: Request, console: ConsoleHere, staff: Asking, reference: str, to: Short = "", identity: Short = "",
    basis: Annotated[Basis, Form()] = Basis.NAMELESS, summary: Words = "", yes_message: Short = "",
    yes_words: Words = "", reason: Words = "", sure: Short = "", take: Short = "",
) -> Response:  # fmt: skip
    """Show the page that would go out, with what could give the worker away; record it when that was seen.

    ``sure``: "yes" records it, "change" shows the form again. ``take``: only take the case, for the form shown again.
    """
    try:
        chosen = body(to)
    except BodyNotKnown:
        return back(reference, "unknown_body", page=PAGE)
    wish = Wish(
        chosen, identity == "yes", basis, summary.replace("\r\n", "\n").strip(),
        int(yes_message) if yes_message.isdecimal() else None, yes_words, reason,
    )  # fmt: skip
    if take or sure == "change":
        return _again(request, console, reference, wish, taking(console, staff, reference) if take else "")
    if max(len(wish.reason.strip()), len(wish.yes_words.strip())) > notes.LONGEST:
        return _again(request, console, reference, wish, "long")
    supervisor = may(staff.role, Permission.DECIDE_FOR_DANGER)
    made: list[str] = []

    def work(db: Session, case: Case) -> None:
        vault = console.gateway.vault
        if sure != "yes":
            hand_ons.check(db=db, vault=vault, case=case, wish=wish, supervisor=supervisor)
            return
        row = hand_ons.record(db=db, vault=vault, case=case, wish=wish, staff=staff.uid, supervisor=supervisor)
        made.append(row.uid)
        audit.write(
            db=db, vault=vault, act="handed_on", staff=staff.uid, about=case.reference, body=chosen.id,
            identity=wish.with_identity, basis=wish.basis,
        )  # fmt: skip

    told = acting(console, staff, reference, work)
    if told:
        return _again(request, console, reference, wish, told)
    if made:
        return back(reference, at="hand-ons")
    with console.gateway.database.unit_of_work(read_only=True) as db:
        case = find(db, reference)
    found = [] if wish.with_identity else telltales(wish.summary)
    return page(request, "hand_on_preview", case=case, wish=wish, telltales=found, basis_words=BASIS_WORDS)


def _again(request: Request, console: Console, reference: str, wish: Wish, told: str) -> Response:
    """What was written is shown again, to be put right: an officer must not have to write it anew."""
    with console.gateway.database.unit_of_work(read_only=True) as db:
        case = find(db, reference)
        lines = _theirs(db, console, case) if told != "key" else []
    return _form(request, case, wish, lines, said(told), 422 if told else 200, told in TAKE_FIRST)


@router.get("/cases/{reference}/hand-on/{uid}.txt")
def hand_on_text(console: ConsoleHere, staff: Asking, reference: str, uid: str) -> Response:
    """The summary as text."""
    return PlainTextResponse(_exported(console, staff, reference, uid).summary, headers=_file(reference, "txt"))


@router.get("/cases/{reference}/hand-on/{uid}.pdf")
def hand_on_pdf(console: ConsoleHere, staff: Asking, reference: str, uid: str) -> Response:
    """The summary as a page to print or send."""
    content = summary_pdf(_exported(console, staff, reference, uid).summary, console.settings.fonts)
    return Response(content, media_type="application/pdf", headers=_file(reference, "pdf"))


def _exported(console: Console, staff: Staff, reference: str, uid: str) -> Passed:
    gateway = console.gateway
    with gateway.database.unit_of_work() as db:
        case = find(db, reference)
        passed = next((each for each in hand_ons.of(db=db, vault=gateway.vault, case=case) if each.uid == uid), None)
        if passed is None:
            raise HTTPException(404)
        audit.write(
            db=db, vault=gateway.vault, act="summary_exported", staff=staff.uid, about=case.reference,
            body=passed.body, identity=passed.with_identity,
        )  # fmt: skip
    return passed


def _file(reference: str, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{cases.read_reference(reference)}.{ending}"'}


def _theirs(db: Session, console: Console, case: Case) -> list[tuple[int, str]]:
    """The worker's last messages, to say in which of them they said yes."""
    lines = cases.transcript(db=db, vault=console.gateway.vault, case=case)
    return [(line.message_id, line.text[:80]) for line in lines if line.sender == "worker"][-20:][::-1]
