"""The page of switches: what is off, and switching a channel, the answer on a topic or a language off and on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page
from webhook.staff.permissions import Permission
from webhook.switches import service
from webhook.switches.service import Kind, NotSwitchable

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
Value = Annotated[str, Form(max_length=64)]
TITLES: dict[Kind, tuple[str, str, Permission]] = {
    Kind.TOPIC: (
        "Answers on a topic", "Who asks is told that the answer is being checked, and who can help.",
        Permission.SWITCH_WORDS,
    ),
    Kind.LANGUAGE: (
        "Languages", "Who writes in it is answered in English, and told so once. Safety words stay in it.",
        Permission.SWITCH_WORDS,
    ),
    Kind.CHANNEL: (
        "Channels", "Nothing is answered there but who can help. Officers can still write to workers on it.",
        Permission.SWITCH_CHANNELS,
    ),
}  # fmt: skip


@router.get("/switches")
def switches(request: Request, console: ConsoleHere, staff: Asking) -> Response:
    """Everything that can be switched, what is off first."""
    gateway = console.gateway
    with gateway.database.unit_of_work() as db:
        found = service.switches(db)
        audit.write(db=db, vault=gateway.vault, act="switches_viewed", staff=staff.uid)
    return page(request, "switches", switches=found, titles=TITLES)


@router.post("/switches/channel")
def switch_channel(console: ConsoleHere, staff: Asking, value: Value, on: Annotated[bool, Form()]) -> Response:
    """Switch a channel off, or on again."""
    return _switched(console, staff, Kind.CHANNEL, value, on)


@router.post("/switches/topic")
def switch_topic(console: ConsoleHere, staff: Asking, value: Value, on: Annotated[bool, Form()]) -> Response:
    """Switch the answer on a topic off, or on again."""
    return _switched(console, staff, Kind.TOPIC, value, on)


@router.post("/switches/language")
def switch_language(console: ConsoleHere, staff: Asking, value: Value, on: Annotated[bool, Form()]) -> Response:
    """Switch a language off, or on again."""
    return _switched(console, staff, Kind.LANGUAGE, value, on)


def _switched(console: Console, staff: Staff, kind: Kind, value: str, on: bool) -> Response:
    gateway = console.gateway
    try:
        with gateway.database.unit_of_work() as db:
            turn = service.turn_on if on else service.turn_off
            if turn(db=db, kind=kind, value=value):
                act = "switched_on" if on else "switched_off"
                audit.write(db=db, vault=gateway.vault, act=act, staff=staff.uid, about=value, kind=kind)
    except NotSwitchable:
        raise HTTPException(422) from None
    return RedirectResponse("/switches", 303)
