"""The plain pages and the chat for everybody: without JavaScript, at 320 pixels, in both directions, in every mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.public_site import Site, axe, public_site, say
from tests.webhook.parts import DANGER
from webhook.gateway import Gateway

PATHS = ("/", "/chat", "/widget", "/answers", "/answers/minimum_wage", "/checks", "/checks/leave", "/nothing")
LANGUAGES = ("en", "hi", "ro", "ur", "ml")
NARROW, ZOOMED = {"width": 320, "height": 640}, {"width": 320, "height": 200}
"""A small phone, and a laptop of 1280 by 800 at 400 %."""


@pytest.fixture
def site(gateway: Gateway) -> Iterator[Site]:
    with public_site(gateway) as site:
        yield site


@pytest.fixture
def window(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(viewport=NARROW)
    yield context.new_page()
    context.close()


def walk_a_check(page: Page, site: Site, lang: str = "en") -> None:
    """The holiday check, to its result."""
    page.goto(f"{site.here}/checks/leave?lang={lang}")
    page.locator('button[value="begin"]').click()
    page.locator("#day-0").fill("1")
    page.locator("#month-0").fill("1")
    page.locator("#year-0").fill("2026")
    page.locator('button[value="next"]').click()
    page.locator('input[value="days"]').check()
    page.locator('button[value="next"]').click()
    page.locator("#answer-1").fill("5")
    page.locator('button[value="next"]').click()
    for _ in range(2):
        page.locator('input[value="no"]').check()
        page.locator('button[value="next"]').click()
    page.locator("#answer-1").fill("10")
    page.locator('button[value="next"]').click()
    page.locator('button[value="skip"]').click()


@pytest.mark.parametrize("lang", ["en", "hi", "ro"])
@pytest.mark.parametrize("script", [True, False])
def test_a_check_is_walked_to_its_sums_with_and_without_javascript(
    chromium: Browser, site: Site, lang: str, script: bool
) -> None:
    context = chromium.new_context(java_script_enabled=script, viewport=NARROW)
    page = context.new_page()
    walk_a_check(page, site, lang)
    expect(page.locator(".lead")).to_contain_text("28")
    expect(page.locator(".answers > div")).to_have_count(7)
    assert page.url == f"{site.here}/checks/leave?lang={lang}"
    page.locator(".answers button").nth(2).click()
    expect(page.locator("#answer-1")).to_be_visible()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_serious_and_nothing_runs_off_a_narrow_or_enlarged_page(
    window: Page, site: Site, lang: str
) -> None:
    faults = []
    for path in PATHS:
        window.set_viewport_size(NARROW)
        window.goto(f"{site.here}{path}?lang={lang}")
        if path in ("/chat", "/widget"):
            window.locator("#talk .message").first.wait_for()
        faults += [f"{path}: {found}" for found in axe(window)]
        for size in (NARROW, ZOOMED):
            window.set_viewport_size(size)
            wide = window.evaluate("document.documentElement.scrollWidth")
            faults += [f"{path}: {wide} pixels wide"] if wide > size["width"] else []
            shown = window.evaluate(
                "(() => { const r = document.getElementById('exit').getBoundingClientRect();"
                " return r.top >= 0 && r.bottom <= innerHeight && r.left >= 0 && r.right <= innerWidth; })()"
            )
            faults += [] if shown else [f"{path}: the exit is out of reach at {size}"]
    assert faults == []


@pytest.mark.parametrize("lang", ["en", "hi", "ro"])
def test_axe_finds_nothing_serious_on_a_question_a_fault_and_a_result(window: Page, site: Site, lang: str) -> None:
    window.goto(f"{site.here}/checks/leave?lang={lang}")
    window.locator('button[value="begin"]').click()
    faults = axe(window)
    window.locator('button[value="next"]').click()
    expect(window.locator(".problem")).to_be_visible()
    faults += axe(window)
    walk_a_check(window, site, lang)
    faults += axe(window)
    assert faults == []
    assert window.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("how", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"color_scheme": "light"}])
def test_axe_finds_nothing_serious_in_the_dark_and_in_forced_colours(
    chromium: Browser, site: Site, how: dict[str, str]
) -> None:
    context = chromium.new_context(viewport=NARROW, reduced_motion="reduce", **how)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.here}/chat")
    say(page, DANGER)
    page.locator(".message.safety").first.wait_for()
    faults = axe(page)
    walk_a_check(page, site)
    faults += axe(page)
    assert faults == []
    page.goto(f"{site.here}/chat")
    page.locator("#typing").evaluate("each => { each.hidden = false; }")
    assert page.locator("#typing i").first.evaluate("each => getComputedStyle(each).animationName") == "none"
    context.close()


def test_the_chat_can_be_used_by_keyboard_alone(window: Page, site: Site) -> None:
    window.goto(f"{site.here}/chat")
    window.locator("#talk .message").first.wait_for()
    window.keyboard.press("Tab")
    expect(window.locator(".skip")).to_be_focused()
    window.keyboard.press("Enter")
    window.keyboard.press("Tab")
    window.locator("#text").focus()
    window.keyboard.type("hello")
    window.keyboard.press("Enter")
    expect(window.locator(".message.answer")).to_contain_text("Answer to hello")
    expect(window.locator("#text")).to_be_focused()


def test_the_log_and_the_fields_have_their_names(window: Page, site: Site) -> None:
    window.goto(f"{site.here}/chat")
    expect(window.get_by_role("log", name="Messages")).to_be_visible()
    expect(window.get_by_role("textbox", name="Your question")).to_be_visible()
    expect(window.get_by_role("link", name="Emergency. Exit this page")).to_be_visible()
