"""A question and a check in the embedded chat, in three languages: the real Rasa, the real actions, the real danger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, ViewportSize, expect

from knowledge.checks import CheckWords, check_words
from knowledge.language_words import language_words
from knowledge.languages import offered_languages
from knowledge.phrases import phrase
from knowledge.render import answer_text
from tests.browser.public_site import Site, Watch, axe, open_widget, public_site, say, watch
from tests.conversations.conftest import servers
from tests.conversations.servers import TOKEN, Servers
from understanding import risk
from webhook.gateway import Gateway
from webhook.rasa_client import RasaClient

__all__ = ["servers"]

pytestmark = [pytest.mark.whole_service, pytest.mark.timeout(600)]

PHONE, WHOLE = ViewportSize(width=360, height=740), ViewportSize(width=360, height=4000)
_PATIENCE_SECONDS = 60
_PATIENCE = _PATIENCE_SECONDS * 1000


@dataclass(frozen=True)
class Worker:
    """What a worker writes: a question on the minimum wage, and answers to the holiday check, by question."""

    lang: str
    wage: str
    check: str
    answers: tuple[tuple[str, str], ...]

    @property
    def served(self) -> str:
        """The language of what the service answers."""
        return self.lang if self.lang in {each.code for each in offered_languages()} else "en"

    @property
    def words(self) -> CheckWords:
        """The words of the check that are said to this worker."""
        return check_words("leave", self.served)


WORKERS = (
    Worker(
        "en",
        "what is the minimum wage",
        "work out how much holiday I get",
        (("year_start", "1 January 2026"), ("pattern", "1"), ("days_a_week", "5"), ("started", "no"), ("left", "no"),
         ("taken", "10 days"), ("week_pay", "I don't know")),
    ),
    Worker(
        "hi",
        "न्यूनतम वेतन कितना है?",
        "हिसाब लगाओ मुझे कितनी छुट्टी मिलती है",
        (("year_start", "1 जनवरी 2026"), ("pattern", "1"), ("days_a_week", "५"), ("started", "नहीं"),
         ("left", "नहीं"), ("taken", "१० दिन"), ("week_pay", "मुझे नहीं पता")),
    ),
    Worker(
        "ro",
        "cât este salariul minim?",
        "calculează cât concediu am",
        (("year_start", "1 ianuarie 2026"), ("pattern", "1"), ("days_a_week", "5"), ("started", "nu"), ("left", "nu"),
         ("taken", "10 zile"), ("week_pay", "nu știu")),
    ),
)  # fmt: skip


@pytest.fixture
def site(gateway: Gateway, servers: Servers) -> Iterator[Site]:
    risk.use(None)
    rasa = RasaClient(f"http://127.0.0.1:{servers.rasa_port}", TOKEN, timeout=_PATIENCE_SECONDS)
    with public_site(replace(gateway, rasa=rasa)) as site:
        yield site
    rasa.close()


@pytest.fixture
def window(chromium: Browser, site: Site) -> Iterator[tuple[Page, Watch]]:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    seen = watch(page)
    yield page, seen
    context.close()


def ask(chat: FrameLocator, text: str) -> Locator:
    """Write, and give what is answered to it."""
    before = chat.locator(".message").count()
    say(chat, text)
    expect(chat.locator(".message:not(.worker)").last).to_be_visible()
    chat.locator(".message").nth(before + 1).wait_for(timeout=_PATIENCE)
    chat.locator("#typing").wait_for(state="hidden", timeout=_PATIENCE)
    return chat.locator(f".message:nth-child(n + {before + 2})")


@pytest.mark.parametrize("worker", WORKERS, ids=lambda worker: worker.lang)
def test_a_question_is_answered_and_a_check_is_answered_to_its_sums(
    window: tuple[Page, Watch], site: Site, worker: Worker
) -> None:
    page, seen = window
    chat = open_widget(page, site, worker.lang)
    expect(chat.locator("html")).to_have_attribute("lang", worker.lang)

    said = ask(chat, worker.wage)
    answer = said.and_(chat.locator(".answer"))
    expect(answer).to_have_attribute("lang", worker.served)
    expect(answer).to_contain_text(answer_text("minimum_wage", worker.served).blocks[0].text)
    told = chat.get_by_text(language_words(worker.lang).english, exact=True)
    expect(told).to_have_count(0 if worker.served == worker.lang else 1)

    # What is shown of it ends with words, not with the heading of what is folded away.
    expect(answer.locator("> p").last).not_to_have_class("heading")
    assert on_one_line(chat)

    said = ask(chat, worker.check)
    for number, (question, words) in enumerate(worker.answers, start=1):
        open_question = said.and_(chat.locator(".question"))
        expect(open_question).to_have_attribute("lang", worker.served)
        expect(open_question).to_contain_text(worker.words.questions[question].ask)
        expect(open_question).to_contain_text(str(number))
        if number == 1:
            page.set_viewport_size(WHOLE)
            assert axe(page) == []
            page.set_viewport_size(PHONE)
        said = ask(chat, words)

    result = said.and_(chat.locator(".answer"))
    expect(result).to_have_attribute("lang", worker.served)
    expect(result).to_contain_text(_first_words(worker))
    for figure in ("28", "10", "18"):
        expect(result).to_contain_text(figure)
    expect(result.locator(".heading").first).to_have_text(phrase("heading_do", worker.served))
    expect(result.locator("> p").last).not_to_have_class("heading")
    page.set_viewport_size(WHOLE)  # what is half behind the field to write in is scrolled, and no fault
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert seen.refused == []
    assert [request.url for request in seen.requests if "minimum" in request.url or "leave" in request.url] == []


def on_one_line(chat: FrameLocator) -> bool:
    """Whether the bar takes one line only: what is below it is covered otherwise."""
    boxes = [chat.locator(each).bounding_box() or {"y": 0, "height": 0} for each in ("#hide", "#exit")]
    return max(box["y"] for box in boxes) < min(box["y"] + box["height"] for box in boxes)


def _first_words(worker: Worker) -> str:
    return worker.words.outcomes["left_to_take"].answer.partition("{")[0]
