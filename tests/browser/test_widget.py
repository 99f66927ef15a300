"""The chat embedded in a strict page of another origin: questions, checks, danger, staff, a lost network."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from knowledge.render import answer_text
from tests.browser.public_site import Site, Watch, axe, open_widget, public_site, say, watch
from tests.webhook.parts import DANGER, PlayedRasa
from webhook.conversations import service
from webhook.conversations.models import Conversation, Message
from webhook.gateway import Gateway


@pytest.fixture
def site(gateway: Gateway) -> Iterator[Site]:
    with public_site(gateway) as site:
        yield site


@pytest.fixture
def window(chromium: Browser, site: Site) -> Iterator[tuple[Page, Watch]]:
    """A window, which goes before the site does."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, permissions=[])
    page = context.new_page()
    seen = watch(page)
    yield page, seen
    context.close()


REFUSED = {"status": 422, "json": {"error": {"code": "too_long", "message": "Too long."}}}
OVER = {"status": 401, "json": {"error": {"code": "no_session", "message": "Over."}}}
FRAMED = """address => new Promise((told) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.onload = () => {
        addEventListener("message", () => told("answered"));
        frame.contentWindow.postMessage({chat: "hello"}, "*");
        setTimeout(() => told("nothing"), 500);
    };
    document.body.append(frame);
})"""
"""Puts the chat in a frame of a page that may not have it, and greets it."""


def wage(lang: str) -> dict[str, object]:
    said = answer_text("minimum_wage", lang)
    button = {"title": "Payslips", "intent": "ask/payslip"}
    return {
        "messages": [
            {"kind": "answer", "text": said.text, "lang": said.lang, "dir": said.dir, "topic": "minimum_wage",
             "buttons": [button]}
        ]
    }  # fmt: skip


def test_one_line_embeds_the_chat_in_a_strict_page_of_another_origin(
    window: tuple[Page, Watch], site: Site, rasa: PlayedRasa
) -> None:
    page, seen = window
    rasa.answer = wage("en")
    chat = open_widget(page, site)
    say(chat, "what is the minimum wage")
    expect(chat.locator(".message.answer")).to_contain_text("you must get at least")
    assert seen.refused == []
    assert page.context.cookies() == []
    for frame in page.frames:
        assert frame.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert {request.url.split("/")[2] for request in seen.requests} == {
        site.here.split("/")[2], site.council.split("/")[2],
    }  # fmt: skip
    assert [request.url for request in seen.requests if "minimum" in request.url] == []


@pytest.mark.parametrize("lang", ["en", "hi", "ro"])
def test_a_question_in_a_language_is_answered_in_it_with_source_and_date(
    window: tuple[Page, Watch], site: Site, rasa: PlayedRasa, lang: str
) -> None:
    page, seen = window
    rasa.answer = wage(lang)
    chat = open_widget(page, site, lang)
    expect(chat.locator("html")).to_have_attribute("lang", lang)
    say(chat, "pay")
    answer = chat.locator(".message.answer")
    expect(answer).to_have_attribute("lang", lang)
    expect(answer).to_have_attribute("dir", "ltr")
    rest = answer.locator("button[aria-expanded]")
    rest.click()
    expect(rest).to_have_attribute("aria-expanded", "true")
    answer.locator("summary").click()
    answer.locator(".tools button").last.click()
    expect(answer.locator(".tools li").nth(1)).to_be_visible()
    assert seen.refused == []


def test_choices_are_taken_by_button_and_by_number(window: tuple[Page, Watch], site: Site, rasa: PlayedRasa) -> None:
    page, _ = window
    rasa.answer = wage("en")
    chat = open_widget(page, site)
    say(chat, "pay")
    chat.locator(".choices button").click()
    expect(chat.locator(".message.worker").last).to_contain_text("Payslips")
    expect(chat.locator(".message.answer")).to_have_count(2)
    assert rasa.asked[-1]["intent"] == "ask/payslip"
    expect(chat.locator(".choices")).to_have_count(1)
    say(chat, "1")
    expect(chat.locator(".message.answer")).to_have_count(3)
    assert rasa.asked[-1]["intent"] == "ask/payslip"


