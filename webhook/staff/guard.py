"""What every request to the console passes before its handler: is the address named, who asks, may they.

One place decides, for the whole app. A handler cannot be reached past it, and an address that the permission map does
not name is denied to everybody.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from webhook.accounts import sessions
from webhook.accounts.sessions import Staff
from webhook.accounts.signing_in import is_fresh
from webhook.staff import cookies
from webhook.staff.console import Console, console_of
from webhook.staff.permissions import ADDRESSES, FRESH_CODE, Permission, may

MARK = "form_mark"
"""The name of a form's hidden field."""
WRITTEN = ("text", "note", "reason", "summary", "yes_words", "evidence-")
"""How the names of fields begin in which officers write at length."""


class Denied(Exception):
    """The address is not named, or the person's role has no permission for it."""


class SignInNeeded(Exception):
    """Nobody is signed in. ``code``: the password was right, and the code is owed."""

    def __init__(self, code: bool = False) -> None:
        super().__init__("sign in")
        self.code = code


class FreshCodeNeeded(Exception):
    """What is asked for needs a code entered within the last minutes. ``address``: where to go on then.

    What a form brought that came too late is in ``request.state.fields``.
    """

    def __init__(self, address: str) -> None:
        super().__init__("fresh code")
        self.address = address


class FormNotOurs(Exception):
    """A form came from elsewhere, or from a page of another session."""


async def guard(request: Request) -> None:
    """Let a request through, with who asks in ``request.state.staff``. Raises the exceptions of this file."""
    console = console_of(request)
    permission = ADDRESSES.get((request.method, address_of(request)))
    if permission is None:
        raise Denied
    if permission is Permission.READ_FEED:
        request.state.staff = None
        _check_token(request, console)
        return
    ours = request.method == "GET" or await _is_ours(request, console)
    staff = await run_in_threadpool(_who, request, console)
    request.state.staff = staff
    _check_person(permission, staff)
    if not ours:
        raise FormNotOurs
    if permission in FRESH_CODE and staff is not None and not is_fresh(staff):
        raise FreshCodeNeeded(request.url.path.removesuffix("/danger"))


def address_of(request: Request) -> str:
    """The address as it is written in the permission map, with the names of its parts."""
    return str(getattr(request.scope.get("route"), "path", ""))


def written(request: Request) -> list[str]:
    """What somebody wrote in the form that led here; nothing of a form that is not from a page of ours."""
    fields: list[tuple[str, str]] = getattr(request.state, "fields", [])
    return [value for name, value in fields if name.startswith(WRITTEN) and value.strip()]


def staff_of(request: Request) -> Staff:
    """Who asks. Only for addresses that ask for more than OPEN."""
    staff: Staff | None = request.state.staff
    if staff is None:
        raise SignInNeeded
    return staff


def _check_person(permission: Permission, staff: Staff | None) -> None:
    if permission is Permission.OPEN:
        return
    if staff is None:
        raise SignInNeeded
    if permission is Permission.CODE:
        if staff.signed_in:
            raise Denied
        return
    if not staff.signed_in:
        raise SignInNeeded(code=True)
    if not may(staff.role, permission):
        raise Denied


def _check_token(request: Request, console: Console) -> None:
    """A program brings the token in a header; never in the address, which ends up in logs."""
    wanted = console.settings.feed_token
    brought = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if wanted is None or not hmac.compare_digest(brought.encode(), wanted.get_secret_value().encode()):
        raise Denied


async def _is_ours(request: Request, console: Console) -> bool:
    """Whether a form is from a page of ours. What it brought is remembered, so that nobody has to write it anew."""
    if not _is_of_this_origin(request):
        return False
    form = await request.form()
    if not cookies.is_marked(request, console, form.get(MARK)):
        return False
    request.state.fields = [(name, each) for name, each in form.multi_items() if isinstance(each, str) and name != MARK]
    return True


def _is_of_this_origin(request: Request) -> bool:
    """A browser says where a form comes from; one from another site is refused whatever it brings."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _who(request: Request, console: Console) -> Staff | None:
    token = cookies.get(request, console, cookies.SESSION)
    if not token:
        return None
    database = console.gateway.database
    with database.unit_of_work(read_only=True) as db:
        found = sessions.find(db=db, token=token, idle=console.settings.idle)
    if found is None:
        return None
    staff, due = found
    # A page that renews itself in an empty room must not keep the session open.
    if due and "hx-request" not in request.headers:
        with database.unit_of_work() as db:
            sessions.seen(db=db, session_id=staff.session_id)
    return staff
