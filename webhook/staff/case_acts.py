"""What the pages of a case share: finding it, acting on it as who has it, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import HTTPException
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.cases import claims
from webhook.cases import service as cases
from webhook.cases.claims import NotYours, TakenByAnother
from webhook.cases.hand_ons import ConsentMissing, NothingToPassOn, SummaryMissing, YesNotShown
from webhook.cases.identity import NotShared
from webhook.cases.marks import SignNotKnown
from webhook.cases.models import Case
from webhook.cases.notes import ReasonMissing
from webhook.cases.service import CaseIsClosed, NotAReference
from webhook.privacy.keyring import CannotOpen
from webhook.replying import CannotBeSent, NothingWritten, NotTakenOver
from webhook.staff.console import Console
from webhook.translation.replies import TranslationNotSeen

FAULTS: dict[type[Exception], str] = {
    CaseIsClosed: "closed",
    NotYours: "not_yours",
    TakenByAnother: "taken",
    SignNotKnown: "sign",
    NothingWritten: "empty",
    NotTakenOver: "not_taken_over",
    CannotBeSent: "cannot_be_sent",
    CannotOpen: "key",
    ReasonMissing: "reason",
    NotShared: "not_shared",
    ConsentMissing: "consent",
    YesNotShown: "yes",
    NothingToPassOn: "nothing_to_pass_on",
    SummaryMissing: "summary",
    TranslationNotSeen: "translation",
}
TOLD: dict[str, str] = {
    "taken": "Another officer has just taken this case.",
    "closed": "This case is closed. Nothing is changed on it any more.",
    "not_yours": "Take this case first. It is not yours, or time ran out and it went back into the queue.",
    "sign": "This sign is not on the case.",
    "empty": "Write something first.",
    "not_taken_over": "Take over from the service first.",
    "cannot_be_sent": "Nothing can be sent: the worker has sent STOP, or the conversation is not there any more.",
    "key": "Words of this case cannot be opened: a key is missing. Tell the operator.",
    "reason": "Write the reason so that somebody else understands it later: at least 20 characters.",
    "not_shared": "The worker does not share who they are.",
    "consent": "This body may be told this only after the worker's own yes to it, or for danger to life or a child.",
    "yes": "Say where the worker said yes: choose their message, or write how they said it.",
    "nothing_to_pass_on": "The worker shares nothing that says who they are, or nobody has read it yet.",
    "summary": "Write the summary. It must fit on one page.",
    "translation": "Nothing was sent: the words are not those that were translated. Look at your message again.",
    "unknown_body": "Choose a body.",
    "danger": "Choose who is in danger.",
    "long": "This is too long. Make it shorter, or write it in two parts.",
    "reason_of_closing": "Choose why the case is closed.",
}
"""What a page says after an act that did not go through, by a short key in its address."""
TAKE_FIRST = ("not_yours", "not_taken_over")
"""What is put right by taking the case (again): a form that comes back with one of these offers it."""


def find(db: Session, reference: str) -> Case:
    """The case of a reference in any form; not found and not a reference look the same."""
    try:
        case = cases.find(db=db, reference=cases.read_reference(reference))
    except NotAReference:
        case = None
    if case is None:
        raise HTTPException(404)
    return case


def back(reference: str, told: str = "", at: str = "", page: str = "") -> Response:
    """To the page of the case, or one below it, with something said on it."""
    end = f"?told={told}" if told else f"#{at}" if at else ""
    return RedirectResponse(f"/cases/{reference}{page}{end}", 303)


def acting(console: Console, staff: Staff, reference: str, work: Callable[[Session, Case], str | None]) -> str:
    """Let the officer who has the case do something to it; return the key of what is to be said, or nothing."""
    gateway = console.gateway
    try:
        with gateway.database.unit_of_work() as db:
            plain = find(db, reference).reference
            case = claims.hold(db=db, reference=plain, staff=staff.uid, settings=gateway.settings)
            return work(db, case) or ""
    except tuple(FAULTS) as fault:
        return FAULTS[type(fault)]


def taking(console: Console, staff: Staff, reference: str) -> str:
    """Take the case for the officer who asks; return the key of what is to be said, or nothing."""
    gateway = console.gateway
    try:
        with gateway.database.unit_of_work() as db:
            case = find(db, reference)
            claims.claim(db=db, case=case, staff=staff.uid, settings=gateway.settings)
            audit.write(db=db, vault=gateway.vault, act="case_claimed", staff=staff.uid, about=case.reference)
    except tuple(FAULTS) as fault:
        return FAULTS[type(fault)]
    return ""


def said(told: str, field: str = "main-content") -> list[tuple[str, str]]:
    """What a page shows at its top, and at a field of it, for such a key."""
    return [(field, TOLD[told])] if told in TOLD else []
