"""Leaving at once: by the button and by the keys, from the chat's own page, from its frame and from a plain page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from knowledge.page_words import page_words
from tests.browser.public_site import EXIT, Site, Watch, open_widget, public_site, say, serve_weather, watch
from webhook.conversations.models import WebSession
from webhook.gateway import Gateway


@pytest.fixture
def site(gateway: Gateway) -> Iterator[Site]:
    with public_site(gateway) as site:
        yield site


@pytest.fixture
def window(chromium: Browser, site: Site) -> Iterator[tuple[Page, Watch]]:
    context = chromium.new_context()
    serve_weather(context)
    page = context.new_page()
    yield page, watch(page)
    context.close()


def by_button(page: Page, framed: bool) -> None:
    place = page.frame_locator("iframe") if framed else page
    place.locator("#exit").click()


def by_keys_in_the_chat(page: Page, framed: bool) -> None:
    place = page.frame_locator("iframe") if framed else page
    place.locator("#text").focus()
    for _ in range(3):
        page.keyboard.press("Shift")


def by_keys_on_the_councils_page(page: Page, framed: bool) -> None:
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
    for _ in range(3):
        page.keyboard.press("Shift")


WAYS = [(by_button, True), (by_button, False), (by_keys_in_the_chat, True), (by_keys_in_the_chat, False),
        (by_keys_on_the_councils_page, True)]  # fmt: skip


@pytest.mark.parametrize(("leave", "framed"), WAYS)
def test_leaving_ends_the_session_and_replaces_the_page(
    window: tuple[Page, Watch], site: Site, gateway: Gateway, leave: Callable[[Page, bool], None], framed: bool
) -> None:
    page, seen = window
    page.goto("about:blank")
    if framed:
        chat = open_widget(page, site)
    else:
        page.goto(f"{site.here}/chat")
        chat = page.frame_locator("iframe") if framed else page  # type: ignore[assignment]
    say(chat, "he took my payslip")
    expect(chat.locator(".message.answer")).to_be_visible()
    entries = page.evaluate("history.length")
    before = len(seen.requests)
    leave(page, framed)
    page.wait_for_url(f"{EXIT}**")
    page.wait_for_timeout(1500)
    assert page.evaluate("history.length") == entries
    after = [(request.method, request.url.split("?")[0]) for request in seen.requests[before:]]
    assert sorted(after) == [("DELETE", f"{site.here}/chat/sessions/current"), ("GET", EXIT)]
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(WebSession.ended_at)).one() is not None
    page.go_back()
    assert page.url == "about:blank"
    page.goto(f"{site.here}/chat")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    expect(page.get_by_text("he took my payslip")).to_have_count(0)


def test_all_of_it_is_covered_before_the_next_page_is_asked_for(window: tuple[Page, Watch], site: Site) -> None:
    page, _ = window
    told: list[str] = []
    page.on("console", lambda said: told.append(said.text))
    chat = open_widget(page, site)
    say(chat, "he took my payslip")
    expect(chat.locator(".message.answer")).to_be_visible()
    page.evaluate(
        "addEventListener('beforeunload', () =>"
        " console.log('page', document.elementFromPoint(20, 20).tagName, document.title || 'no title'))"
    )
    page.frames[-1].evaluate(
        "addEventListener('beforeunload', () => console.log('chat', getComputedStyle(document.body).display))"
    )
    chat.locator("#exit").click()
    page.wait_for_url(f"{EXIT}**")
    assert set(told) == {"page DIV no title", "chat none"}


@pytest.mark.parametrize("path", ["/", "/answers/passport_withheld", "/checks/pay"])
@pytest.mark.parametrize("keys", [True, False])
def test_every_plain_page_is_left_by_button_and_by_keys(
    window: tuple[Page, Watch], site: Site, path: str, keys: bool
) -> None:
    page, _ = window
    page.goto("about:blank")
    page.goto(f"{site.here}{path}")
    if keys:
        page.keyboard.press("Shift")
        expect(page.locator("#exit-said")).to_contain_text("2 more times")
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
    else:
        page.locator("#exit").click()
    page.wait_for_url(f"{EXIT}**")
    page.go_back()
    assert page.url == "about:blank"


def test_after_plain_pages_back_shows_the_ones_before_as_the_page_itself_says(
    window: tuple[Page, Watch], site: Site
) -> None:
    page, _ = window
    words = page_words("en")
    page.goto(f"{site.here}/answers?lang=en")
    page.goto(f"{site.here}/answers/passport_withheld?lang=en")
    expect(page.get_by_text(words["leaving_pages"], exact=True)).to_be_visible()
    page.get_by_text(words["leaving"], exact=True).click()
    expect(page.get_by_text(words["leaving_pages_exit"], exact=True)).to_be_visible()
    expect(page.get_by_text(words["leaving_pages_clear"], exact=True)).to_be_visible()
    page.locator("#exit").click()
    page.wait_for_url(f"{EXIT}**")
    page.go_back()
    assert page.url == f"{site.here}/answers?lang=en"
    page.goto(f"{site.here}/chat?lang=en")
    expect(page.get_by_text(words["leaving_pages_exit"], exact=True)).to_have_count(0)


def test_capital_letters_are_no_wish_to_leave(window: tuple[Page, Watch], site: Site) -> None:
    page, _ = window
    page.goto(f"{site.here}/chat")
    page.locator("#text").focus()
    for key in "HELP":
        page.keyboard.press(f"Shift+{key}")
    expect(page.locator("#text")).to_have_value("HELP")
    assert page.url.startswith(site.here)


def test_without_javascript_the_exit_is_a_link(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    serve_weather(context)
    page = context.new_page()
    page.goto(f"{site.here}/checks/leave")
    page.locator("#exit").click()
    page.wait_for_url(f"{EXIT}**")
    context.close()
