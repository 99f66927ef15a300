"""Talking to a worker: taking over, writing with a look at it first, handing back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
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
from webhook.translation import replies
from webhook.translation.replies import ReplyShown, TranslationNotSeen

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
Text = Annotated[str, Form(max_length=4 * replying.LONGEST)]
Short = Annotated[str, Form(max_length=8)]
Name = Annotated[str, Form(max_length=32)]


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
    sure: Short = "", translation: Name = "", translated: Short = "",
) -> Response:  # fmt: skip
    """Show what would be sent, how, and in the worker's language where a machine can say it; send it when seen."""
    words = text.replace("\r\n", "\n").strip()
    if sure != "yes":
        return _look(request, console, staff, reference, words, reason.strip())

    def work(db: Session, case: Case) -> None:
        vault = console.gateway.vault
        seen = replies.shown(db=db, vault=vault, case=case, staff=staff.uid, uid=translation) if translated else None
        if translated and (seen is None or seen.text is None or seen.english != words):
            raise TranslationNotSeen
        beside = (seen.text, seen.language) if seen is not None and seen.text is not None else None
        chosen = replying.say(db, console.gateway, case, staff.uid, words, reason, beside)
        audit.write(
            db=db, vault=vault, act="message_sent", staff=staff.uid, about=case.reference, way=chosen,
            plan_set_aside=bool(reason.strip()) and chosen is Way.LINE_NOW, translated=beside is not None,
        )  # fmt: skip

    told = acting(console, staff, reference, work)
    console.gateway.jobs.send()
    return back(reference, told, "conversation")


@router.get("/cases/{reference}/messages/{uid}")
def translated_message(request: Request, console: ConsoleHere, staff: Asking, reference: str, uid: str) -> Response:
    """The same page again, with the translation as far as it is."""
    gateway = console.gateway
    try:
        with gateway.database.unit_of_work(read_only=True) as db:
            reply = replies.shown(db=db, vault=gateway.vault, case=find(db, reference), staff=staff.uid, uid=uid)
    except tuple(FAULTS) as fault:
        return back(reference, FAULTS[type(fault)])
    if reply is None:
        raise HTTPException(404)
    return _preview(request, console, reference, reply.english, reply.reason, reply)


def _look(request: Request, console: Console, staff: Staff, reference: str, words: str, reason: str) -> Response:
    """The page of what would be sent; where a machine can say it in the worker's language, that is begun first."""
    if not words:
        return back(reference, "empty", "talk")
    names: list[str] = []

    def begin(db: Session, case: Case) -> None:
        english = words[: replying.LONGEST]
        names.append(
            replies.ask(db=db, vault=console.gateway.vault, case=case, staff=staff.uid, english=english, reason=reason)
        )

    with console.gateway.database.unit_of_work(read_only=True) as db:
        possible = replies.possible(find(db, reference))
    if not possible:
        return _preview(request, console, reference, words, reason, None)
    told = acting(console, staff, reference, begin)
    if told:
        return back(reference, told)
    console.gateway.jobs.translate()
    return RedirectResponse(f"/cases/{reference}/messages/{names[0]}", 303)


def _preview(
    request: Request, console: Console, reference: str, words: str, reason: str, reply: ReplyShown | None
) -> Response:
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
        request, "message", case=case, text=words, reason=reason, parts=parts, way=chosen, words=WORDS, reply=reply,
        needs_reason=chosen is not with_reason, with_reason=with_reason,
        segments=sum(sms_text.segments(part) for part in parts) if case.channel == "sms" else 0,
    )  # fmt: skip
