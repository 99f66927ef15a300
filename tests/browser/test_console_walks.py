"""Walks through both apps: a refused and a withdrawn sharing, an unsealing, a lost WhatsApp window, a hand-on's PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sqlalchemy import select

from knowledge.sharing_words import passed_on
from tests.browser.conftest import Addresses
from tests.browser.officers import emergency, known_as, wait_for_a_case, write_as_worker
from tests.webhook.parts import NUMBER, OURS, STRONG_SIGN, PlayedRasa, post_sms
from tests.webhook.staff.people import SECRET, acts, code_entered_long_ago
from tests.webhook.twilio_server import Refusal, Twilio
from webhook import answering, sending
from webhook.accounts.roles import Role
from webhook.cases.models import Case
from webhook.conversations.models import Message
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.public.app import create_app

__all__ = ["emergency", "known_as"]

REASON = "A neighbour heard threats to kill through the wall tonight."
NAME = "Lakshmi Canarywala"
TEMPLATE = "HX" + "1" * 32


def decision(choice: str, name: str = "") -> dict[str, Any]:
    """What the dialogue asks to keep when the worker has decided."""
    identity = {"name": name, "way": "in this chat"} if name else {}
    shown = {"way": "", "where": "", "time": "", "words": "", "safe_word": "", "name": "", **identity}
    text = passed_on(choice, shown, "en")[0]
    return {"choice": choice, "identity": identity, "passed_on": text, "language": "en"}


@pytest.fixture
def choosing(rasa: PlayedRasa) -> None:
    """A dialogue that offers the sharing choice and takes the decision."""
    buttons = [
        {"title": "Share with SHOP", "intent": "sharing/share"},
        {"title": "Stay anonymous", "intent": "sharing/anonymous"},
    ]
    offer = {"kind": "choice", "text": "What shall happen next?", "buttons": buttons}
    rasa.by_intent["sharing/offer"] = {"messages": [offer], "keep": {"choice_open": True}}
    for intent, kept in (("share", decision("share", NAME)), ("anonymous", decision("anonymous"))):
        done = {"kind": "notice", "text": f"Done: {intent}."}
        rasa.by_intent[f"sharing/{intent}"] = {"messages": [done], "keep": {"sharing": kept, "choice_open": False}}


@pytest.fixture
def worker(chromium: Browser, addresses: Addresses, gateway: Gateway, choosing: None) -> Any:
    """A worker's window in which a strong sign was told and the choice is offered."""
    context = chromium.new_context()
    window = context.new_page()
    write_as_worker(window, addresses, STRONG_SIGN)
    wait_for_a_case(gateway)
    expect(window.get_by_text("What shall happen next?")).to_be_visible(timeout=20_000)
    yield window
    context.close()


def open_the_case(window: Page, addresses: Addresses) -> None:
    window.goto(f"{addresses.staff}/cases")
    window.locator("#queue th a").first.click()
    window.get_by_role("button", name="Take this case").click()


def test_a_refused_sharing_is_shown_and_nothing_opens(
    worker: Page, addresses: Addresses, database: Database, known_as: Callable[..., Page]
) -> None:
    worker.get_by_role("button", name="Stay anonymous").click()
    expect(worker.get_by_text("Done: anonymous.")).to_be_visible(timeout=20_000)
    officer = known_as()
    open_the_case(officer, addresses)
    expect(officer.get_by_text("The worker stays anonymous.")).to_be_visible()
    officer.get_by_role("link", name="Who the worker is (sealed)").click()
    expect(officer.get_by_text("The worker does not share it.")).to_be_visible()
    expect(officer.get_by_role("button")).to_have_count(1)  # signing out
    officer.go_back()
    officer.get_by_role("link", name="Hand on to another body").click()
    officer.get_by_role("link", name=re.compile("With who it is to Police")).click()
    expect(officer.get_by_text("The worker shares nothing that says who they are")).to_be_visible()
    assert "identity_shown" not in acts(database)


def test_a_withdrawn_sharing_is_gone_before_an_officer_reads_it(
    worker: Page, addresses: Addresses, database: Database, known_as: Callable[..., Page]
) -> None:
    worker.get_by_role("button", name="Share with SHOP").click()
    expect(worker.get_by_text("Done: share.")).to_be_visible(timeout=20_000)
    officer = known_as()
    open_the_case(officer, addresses)
    expect(officer.get_by_text("The worker shares who they are with SHOP.")).to_be_visible()
    worker.get_by_role("textbox").fill("take back")
    worker.keyboard.press("Enter")
    expect(worker.get_by_text("taken back", exact=False).first).to_be_visible(timeout=20_000)
    officer.get_by_role("link", name="Who the worker is (sealed)").click()
    expect(officer.get_by_text("The worker does not share it.")).to_be_visible()
    officer.go_back()
    officer.reload()
    expect(officer.get_by_text("The worker had shared who they are and took it back.")).to_be_visible()
    assert NAME not in officer.content()


