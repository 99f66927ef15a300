"""The console's cookies, and the mark that every form carries."""

from __future__ import annotations

import hmac

from fastapi import Request, Response

from webhook.accounts.tokens import marked, new_token
from webhook.staff.console import Console

SESSION, DEVICE, FORM = "officer", "officer_browser", "officer_form"
DEVICE_SECONDS = 180 * 24 * 3600


def _name(console: Console, name: str) -> str:
    # With this beginning a browser takes the cookie only over https and from this very host.
    return f"__Host-{name}" if console.secure else name


def get(request: Request, console: Console, name: str) -> str | None:
    """A cookie's value."""
    return request.cookies.get(_name(console, name))


def put(response: Response, console: Console, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie: for this host only, out of reach of scripts, not sent along from other sites' forms."""
    response.set_cookie(
        _name(console, name), value, max_age=seconds, httponly=True, secure=console.secure, samesite="lax", path="/"
    )


def remove(response: Response, console: Console, name: str) -> None:
    """Take a cookie away."""
    response.delete_cookie(_name(console, name), httponly=True, secure=console.secure, samesite="lax", path="/")


def form_mark(request: Request, console: Console) -> str:
    """What a form must bring back: bound to the session, or before signing in to a cookie of its own."""
    bound_to = get(request, console, SESSION) or _form_cookie(request, console)
    return marked(console.gateway.vault, "form", bound_to)


def is_marked(request: Request, console: Console, said: object) -> bool:
    """Whether a form brought back its mark."""
    bound_to = get(request, console, SESSION) or get(request, console, FORM)
    if bound_to is None or not isinstance(said, str):
        return False
    return hmac.compare_digest(marked(console.gateway.vault, "form", bound_to).encode(), said.encode())


def _form_cookie(request: Request, console: Console) -> str:
    value = get(request, console, FORM) or getattr(request.state, "form_cookie", None)
    if value is None:
        value = new_token()
        request.state.form_cookie = value
    return str(value)


def put_form_cookie(request: Request, response: Response, console: Console) -> None:
    """Set the form's cookie if this page made one."""
    made = getattr(request.state, "form_cookie", None)
    if made is not None:
        put(response, console, FORM, str(made))
