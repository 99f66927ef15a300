"""Talking to a worker: taking over, writing with a look at it first, handing back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from webhook import replying
from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.cases.contact import WORDS, Way
from webhook.cases.models import Case
from webhook.channels import sms_text
from webhook.staff.case_acts import FAULTS, acting, back, find
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
Text = Annotated[str, Form(max_length=4 * replying.LONGEST)]


@router.post("/cases/{reference}/take-over")
def take_over(console: ConsoleHere, staff: Asking, reference: str) -> Response:
    """The service is silent from now on; the worker is told as far as that may be."""

    def work(db: Session, case: Case) -> None:
        chosen = replying.take_over(db, console.gateway, case, staff.uid)
        audit.write(
            db=db, vault=console.gateway.vault, act="taken_over", staff=staff.uid, about=case.reference, way=chosen
        )

    told = acting(console, staff, reference, work)
    console.gateway.jobs.send()
    return back(reference, told, "talk")


@router.post("/cases/{reference}/hand-back")
def hand_back(console: ConsoleHere, staff: Asking, reference: str) -> Response:
    """The service talks to the worker again."""

    def work(db: Session, case: Case) -> None:
        replying.hand_back(db, console.gateway, case, staff.uid)
        audit.write(db=db, vault=console.gateway.vault, act="handed_back", staff=staff.uid, about=case.reference)

    told = acting(console, staff, reference, work)
    console.gateway.jobs.send()
    return back(reference, told, "talk")


@router.post("/cases/{reference}/messages")
def message(
    request: Request, console: ConsoleHere, staff: Asking, reference: str, text: Text = "", reason: Text = "",
    sure: Annotated[str, Form(max_length=8)] = "",
) -> Response:  # fmt: skip
    """Show what would be sent, and how; send it when that was seen."""
    words = text.replace("\r\n", "\n").strip()
    if sure != "yes":
        return _preview(request, console, reference, words, reason.strip())

    def work(db: Session, case: Case) -> None:
        chosen = replying.say(db, console.gateway, case, staff.uid, words, reason)
        audit.write(
            db=db, vault=console.gateway.vault, act="message_sent", staff=staff.uid, about=case.reference, way=chosen,
            plan_set_aside=bool(reason.strip()) and chosen is Way.LINE_NOW,
        )  # fmt: skip

    told = acting(console, staff, reference, work)
    console.gateway.jobs.send()
    return back(reference, told, "conversation")


def _preview(request: Request, console: Console, reference: str, words: str, reason: str) -> Response:
    if not words:
        return back(reference, "empty", "talk")
    gateway = console.gateway
    try:
        with gateway.database.unit_of_work(read_only=True) as db:
            case = find(db, reference)
            chosen = replying.way(db, gateway, case)
            with_reason = replying.way(db, gateway, case, reason=True)
    except tuple(FAULTS) as fault:
        return back(reference, FAULTS[type(fault)])
    on_phone = case.channel != "web"
    parts = sms_text.split(sms_text.normalise(words[: replying.LONGEST])) if on_phone else [words[: replying.LONGEST]]
    return page(
        request, "message", case=case, text=words, reason=reason, parts=parts, way=chosen, words=WORDS,
        needs_reason=chosen is not with_reason, with_reason=with_reason,
        segments=sum(sms_text.segments(part) for part in parts) if case.channel == "sms" else 0,
    )  # fmt: skip