def test_what_the_worker_shares_is_opened_with_the_code_entered_again_and_stands_on_the_case(
    worker: Page, addresses: Addresses, database: Database, known_as: Callable[..., Page]
) -> None:
    worker.get_by_role("button", name="Share with SHOP").click()
    expect(worker.get_by_text("Done: share.")).to_be_visible(timeout=20_000)
    officer = known_as()
    open_the_case(officer, addresses)
    code_entered_long_ago(database)
    officer.get_by_role("link", name="Who the worker is (sealed)").click()
    expect(officer.get_by_role("heading", name="Enter your code")).to_be_visible()
    officer.get_by_label("Code").fill("000000")
    officer.get_by_role("button", name="Continue").click()
    expect(officer.get_by_text("The code is wrong").first).to_be_visible()
    officer.get_by_label("Code").fill(pyotp.TOTP(SECRET).now())
    officer.get_by_role("button", name="Continue").click()
    officer.get_by_role("button", name="Show what the worker shares").click()
    expect(officer.get_by_text(NAME)).to_be_visible()
    officer.locator(".govuk-back-link").click()
    expect(officer.get_by_text("Who the worker is was shown to an officer.")).to_be_visible()
    assert NAME not in officer.content()


def test_for_danger_a_supervisor_writes_the_reason_and_sees_the_number_of_the_chat(
    gateway: Gateway, addresses: Addresses, database: Database, known_as: Callable[..., Page]
) -> None:
    post_sms(TestClient(create_app(gateway)), "SM1", STRONG_SIGN)
    answering.answer_waiting(gateway)
    wait_for_a_case(gateway)
    supervisor = known_as(Role.SUPERVISOR)
    supervisor.goto(f"{addresses.staff}/cases")
    supervisor.locator("#queue th a").first.click()
    supervisor.get_by_role("link", name="Who the worker is (sealed)").click()
    supervisor.get_by_label("Somebody's life").check()
    supervisor.get_by_label("The reason").fill("short")
    supervisor.get_by_role("button", name="Show everything that is known").click()
    expect(supervisor.get_by_text("at least 20 characters").first).to_be_visible()
    supervisor.get_by_label("Somebody's life").check()
    supervisor.get_by_label("The reason").fill(REASON)
    supervisor.get_by_role("button", name="Show everything that is known").click()
    expect(supervisor.get_by_text(NUMBER)).to_be_visible()
    supervisor.locator(".govuk-back-link").click()
    expect(supervisor.get_by_text(REASON)).to_be_visible()
    assert acts(database).count("identity_shown") == 1


def test_after_a_lost_whatsapp_window_only_the_template_leaves_until_the_worker_answers(
    gateway: Gateway, addresses: Addresses, database: Database, twilio: Twilio, known_as: Callable[..., Page]
) -> None:
    assert gateway.twilio is not None
    gateway.twilio.sender = replace(gateway.twilio.sender, template=TEMPLATE)
    here = {"From": f"whatsapp:{NUMBER}", "To": f"whatsapp:{OURS}"}
    client = TestClient(create_app(gateway))
    post_sms(client, "SM1", STRONG_SIGN, **here)
    answering.answer_waiting(gateway)
    wait_for_a_case(gateway)
    sending.send_waiting(gateway)
    with database.unit_of_work() as db:
        for message in db.scalars(select(Message)).all():
            message.received_at -= timedelta(days=2)
    sent = len(twilio.sent)
    officer = known_as()
    open_the_case(officer, addresses)
    officer.get_by_role("button", name="Take over from the service").click()
    expect(officer.get_by_text("WhatsApp's 24 hours are over")).to_be_visible()
    officer.get_by_label("Message").fill("Are you safe to write?")
    officer.get_by_role("button", name="Look at it").click()
    expect(officer.get_by_text("Nothing goes out now.")).to_be_visible()
    officer.get_by_label("Reason for writing outside the safe-contact plan").fill(REASON)
    officer.get_by_role("button", name="Send").click()
    twilio.refusals.append(Refusal(400, 63016))
    sending.send_waiting(gateway)
    assert twilio.bodies()[sent:] == [TEMPLATE]
    officer.reload()
    expect(officer.get_by_text("Held back until the worker asks for it.").first).to_be_visible()
    expect(officer.get_by_text(REASON)).to_be_visible()
    post_sms(client, "SM2", "1", **here)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    assert "Are you safe to write?" in twilio.bodies()[sent + 1 :]


def test_a_hand_on_is_looked_at_with_its_warnings_recorded_and_taken_out_as_one_page(
    emergency: Page, addresses: Addresses, database: Database, known_as: Callable[..., Page], tmp_path: Path
) -> None:
    officer = known_as()
    open_the_case(officer, addresses)
    officer.get_by_role("link", name="Hand on to another body").click()
    officer.get_by_role("link", name=re.compile("Without a name to Police")).click()
    summary = officer.get_by_label("Summary")
    summary.fill(f"{summary.input_value()}\nShe works at Rose Lodge in Smethwick.\nउसके पास चाकू है\nاس کے پاس چاقو ہے")
    officer.get_by_role("button", name="Look at it").click()
    expect(officer.get_by_text("could still give the worker away")).to_be_visible()
    expect(officer.locator("main li", has_text="Rose Lodge")).to_be_visible()
    officer.get_by_role("button", name="Record it as handed on").click()
    officer.get_by_text(re.compile("without a name")).click()
    with officer.expect_download() as download:
        officer.get_by_role("link", name="PDF").click()
    download.value.save_as(tmp_path / "summary.pdf")
    reader = PdfReader(tmp_path / "summary.pdf")
    text = "\n".join(each.extract_text() for each in reader.pages)
    with database.unit_of_work(read_only=True) as db:
        reference = db.scalars(select(Case.reference)).one()
    assert len(reader.pages) == 1
    assert reference in text
    assert "A weapon is there or is threatened." in text
    assert "Rose Lodge" in text
    assert "चाक" in text
    assert "[...]" not in text
    assert acts(database).count("summary_exported") == 1
