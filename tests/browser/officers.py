"""Officers and a worker in browsers, for the walks through the console."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from tests.browser.conftest import Addresses
from tests.webhook.parts import DANGER
from tests.webhook.staff.people import PASSWORD, account, email_of
from webhook import answering
from webhook.accounts import sessions
from webhook.accounts.roles import Role
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.privacy.vault import Vault
from webhook.staff.cookies import SESSION

OFFICER = email_of(Role.OFFICER)


def sign_in(page: Page, addresses: Addresses, secret: str, email: str = OFFICER, password: str = PASSWORD) -> None:
    page.goto(f"{addresses.staff}/login")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def write_as_worker(page: Page, addresses: Addresses, text: str) -> None:
    page.goto(f"{addresses.public}/chat")
    page.get_by_role("textbox").fill(text)
    page.keyboard.press("Enter")


@pytest.fixture
def emergency(chromium: Browser, addresses: Addresses, gateway: Gateway) -> Iterator[Page]:
    """A worker's window, in which danger was told; the case is there."""
    context = chromium.new_context()
    worker = context.new_page()
    write_as_worker(worker, addresses, DANGER)
    wait_for_a_case(gateway)
    yield worker
    context.close()


def wait_for_a_case(gateway: Gateway) -> None:
    """Do the worker's part until the case stands in the queue."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answering.drain(gateway)
        cases.deliver_alerts(database=gateway.database, vault=gateway.vault)
        with gateway.database.unit_of_work() as db:
            if db.scalar(select(func.count()).select_from(Case)):
                return
        time.sleep(0.1)
    raise AssertionError("no case came of the message")


@pytest.fixture
def known_as(
    database: Database, vault: Vault, chromium: Browser, addresses: Addresses
) -> Iterator[Callable[..., Page]]:
    """Windows of people who are signed in."""
    contexts = []

    def open_window(role: Role = Role.OFFICER, number: int = 1, **options: Any) -> Page:
        with database.unit_of_work() as db:
            somebody = account(db, vault, role, number)
            token = sessions.start(db=db, account=somebody, stage=sessions.FULL, lasts=timedelta(hours=1))
        context = chromium.new_context(**options)
        context.add_cookies([{"name": SESSION, "value": token, "url": addresses.staff}])
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
