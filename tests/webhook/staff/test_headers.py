"""Headers and cookies: nothing inline, nothing from elsewhere, nothing kept by the browser."""

from __future__ import annotations

from dataclasses import replace

from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.webhook.staff.people import browser
from webhook.gateway import Gateway
from webhook.staff.app import create_app
from webhook.staff.settings import StaffSettings


def test_every_answer_forbids_scripts_of_others_frames_and_storing(app: FastAPI) -> None:
    somebody = browser(app)
    for address in ("/login", "/", "/no-such-page", "/static/console.js"):
        headers = somebody.get(address).headers
        assert headers["Cache-Control"] == "no-store", address
        assert "script-src 'self';" in headers["Content-Security-Policy"], address
        assert "unsafe" not in headers["Content-Security-Policy"], address
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], address
        assert headers["Referrer-Policy"] == "same-origin", address


def test_pages_hold_no_script_or_style_of_their_own(app: FastAPI) -> None:
    from webhook.staff.pages import FOLDER

    for path in (FOLDER / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text, path
        assert " onclick=" not in text, path
        assert "<style" not in text, path
        assert "<script>" not in text, path
        assert "|safe" not in text.replace(" ", ""), path


def test_over_https_cookies_are_for_this_host_only_and_never_travel_without_it(gateway: Gateway) -> None:
    settings = gateway.settings.model_copy(update={"staff_base_url": "https://shop.example.org"})
    app = create_app(replace(gateway, settings=settings), StaffSettings())
    answer = TestClient(app, base_url="https://shop.example.org").get("/login")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-officer_form=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
