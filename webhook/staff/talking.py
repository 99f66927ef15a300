"""Talking to a worker: taking over, writing with a look at it first, handing back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from webhook import replying
from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.cases import notes
from webhook.cases.contact import WORDS, Way
from webhook.cases.models import Case
from webhook.channels import sms_text
from webhook.staff.case_acts import FAULTS, TAKE_FIRST, acting, back, find, said, taking
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page
from webhook.translation import replies
from webhook.translation.replies import ReplyShown, TranslationNotSeen

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
Text = Annotated[str, Form(max_length=20_000)]
Short = Annotated[str, Form(max_length=8)]
Name = Annotated[str, Form(max_length=32)]


@router.post("/cases/{reference}/take-over")
def take_over(console: ConsoleHere, staff: Asking, reference: str) -> Response:
    """The service is silent from now on; the worker is told as far as that may be."""
    return back(reference, _take_over(console, staff, reference), "talk")


def _take_over(console: Console, staff: Staff, reference: str) -> str:
    """Do so; return the key of what is to be said, or nothing."""

    def work(db: Session, case: Case) -> None:
        chosen = replying.take_over(db, console.gateway, case, staff.uid)
        audit.write(
            db=db, vault=console.gateway.vault, act="taken_over", staff=staff.uid, about=case.reference, way=chosen
        )

    told = acting(console, staff, reference, work)
    console.gateway.jobs.send()
    return told


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
    sure: Short = "", translation: Name = "", translated: Short = "", take: Short = "",
) -> Response:  # fmt: skip
    """Show what would be sent, how, and in the worker's language where a machine can say it; send it when seen.

    What cannot be sent comes back as it was written. ``take``: only take the case and the conversation again.
    """
    words, why = text.replace("\r\n", "\n").strip(), reason.strip()
    if take:
        told = taking(console, staff, reference) or _take_over(console, staff, reference)
        return _preview(request, console, staff, reference, words, why, translation, told)
    if len(words) > replying.LONGEST or len(why) > notes.LONGEST:
        return _preview(request, console, staff, reference, words, why, translation, "long")
    if sure != "yes":
        return _look(request, console, staff, reference, words, why)

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
    if told == "translation":  # other words: they are translated, and looked at, anew
        return _look(request, console, staff, reference, words, why, told)
    if told:
        return _preview(request, console, staff, reference, words, why, translation, told)
    return back(reference, at="conversation")


@router.get("/cases/{reference}/messages/{uid}")
def translated_message(
    request: Request, console: ConsoleHere, staff: Asking, reference: str, uid: str, told: str = ""
) -> Response:
    """The same page again, with the translation as far as it is."""
    gateway = console.gateway
    try:
        with gateway.database.unit_of_work(read_only=True) as db:
            reply = replies.shown(db=db, vault=gateway.vault, case=find(db, reference), staff=staff.uid, uid=uid)
    except tuple(FAULTS) as fault:
        return back(reference, FAULTS[type(fault)])
    if reply is None:
        raise HTTPException(404)
    return _preview(request, console, staff, reference, reply.english, reply.reason, uid, told, 200)


def _look(
    request: Request, console: Console, staff: Staff, reference: str, words: str, reason: str, told: str = ""
) -> Response:
    """The page of what would be sent; where a machine can say it in the worker's language, that is begun first."""
    if not words:
        return back(reference, "empty", "talk")
    names: list[str] = []

    def begin(db: Session, case: Case) -> None:
        names.append(
            replies.ask(db=db, vault=console.gateway.vault, case=case, staff=staff.uid, english=words, reason=reason)
        )

    with console.gateway.database.unit_of_work(read_only=True) as db:
        possible = replies.possible(find(db, reference))
    if not possible:
        return _preview(request, console, staff, reference, words, reason, told=told)
    fault = acting(console, staff, reference, begin)
    if fault:
        return _preview(request, console, staff, reference, words, reason, told=fault)
    console.gateway.jobs.translate()
    return RedirectResponse(f"/cases/{reference}/messages/{names[0]}{f'?told={told}' if told else ''}", 303)


def _preview(
    request: Request, console: Console, staff: Staff, reference: str, words: str, reason: str,
    translation: str = "", told: str = "", status: int = 422,
) -> Response:  # fmt: skip
    """The page of what would be sent. ``told``: why it was not; what was written stands in the form all the same."""
    gateway = console.gateway
    reply: ReplyShown | None = None
    chosen = with_reason = Way.NOT_AT_ALL
    with gateway.database.unit_of_work(read_only=True) as db:
        case = find(db, reference)
        try:
            chosen = replying.way(db, gateway, case)
            with_reason = replying.way(db, gateway, case, reason=True)
            if translation:
                reply = replies.shown(db=db, vault=gateway.vault, case=case, staff=staff.uid, uid=translation)
        except tuple(FAULTS) as fault:
            told = told or FAULTS[type(fault)]
    reply = reply if reply is not None and reply.english == words else None
    parts = sms_text.split(sms_text.normalise(words)) if case.channel != "web" else [words]
    at = "reason" if told == "reason" or len(reason) > notes.LONGEST else "text"
    return page(
        request, "message", status if told else 200, case=case, text=words, reason=reason, parts=parts, way=chosen,
        words=WORDS, reply=reply, needs_reason=chosen is not with_reason or bool(reason), with_reason=with_reason,
        segments=sum(sms_text.segments(part) for part in parts) if case.channel == "sms" else 0,
        errors=said(told, at), take=told in TAKE_FIRST,
    )  # fmt: skip
