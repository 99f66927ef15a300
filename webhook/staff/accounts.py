"""The pages of accounts: who there is, new links, roles, disabling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from webhook.accounts import accounts as services
from webhook.accounts.__main__ import console_address
from webhook.accounts.accounts import AccountNotKnown, EmailUnfit
from webhook.accounts.roles import WORDS, Role
from webhook.accounts.sessions import Staff
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]


@router.get("/accounts")
def accounts(request: Request, console: ConsoleHere) -> Response:
    """Everybody, and a form to add somebody."""
    return _shown(request, console, 200)


@router.post("/accounts")
def invite(
    request: Request, console: ConsoleHere, staff: Asking,
    email: Annotated[str, Form(max_length=254)], role: Annotated[Role, Form()],
    name: Annotated[str, Form(max_length=100)] = "",
) -> Response:  # fmt: skip
    """Make an account or a fresh link for one; the link is shown once."""
    gateway = console.gateway
    written = {"email": email, "person": name, "chosen": role}
    if email.strip().lower() == staff.email and role != staff.role:
        return _shown(request, console, 422, errors=[("role", "Nobody changes their own role.")], **written)
    try:
        with gateway.database.unit_of_work() as db:
            _, token = services.invite(
                db=db, vault=gateway.vault, email=email, role=role, name=name.strip(), by=staff.uid
            )
    except EmailUnfit:
        return _shown(request, console, 422, errors=[("email", "This is not an e-mail address.")], **written)
    return _shown(request, console, 200, link=f"{console_address(gateway.settings)}/set-up/{token}", invited=email)


@router.post("/accounts/{uid}/role")
def change_role(console: ConsoleHere, staff: Asking, uid: str, role: Annotated[Role, Form()]) -> Response:
    """Give somebody another role. Nobody changes their own."""
    _not_oneself(staff, uid)
    with console.gateway.database.unit_of_work() as db:
        _known(lambda: services.change_role(db=db, vault=console.gateway.vault, uid=uid, role=role, by=staff.uid))
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/{uid}/disable")
def disable(console: ConsoleHere, staff: Asking, uid: str) -> Response:
    """Let somebody sign in no more."""
    _not_oneself(staff, uid)
    with console.gateway.database.unit_of_work() as db:
        _known(lambda: services.disable(db=db, vault=console.gateway.vault, uid=uid, by=staff.uid))
    return RedirectResponse("/accounts", 303)


def _not_oneself(staff: Staff, uid: str) -> None:
    if uid == staff.uid:
        raise HTTPException(422)


def _known(work: Callable[[], None]) -> None:
    try:
        work()
    except AccountNotKnown:
        raise HTTPException(404) from None


def _shown(request: Request, console: Console, status: int, **values: object) -> Response:
    with console.gateway.database.unit_of_work(read_only=True) as db:
        everybody = services.everybody(db=db)
    return page(request, "accounts", status, everybody=everybody, roles=WORDS, **values)