def test_danger_in_urdu_is_answered_from_right_to_left_with_a_number_to_call(
    window: tuple[Page, Watch], site: Site
) -> None:
    page, seen = window
    chat = open_widget(page, site, "ur")
    expect(chat.locator("html")).to_have_attribute("dir", "rtl")
    say(chat, f"میری مدد کریں، اس کے پاس چاقو ہے، مجھے ڈر لگ رہا ہے {DANGER}")
    words = chat.locator(".message.safety").first
    expect(words).to_have_attribute("dir", "rtl")
    expect(words).to_have_attribute("lang", "ur")
    expect(words.locator("a").first).to_have_attribute("href", "tel:999")
    assert axe(page) == []
    assert seen.refused == []


def test_another_language_is_found_by_its_name_and_the_chat_goes_on(
    window: tuple[Page, Watch], site: Site, gateway: Gateway
) -> None:
    page, seen = window
    chat = open_widget(page, site)
    say(chat, "hello")
    expect(chat.locator(".message.answer")).to_contain_text("Answer to hello")
    chat.locator("#languages summary").click()
    chat.locator("#find").fill("malaya")
    expect(chat.locator("#languages li:visible")).to_have_count(1)
    chat.locator("#find").fill("urdu")
    with page.expect_response("**/chat/sessions/current/language") as told:
        chat.locator("#find").press("Enter")
    assert told.value.status == 204
    expect(chat.locator("html")).to_have_attribute("dir", "rtl")
    expect(chat.locator(".message.answer")).to_contain_text("Answer to hello")
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Conversation.language)).one() == "ur"
    assert seen.refused == []


def test_what_an_officer_writes_arrives_while_the_chat_is_open(
    window: tuple[Page, Watch], site: Site, gateway: Gateway
) -> None:
    page, _ = window
    chat = open_widget(page, site)
    say(chat, "hello")
    expect(chat.locator(".message.answer")).to_be_visible()
    write_as_officer(gateway, "Are you safe now?")
    expect(chat.locator(".message.officer")).to_contain_text("Are you safe now?")
    expect(chat.locator("#person")).to_be_visible()
    say(chat, "yes")
    expect(chat.locator("#person")).to_be_hidden()


def test_without_events_an_officers_words_are_asked_for(
    window: tuple[Page, Watch], site: Site, gateway: Gateway
) -> None:
    page, _ = window
    page.context.route("**/chat/events*", lambda route: route.abort())
    chat = open_widget(page, site)
    say(chat, "hello")
    expect(chat.locator(".message.answer")).to_be_visible()
    write_as_officer(gateway, "Are you safe now?")
    expect(chat.locator(".message.officer")).to_contain_text("Are you safe now?", timeout=20_000)


def write_as_officer(gateway: Gateway, text: str) -> None:
    with gateway.database.unit_of_work() as db:
        conversation = db.scalars(select(Conversation)).one()
        reply = service.Reply("notice", service.Content(text, "en"), "officer")
        service.record_replies(
            db=db, vault=gateway.vault, conversation_id=conversation.id, replies=[reply], provider="web"
        )


def test_a_network_lost_in_the_middle_loses_no_word_and_doubles_none(
    window: tuple[Page, Watch], site: Site, gateway: Gateway, rasa: PlayedRasa
) -> None:
    page, _ = window
    chat = open_widget(page, site)
    lost = []

    def lose(route: object) -> None:
        # The first arrives and its answer is lost; the second does not arrive at all.
        if len(lost) == 0:
            route.fetch()  # type: ignore[attr-defined]
        if len(lost) < 3:
            lost.append(route.request.post_data_json["text"])  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.context.route("**/chat/messages", lose)
    say(chat, "one")
    say(chat, "two")
    say(chat, "three")
    expect(chat.locator("#lost")).to_be_visible()
    expect(chat.locator("#lost a").first).to_have_attribute("href", "tel:999")
    expect(chat.locator(".message.worker.unsent")).to_have_count(3)
    chat.locator("#again").click()
    for text in ("one", "two", "three"):
        expect(chat.get_by_text(f"Answer to {text}", exact=True)).to_have_count(1, timeout=20_000)
    expect(chat.locator(".unsent")).to_have_count(0)
    expect(chat.locator("#lost")).to_be_hidden()
    assert lost == ["one"] * 3
    with gateway.database.unit_of_work(read_only=True) as db:
        kept = db.scalars(select(Message).where(Message.direction == "in").order_by(Message.id)).all()
        said = [service.read_content(gateway.vault, message) for message in kept]
    assert [each.text for each in said if each] == ["one", "two", "three"]
    assert [asked["text"] for asked in rasa.asked] == ["one", "two", "three"]


