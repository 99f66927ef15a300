"""Signing in at a real OpenID Connect provider that runs beside the test."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pyotp
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import select

from tests.webhook.staff.people import SECRET, Browser, account, acts, browser
from webhook.accounts.models import StaffAccount
from webhook.accounts.roles import Role
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.privacy.vault import Vault
from webhook.staff.app import create_app
from webhook.staff.settings import StaffSettings

FOLDER = Path(__file__).parent / "provider"
NODE = Path(sys.executable).parent / "node"
BACK = "http://127.0.0.1:8001/login/organisation/back"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider of its own process; fails, and does not skip, where it is not installed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [NODE, "provider.mjs", str(port), BACK],
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        yield f"http://127.0.0.1:{port}"
    finally:
        # What was started is a wrapper in Python; the provider itself is its child and would outlive it.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=10)


@pytest.fixture
def app(gateway: Gateway, issuer: str) -> FastAPI:
    settings = StaffSettings(
        oidc_issuer=issuer, oidc_client_id="console", oidc_client_secret=SecretStr("a secret of the tests")
    )
    return create_app(gateway, settings)


def at_the_provider(address: str, who: str) -> dict[str, str]:
    """What somebody does there: sign in, agree; returns what the browser is sent back with."""
    with httpx.Client(follow_redirects=False) as client:
        answer = client.get(address)
        for _ in range(12):
            if answer.is_redirect:
                going = str(answer.next_request.url) if answer.next_request else ""
                if going.startswith(BACK):
                    return dict(parse_qsl(urlsplit(going).query))
                answer = client.get(going)
                continue
            action = re.search(r'action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="([^"]+)"', answer.text)
            assert action is not None, answer.text
            assert prompt is not None, answer.text
            fields = {"prompt": prompt[1], "login": who, "password": "any"}
            answer = client.post(action[1], data=fields)
    raise AssertionError("the provider did not send the browser back")


def leave(somebody: Browser) -> str:
    answer = somebody.get("/login/organisation", params={"next": "/cases"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


@pytest.fixture
def officer(database: Database, vault: Vault) -> None:
    with database.unit_of_work() as db:
        account(db, vault, Role.OFFICER)


@pytest.mark.usefixtures("officer")
def test_the_provider_takes_the_place_of_the_password_and_the_code_is_still_asked_for(
    app: FastAPI, database: Database, issuer: str
) -> None:
    somebody = browser(app)
    assert "Sign in with your organisation" in somebody.get("/login").text
    given = at_the_provider(leave(somebody), "officer1")
    assert somebody.get("/login/organisation/back", params=given).headers["location"] == "/login/code?next=/cases"
    assert somebody.get("/cases").headers["location"] == "/login/code"
    somebody.get("/login/code")
    assert somebody.post("/login/code", code=pyotp.TOTP(SECRET).now(), next="/cases").headers["location"] == "/cases"
    assert somebody.get("/cases").status_code == 200
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(StaffAccount.identity)).all() == [f"{issuer}#officer1"]
    assert "account_tied" in acts(database)


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("who", ["stranger", "unverified-officer1"])
def test_whom_no_account_was_made_for_and_an_address_nobody_verified_open_nothing(
    app: FastAPI, database: Database, who: str
) -> None:
    somebody = browser(app)
    given = at_the_provider(leave(somebody), who)
    assert somebody.get("/login/organisation/back", params=given).status_code == 401
    assert somebody.get("/").headers["location"] == "/login"
    assert acts(database)[-1] == "sign_in_failed"


@pytest.mark.usefixtures("officer")
def test_somebody_elses_answer_an_altered_one_and_a_used_one_open_nothing(app: FastAPI) -> None:
    attacker, victim = browser(app), browser(app)
    theirs = at_the_provider(leave(attacker), "officer1")
    leave(victim)
    assert victim.get("/login/organisation/back", params=theirs).status_code == 401
    somebody = browser(app)
    given = at_the_provider(leave(somebody), "officer1")
    for change in ({"state": "x"}, {"code": "x"}, {"iss": "https://evil.example"}):
        assert somebody.get("/login/organisation/back", params={**given, **change}).status_code == 401
    assert browser(app).get("/login/organisation/back", params=given).status_code == 401
    mine = browser(app)
    given = at_the_provider(leave(mine), "officer1")
    assert mine.get("/login/organisation/back", params=given).status_code == 303
    assert mine.get("/login/organisation/back", params=given).status_code == 401


def test_without_the_settings_the_pages_are_not_there_and_a_provider_that_is_away_is_said(gateway: Gateway) -> None:
    off = browser(create_app(gateway, StaffSettings()))
    assert "organisation" not in off.get("/login").text
    assert off.get("/login/organisation").status_code == 404
    settings = StaffSettings(
        oidc_issuer="http://127.0.0.1:9", oidc_client_id="console", oidc_client_secret=SecretStr("s")
    )
    assert browser(create_app(gateway, settings)).get("/login/organisation").status_code == 502
