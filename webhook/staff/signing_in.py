"""The pages of signing in: password, code, the fresh code, the one-time link, signing out."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Annotated, TypeVar

import segno
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from webhook.accounts import accounts as services
from webhook.accounts import signing_in
from webhook.accounts.accounts import CodeWrong, LinkNotGood
from webhook.accounts.passwords import PasswordUnfit
from webhook.accounts.sessions import Staff
from webhook.accounts.signing_in import SignedIn
from webhook.accounts.tries import TooManyTries
from webhook.rate_limit import caller
from webhook.staff import cookies
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of, written
from webhook.staff.pages import page

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
Taken = TypeVar("Taken")
Field = Annotated[str, Form(max_length=500)]

WRONG = "The e-mail address or the password is wrong."
CODE_WRONG = "The code is wrong, or was used already. Wait for the next one."
WAIT = "There were too many failed tries. Wait 15 minutes, or ask an administrator for a new link."
_HERE = re.compile(r"/(?:[A-Za-z0-9_.\-]+/?)*")


def local(address: str) -> str:
    """An address of this console to go on to; the first page when it is anything else."""
    return address if _HERE.fullmatch(address) and not address.startswith("//") else "/"


@router.get("/login")
def login_page(request: Request, console: ConsoleHere, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Ask for address and password."""
    return page(request, "login", next=local(next), organisation=console.settings.oidc_on)


@router.post("/login")
def login(
    request: Request,
    console: ConsoleHere,
    email: Field,
    password: Field,
    next: Field = "/",  # noqa: A002
) -> Response:
    """Take address and password; go on to the code."""
    gateway, token = console.gateway, None
    told = WRONG
    if console.signing_in.allows(caller(request.client.host if request.client else None)):
        try:
            with gateway.database.unit_of_work() as db:
                token = signing_in.password(
                    db=db, vault=gateway.vault, email=email, password=password,
                    device=cookies.get(request, console, cookies.DEVICE),
                )  # fmt: skip
        except TooManyTries:
            told = WAIT
    else:
        told = WAIT
    if token is None:
        status = 429 if told is WAIT else 401
        return page(request, "login", status, next=local(next), errors=[("email", told)], email=email)
    response = RedirectResponse(f"/login/code?next={local(next)}", 303)
    cookies.put(response, console, cookies.SESSION, token)
    cookies.remove(response, console, cookies.FORM)
    return response


@router.get("/login/code")
def code_page(request: Request, next: str = "/") -> Response:  # noqa: A002
    """Ask for the code."""
    return page(request, "code", next=local(next), action="/login/code")


@router.post("/login/code")
def code(
    request: Request,
    console: ConsoleHere,
    staff: Asking,
    code: Field,
    next: Field = "/",  # noqa: A002
) -> Response:
    """Take the code; the session gets a fresh token."""

    def take(db: Session, device: str | None) -> SignedIn | None:
        vault, lasts = console.gateway.vault, console.settings.session
        return signing_in.code(db=db, vault=vault, staff=staff, code=code, lasts=lasts, device=device)

    done = _taken(request, console, next, "/login/code", take)
    if isinstance(done, Response):
        return done
    response = RedirectResponse(local(next), 303)
    cookies.put(response, console, cookies.SESSION, done.session)
    cookies.put(response, console, cookies.DEVICE, done.device, cookies.DEVICE_SECONDS)
    return response


@router.get("/code")
def fresh_code_page(request: Request, next: str = "/") -> Response:  # noqa: A002
    """Ask for a fresh code before something that needs one."""
    return page(request, "code", next=local(next), action="/code", fresh=True)


@router.post("/code")
def fresh_code(
    request: Request,
    console: ConsoleHere,
    staff: Asking,
    code: Field,
    next: Field = "/",  # noqa: A002
) -> Response:
    """Take a fresh code. What a form brought that came too late for the old one goes along, and is sent then."""

    def take(db: Session, device: str | None) -> bool:
        return signing_in.code_again(db=db, vault=console.gateway.vault, staff=staff, code=code, device=device)

    done = _taken(request, console, next, "/code", take)
    if isinstance(done, Response):
        return done
    carried = dict(_carried(request))
    onward = local(carried.pop("onward", "/"))
    if not written(request):
        return RedirectResponse(local(next), 303)
    return page(
        request, "go_on", onward=onward, next=local(next), carried=list(carried.items()), written=written(request)
    )


def _carried(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.state.fields if name not in ("code", "next")]


def _taken(
    request: Request,
    console: Console,
    next: str,  # noqa: A002
    action: str,
    take: Callable[[Session, str | None], Taken | None],
) -> Taken | Response:
    """What came of a code that was entered, or the page that asks for it again."""
    try:
        with console.gateway.database.unit_of_work() as db:
            done = take(db, cookies.get(request, console, cookies.DEVICE))
    except TooManyTries:
        return _code_refused(request, 429, WAIT, next, action)
    return done or _code_refused(request, 401, CODE_WRONG, next, action)


def _code_refused(request: Request, status: int, told: str, next: str, action: str) -> Response:  # noqa: A002
    return page(
        request, "code", status, next=local(next), action=action, errors=[("code", told)], fresh=action == "/code",
        carried=_carried(request),
    )  # fmt: skip


@router.post("/logout")
def logout(console: ConsoleHere, staff: Asking) -> Response:
    """End the session."""
    with console.gateway.database.unit_of_work() as db:
        signing_in.sign_out(db=db, vault=console.gateway.vault, staff=staff)
    response = RedirectResponse("/login", 303)
    cookies.remove(response, console, cookies.SESSION)
    return response


@router.get("/set-up/{token}")
def set_up_page(request: Request, console: ConsoleHere, token: str) -> Response:
    """What a one-time link opens."""
    return _set_up(request, console, token, 200, [])


@router.post("/set-up/{token}")
def set_up(request: Request, console: ConsoleHere, token: str, password: Field, again: Field, code: Field) -> Response:
    """Set the account up; show the recovery codes once."""
    if password != again:
        return _set_up(request, console, token, 422, [("again", "The two passwords differ.")])
    gateway = console.gateway
    try:
        with gateway.database.unit_of_work() as db:
            codes = services.set_up(db=db, vault=gateway.vault, token=token, password=password, code=code)
    except PasswordUnfit as fault:
        return _set_up(request, console, token, 422, [("password", fault.reason)])
    except CodeWrong:
        return _set_up(request, console, token, 422, [("code", CODE_WRONG)])
    except LinkNotGood:
        return page(request, "link_not_good", 404)
    return page(request, "recovery_codes", codes=codes)


def _set_up(request: Request, console: Console, token: str, status: int, errors: list[tuple[str, str]]) -> Response:
    try:
        with console.gateway.database.unit_of_work(read_only=True) as db:
            shown = services.set_up_page(db=db, vault=console.gateway.vault, token=token)
    except LinkNotGood:
        return page(request, "link_not_good", 404)
    return page(request, "set_up", status, shown=shown, picture=picture(shown.address), errors=errors)


def picture(address: str) -> Markup:
    """The address for a code generator as a picture, drawn here: no other site learns of it."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, border=2, title="Picture for the code generator", omitsize=True
    )
    return Markup(out.getvalue().decode("utf-8"))  # noqa: S704 - drawn by the library from modules, not from text
