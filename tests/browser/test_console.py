"""Officers in a real browser: an emergency from the worker's message to a closed case, and pages for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AXE, Addresses
from tests.browser.officers import emergency, known_as, sign_in
from tests.webhook.staff.people import set_up
from webhook.accounts.roles import Role
from webhook.database import Database
from webhook.privacy.vault import Vault
from webhook.staff import knowledge_desk
from webhook.switches import service as switches

__all__ = ["emergency", "known_as"]

SERIOUS = ("serious", "critical")


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
    emergency: Page, addresses: Addresses, known_as: Callable[..., Page], database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(knowledge_desk, "SOON", timedelta(days=10_000))  # every figure's name stands on the page
    supervisor = known_as(Role.SUPERVISOR)
    supervisor.goto(f"{addresses.staff}/cases")
    here = supervisor.locator("#queue th a").first.get_attribute("href")
    supervisor.goto(f"{addresses.staff}{here}")
    supervisor.get_by_role("button", name="Take this case").click()
    supervisor.get_by_role("button", name="Take over from the service").click()
    with database.unit_of_work() as db:
        switches.turn_off(db=db, kind=switches.Kind.TOPIC, value="sick_pay")
    pages = {
        Role.SUPERVISOR: [
            "/", "/cases", f"{here}", f"{here}/hand-on", f"{here}/hand-on?to=police", f"{here}/identity", "/reference",
            "/reference?q=overcrowding", "/reference/agencies", "/knowledge", "/knowledge/hi",
            "/knowledge/hi/answers/payslip", f"{here}/checklists/prevention_culture", "/switches", "/statistics",
            "/audit", "/code",
        ],
        Role.CONTENT_EDITOR: ["/knowledge/hi"],
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
