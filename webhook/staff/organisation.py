"""The pages of signing in at the organisation's provider: there, and back."""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from webhook.accounts import organisation
from webhook.accounts.__main__ import console_address
from webhook.accounts.organisation import Begun, NotVouchedFor, Provider, ProviderFailed
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen
from webhook.staff import cookies
from webhook.staff.console import Console, console_of
from webhook.staff.pages import page
from webhook.staff.signing_in import local

router = APIRouter()
log = logger(__name__)
ConsoleHere = Annotated[Console, Depends(console_of)]
COOKIE, TABLE = "officer_away", "staff_away"
BACK = "/login/organisation/back"
REFUSED = (
    "Signing in at your organisation did not work",
    "There is no account here for you, it is not set up yet, or the answer could not be trusted. Ask an administrator.",
)
AWAY = ("Your organisation's sign-in does not answer", "Try again in a minute, or sign in with your password.")


@router.get("/login/organisation")
def leave(request: Request, console: ConsoleHere, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Go to the provider."""
    provider = provider_of(console)
    try:
        address, begun = organisation.begin(provider, _back(console), local(next))
    except ProviderFailed as fault:
        return _failed(request, fault)
    response = RedirectResponse(address, 303)
    sealed = console.gateway.vault.encrypt(asdict(begun), table=TABLE, uid=TABLE)
    cookies.put(response, console, COOKIE, base64.urlsafe_b64encode(sealed).decode("ascii"), seconds=600)
    return response


@router.get("/login/organisation/back")
def back(request: Request, console: ConsoleHere) -> Response:
    """Come back from the provider; go on to the code."""
    provider, gateway = provider_of(console), console.gateway
    try:
        begun = _begun(request, console)
        person = organisation.finish(provider, _back(console), begun, dict(request.query_params))
    except ProviderFailed as fault:
        return _failed(request, fault)
    except NotVouchedFor:
        return _refused(request, console)
    with gateway.database.unit_of_work() as db:
        token = organisation.sign_in(db=db, vault=gateway.vault, person=person)
    if token is None:
        return _refused(request, console)
    response = RedirectResponse(f"/login/code?next={local(begun.next)}", 303)
    cookies.put(response, console, cookies.SESSION, token)
    cookies.remove(response, console, cookies.FORM)
    cookies.remove(response, console, COOKIE)
    return response


def provider_of(console: Console) -> Provider:
    """The provider the settings name; without one these pages are not there."""
    settings = console.settings
    if not settings.oidc_on or settings.oidc_client_secret is None:
        raise HTTPException(404)
    return Provider(
        settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret.get_secret_value(),
        settings.oidc_trust_email,
    )  # fmt: skip


def _begun(request: Request, console: Console) -> Begun:
    try:
        sealed = base64.urlsafe_b64decode(cookies.get(request, console, COOKIE) or "")
        return Begun(**console.gateway.vault.decrypt(sealed, table=TABLE, uid=TABLE))
    except (CannotOpen, binascii.Error, ValueError, TypeError):
        raise NotVouchedFor from None


def _back(console: Console) -> str:
    return console_address(console.gateway.settings) + BACK


def _refused(request: Request, console: Console) -> Response:
    response = page(request, "error", 401, title=REFUSED[0], words=REFUSED[1])
    cookies.remove(response, console, COOKIE)
    return response


def _failed(request: Request, fault: ProviderFailed) -> Response:
    log.error("provider_failed", reason=str(fault))
    return page(request, "error", 502, title=AWAY[0], words=AWAY[1])