def test_a_message_that_is_refused_stands_in_the_box_again(window: tuple[Page, Watch], site: Site) -> None:
    page, _ = window
    chat = open_widget(page, site)
    page.context.route(
        "**/chat/messages",
        lambda route: route.fulfill(**REFUSED),
    )
    say(chat, "a very long story")
    expect(chat.locator("#text")).to_have_value("a very long story")
    expect(chat.locator("#status")).to_contain_text("Too long.")
    expect(chat.locator(".message.worker")).to_have_count(0)


def test_a_session_that_is_over_gives_the_words_back_and_offers_a_new_one(
    window: tuple[Page, Watch], site: Site
) -> None:
    page, _ = window
    chat = open_widget(page, site)
    page.context.route("**/chat/messages", lambda route: route.fulfill(**OVER))
    say(chat, "are you there")
    expect(chat.locator("#anew")).to_be_visible()
    expect(chat.locator("#text")).to_have_value("are you there")
    page.context.unroute("**/chat/messages")
    chat.locator("#anew").click()
    chat.locator("#send").click()
    expect(chat.locator(".message.answer")).to_contain_text("Answer to are you there")


def test_a_chat_is_kept_on_the_phone_only_when_that_is_chosen_and_shows_nothing_unasked(
    window: tuple[Page, Watch], site: Site
) -> None:
    page, _ = window
    page.goto(f"{site.here}/chat")
    say(page, "he keeps my payslip")
    expect(page.locator(".message.answer")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    page.locator("#menu summary").first.click()
    page.locator("#keep").check()
    assert page.evaluate("localStorage.length") == 1
    page.reload()
    expect(page.locator("#kept")).to_be_visible()
    page.locator("#kept-open").click()
    expect(page.locator("#earlier")).to_be_visible()
    expect(page.get_by_text("he keeps my payslip")).to_have_count(0)
    page.locator("#earlier").click()
    expect(page.get_by_text("he keeps my payslip", exact=True)).to_be_visible()
    page.locator("#menu summary").first.click()
    page.locator("#end").click()
    expect(page.locator("#anew")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator(".message")).to_have_count(0)


def test_the_chat_hears_and_tells_only_the_page_it_is_meant_for(
    chromium: Browser, site: Site, window: tuple[Page, Watch]
) -> None:
    page, _ = window
    open_widget(page, site)
    page.evaluate("window.heard = []; addEventListener('message', (e) => heard.push([e.origin, e.data]))")
    page.evaluate("window.postMessage({chat: 'left'}, '*')")
    chat = page.frames[-1]
    chat.evaluate("window.postMessage({chat: 'leave'}, '*')")
    page.wait_for_timeout(300)
    assert page.url.startswith(site.council)
    assert chat.evaluate("document.documentElement.className") == ""
    stranger = site.here.replace("127.0.0.1", "localhost")
    page.goto(f"{stranger}/answers")
    assert page.evaluate(FRAMED, f"{site.here}/widget") == "nothing"


def test_all_of_it_weighs_less_than_fifty_kilobytes_on_the_wire(site: Site, window: tuple[Page, Watch]) -> None:
    page, seen = window
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    chat = open_widget(page, site, "hi")
    expect(chat.locator(".message").first).to_be_visible()
    whole = 0
    for request in seen.requests:
        response = request.response()
        if response is not None and "/chat/events" not in request.url and site.here in request.url:
            sent = request.sizes()
            whole += sent["responseBodySize"] + sent["responseHeadersSize"]
    assert 5_000 < whole < 50_000
    assert re.search(r"widget\.js", " ".join(request.url for request in seen.requests))
