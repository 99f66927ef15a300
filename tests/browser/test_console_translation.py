"""A translation that the gate withholds, both ways: the officer reads the original and is told, and can still reply."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Addresses
from tests.browser.officers import known_as, wait_for_a_case, write_as_worker
from tests.webhook.parts import STRONG_SIGN
from tests.webhook.translation.conftest import files, polish, process, translator
from webhook.gateway import Gateway
from webhook.translation import answers, work
from webhook.translation.quality import WITHHELD
from webhook.translation.translator import Translator

__all__ = ["files", "known_as", "polish", "process", "translator"]

TRANSLATED = "mój szef zabrał mój paszport"
TRANSLATION = "my boss took my passport"
UNKNOWN = "wczoraj wieczorem byłam u lekarza z córką"
"""Polish of which the package of the tests knows no word: it gives every one of them back."""
KNOWN = "please wait here, we call"
REPLY = "Thank you. Are you both well now?"


@pytest.fixture
def worker(chromium: Browser, addresses: Addresses, gateway: Gateway) -> Iterator[Page]:
    """The window of a worker who writes Polish, whose case is there."""
    context = chromium.new_context()
    window = context.new_page()
    write_as_worker(window, addresses, TRANSLATED)  # a plain sentence: it sets the language
    expect(window.get_by_text(f"Answer to {TRANSLATED}", exact=True)).to_have_count(1, timeout=20_000)
    write_more(window, STRONG_SIGN)
    wait_for_a_case(gateway)
    yield window
    context.close()


def write_more(window: Page, text: str) -> None:
    window.get_by_role("textbox").fill(text)
    window.keyboard.press("Enter")


def test_a_withheld_translation_is_said_beside_the_original_and_a_reply_still_goes(
    worker: Page, addresses: Addresses, gateway: Gateway, translator: Translator, known_as: Callable[..., Page],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(answers, "our_lines", lambda: iter(()))
    write_more(worker, UNKNOWN)
    expect(worker.get_by_text(f"Answer to {UNKNOWN}", exact=True)).to_have_count(1, timeout=20_000)
    work.work(gateway, translator)

    officer = known_as()
    officer.goto(f"{addresses.staff}/cases")
    officer.locator("#queue th a").first.click()
    officer.get_by_role("button", name="Take this case").click()
    lines = officer.locator("#lines .said--worker")
    made = lines.filter(has_text=TRANSLATED)
    expect(made.get_by_text("Machine translation")).to_be_visible()
    expect(made.get_by_text(TRANSLATION, exact=True)).to_be_visible()
    withheld = lines.filter(has_text=UNKNOWN)
    expect(withheld.get_by_text(UNKNOWN, exact=True)).to_be_visible()
    expect(withheld.get_by_text(f"There is no machine translation of this: {WITHHELD['copied']}.")).to_be_visible()
    expect(withheld.get_by_text("Machine translation", exact=True)).to_have_count(0)

    officer.get_by_role("button", name="Take over from the service").click()
    officer.get_by_label("Message").fill(KNOWN)
    officer.get_by_role("button", name="Look at it").click()
    expect(officer.get_by_text("The translation is being made.")).to_be_visible()
    work.work(gateway, translator)
    # The page renews itself, and has the button then.
    expect(officer.get_by_role("button", name="Send both, the translation first")).to_be_visible(timeout=20_000)
    officer.get_by_role("link", name="Do not send").click()
    officer.get_by_label("Message").fill(REPLY)
    officer.get_by_role("button", name="Look at it").click()
    expect(officer.get_by_text("The translation is being made.")).to_be_visible()
    work.work(gateway, translator)
    expect(officer.get_by_text(f"There is none: {WITHHELD['copied']}. You can send the English alone.")).to_be_visible(
        timeout=20_000
    )
    expect(officer.get_by_role("button", name="Send both, the translation first")).to_have_count(0)
    officer.get_by_role("button", name="Send").click()
    expect(worker.get_by_text(REPLY, exact=True)).to_be_visible(timeout=20_000)
    expect(officer.locator("#lines").get_by_text(REPLY, exact=True)).to_be_visible()
