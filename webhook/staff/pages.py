"""Rendering a page: the templates, and what each of them is given."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, select_autoescape

from knowledge.languages import LanguageNotKnown, language
from webhook.staff import cookies
from webhook.staff.console import console_of
from webhook.staff.permissions import Permission, may
from webhook.translation.quality import WITHHELD

FOLDER = Path(__file__).parent
LONDON = ZoneInfo("Europe/London")
_templates = Environment(
    loader=ChoiceLoader(
        [
            FileSystemLoader(FOLDER / "templates"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    ),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)


def language_name(code: str) -> str:
    """A language's English name; its code where it is not registered."""
    try:
        return language(code).name
    except LanguageNotKnown:
        return code


def moment(value: datetime | None) -> str:
    """A time as people here read it: "21 November 2026, 4:05pm"."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    hour = local.hour % 12 or 12
    return f"{local.day} {local:%B %Y}, {hour}:{local.minute:02}{'am' if local.hour < 12 else 'pm'}"


MENU = (
    ("Cases", "/cases", Permission.SEE_CASES),
    ("Reference", "/reference", Permission.SEE_REFERENCE),
    ("Knowledge", "/knowledge", Permission.SEE_KNOWLEDGE),
    ("Switches", "/switches", Permission.SEE_SWITCHES),
    ("Statistics", "/statistics", Permission.SEE_STATISTICS),
    ("Audit log", "/audit", Permission.SEE_AUDIT),
    ("Accounts", "/accounts", Permission.MANAGE_ACCOUNTS),
)
"""The parts of the console, in the order of its menu."""


def length_of_time(value: timedelta) -> str:
    """How long somebody waits: "under a minute", "12 minutes", "3 hours", "2 days"."""
    minutes = int(value.total_seconds() // 60)
    for unit, size in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "under a minute"


_templates.filters["moment"] = moment
_templates.filters["moment_of"] = lambda written: moment(datetime.fromisoformat(written))
_templates.filters["length_of_time"] = length_of_time
_templates.filters["language_name"] = language_name
_templates.filters["withheld"] = lambda reason: WITHHELD.get(reason, WITHHELD[""])
_templates.globals["Permission"] = Permission
_templates.globals["menu"] = MENU


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page as an answer. ``errors`` are pairs of a field's name and a sentence."""
    console = console_of(request)
    staff = getattr(request.state, "staff", None)
    signed_in = staff if staff is not None and staff.signed_in else None
    html = _templates.get_template(f"{name}.html").render(
        request=request,
        staff=signed_in,
        allowed=lambda permission: signed_in is not None and may(signed_in.role, permission),
        form_mark=cookies.form_mark(request, console),
        path=request.url.path,
        **{"errors": [], **values},
    )
    response = HTMLResponse(html, status)
    cookies.put_form_cookie(request, response, console)
    return response
