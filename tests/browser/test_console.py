"""Officers in a real browser: an emergency from the worker's message to a closed case, and pages for everybody."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from tests.browser.conftest import AXE, Addresses
from tests.webhook.parts import DANGER
from tests.webhook.staff.people import PASSWORD, account, email_of, set_up
from webhook import answering
from webhook.accounts import sessions
from webhook.accounts.roles import Role
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.privacy.vault import Vault
from webhook.staff import knowledge_desk
from webhook.staff.cookies import SESSION

OFFICER = email_of(Role.OFFICER)
SERIOUS = ("serious", "critical")


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


def test_an_emergency_from_the_workers_message_to_a_closed_case(
    page: Page, emergency: Page, addresses: Addresses, database: Database, vault: Vault, known_as: Callable[..., Page]
) -> None:
    with database.unit_of_work() as db:
        secret = set_up(db, vault, Role.OFFICER)[1]
    sign_in(page, addresses, secret)
    page.get_by_role("link", name="Cases", exact=True).first.click()
    expect(page.get_by_text("An emergency waits that nobody has read.")).to_be_visible()
    second = known_as(Role.OFFICER, 2)
    case = page.locator("#queue th a").first
    address = f"{addresses.staff}{case.get_attribute('href')}"
    second.goto(address)
    case.click()
    expect(page.get_by_text("A weapon is there or is threatened.")).to_be_visible()
    page.get_by_role("button", name="Take this case").click()
    second.get_by_role("button", name="Take this case").click()
    expect(second.get_by_text("Another officer has just taken this case.")).to_be_visible()

    page.get_by_role("button", name="Take over from the service").click()
    expect(emergency.get_by_text("A person from the safeguarding team is here now.")).to_be_visible(timeout=20_000)
    page.get_by_label("Message").fill("Are you safe now?")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("The worker is there now")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(emergency.get_by_text("Are you safe now?")).to_be_visible(timeout=20_000)
    emergency.get_by_role("textbox").fill("yes he has left")
    emergency.keyboard.press("Enter")
    expect(page.locator("#lines").get_by_text("yes he has left")).to_be_visible(timeout=20_000)

    page.get_by_role("link", name="Hand on to another body").click()
    page.get_by_role("link", name=re.compile("Without a name to Police")).click()
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Record it as handed on").click()
    expect(page.get_by_text("Handed on to another body.").first).to_be_visible()
    page.get_by_text("Change the state, or close the case").click()
    page.get_by_label("Why it is closed").select_option("helped")
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_text("The worker got help.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_case_is_taken_and_noted_on_with_and_without_javascript(
    emergency: Page, addresses: Addresses, known_as: Callable[..., Page], script: bool
) -> None:
    window = known_as(java_script_enabled=script)
    window.goto(f"{addresses.staff}/cases")
    window.locator("#queue th a").first.click()
    window.get_by_role("button", name="Take this case").click()
    window.get_by_label("Write a note").fill("rang the lead")
    window.get_by_role("button", name="Keep the note").click()
    expect(window.get_by_text("rang the lead")).to_be_visible()


def test_axe_finds_nothing_serious_and_nothing_runs_off_a_narrow_window(
    emergency: Page, addresses: Addresses, known_as: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge_desk, "SOON", timedelta(days=10_000))  # every figure's name stands on the page
    supervisor = known_as(Role.SUPERVISOR)
    supervisor.goto(f"{addresses.staff}/cases")
    here = supervisor.locator("#queue th a").first.get_attribute("href")
    supervisor.goto(f"{addresses.staff}{here}")
    supervisor.get_by_role("button", name="Take this case").click()
    supervisor.get_by_role("button", name="Take over from the service").click()
    pages = {
        Role.SUPERVISOR: [
            "/", "/cases", f"{here}", f"{here}/hand-on", f"{here}/hand-on?to=police", f"{here}/identity", "/reference",
            "/reference?q=overcrowding", "/reference/agencies", "/knowledge", "/statistics", "/audit", "/code",
        ],
        Role.ADMINISTRATOR: ["/accounts"],
    }  # fmt: skip
    faults: list[str] = []
    for role, listed in pages.items():
        window = known_as(role)
        for path in ["/login", *listed]:
            window.goto(f"{addresses.staff}{path}")
            faults += [f"{path}: {found}" for found in axe(window)]
            window.set_viewport_size({"width": 320, "height": 800})  # as 400 % on a laptop
            wide = window.evaluate("document.documentElement.scrollWidth")
            faults += [f"{path}: {wide} pixels wide"] if wide > 320 else []
            window.set_viewport_size({"width": 1280, "height": 800})
    assert faults == []


def axe(page: Page) -> list[str]:
    # By the debugger's way, which the page's own rules on scripts do not stop.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    return [
        f"{each['id']} at {', '.join(str(node['target']) for node in each['nodes'])}"
        for each in found["violations"]
        if each["impact"] in SERIOUS
    ]


def test_the_whole_console_can_be_walked_by_keyboard(
    emergency: Page, addresses: Addresses, known_as: Callable[..., Page]
) -> None:
    window = known_as()
    window.goto(f"{addresses.staff}/cases")
    window.keyboard.press("Tab")
    expect(window.get_by_role("link", name="Skip to main content")).to_be_focused()
    for _ in range(30):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.closest('#queue th') !== null"):
            break
    window.keyboard.press("Enter")
    expect(window.get_by_role("button", name="Take this case")).to_be_visible()
