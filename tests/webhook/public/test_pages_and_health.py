"""The pages, and what the service says of its own health."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from knowledge.render import answer_text, source_text
from tests.webhook.parts import PlayedRasa, without_database
from webhook import danger_reading
from webhook.gateway import Gateway
from webhook.public.app import create_app
from webhook.public.frontend_files import BUILT
from webhook.public.switched_off import KnownOff
from webhook.settings import Settings
from webhook.switches import service


class Page(HTMLParser):
    """The attributes and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


PAGES = (
    "/", "/chat", "/widget", "/answers", "/answers/minimum_wage", "/answers/passport_withheld?lang=hi", "/checks",
    "/checks/pay", "/chat?lang=ur",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_nothing_from_elsewhere_and_has_nothing_inline(client: TestClient, path: str) -> None:
    page = Page(client.get(path).text)
    loaded = [
        value
        for tag, attributes in page.tags
        for name, value in attributes.items()
        if (name == "src" or (name == "href" and tag == "link" and attributes.get("rel") != "alternate"))
    ]
    assert all(value is not None and re.match(r"/static/|data:", value) for value in loaded)
    assert not [tag for tag, attributes in page.tags if tag == "style" or "style" in attributes]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_999_first_and_an_exit(client: TestClient, path: str) -> None:
    page = Page(client.get(path).text)
    text = " ".join(page.words)
    assert "999" in text[:600]
    assert [a["href"] for tag, a in page.tags if a.get("id") == "exit"] == ["https://www.bbc.co.uk/weather"]


@pytest.mark.parametrize("path", ["/chat", "/answers/passport_withheld", "/answers/get_help", "/checks/situation"])
def test_the_title_of_what_may_be_found_in_a_history_says_nothing(client: TestClient, path: str) -> None:
    assert re.search(r"<title>(Chat|Information)</title>", client.get(path).text)


def test_every_page_says_its_language_and_direction(client: TestClient) -> None:
    assert ("html", {"lang": "en", "dir": "ltr"}) in Page(client.get("/").text).tags
    urdu = Page(client.get("/chat?lang=ur").text).tags
    assert [a["dir"] for tag, a in urdu if tag == "div" and a.get("lang") == "ur"] == ["rtl"]


def test_the_scripts_write_no_markup_and_know_one_place_to_keep_a_thing(client: TestClient) -> None:
    folder = BUILT.parent
    scripts = [path for path in folder.rglob("*.js") if not {"node_modules", "built"} & set(path.parts)]
    assert len(scripts) > 8
    for path in scripts:
        said = path.read_text(encoding="utf-8")
        assert not re.search(r"sessionStorage|document\.cookie|indexedDB|innerHTML|outerHTML|insertAdjacentHTML", said)
        assert "localStorage" not in said or path.name == "device.js"


def test_files_outside_the_folder_are_not_served(client: TestClient) -> None:
    for path in ("/static/../package.json", "/static/%2e%2e/package.json", "/static/..%2fpackage.json", "/static/"):
        assert client.get(path).status_code == 404


def test_no_page_may_frame_the_chat_but_those_the_settings_name(gateway: Gateway, client: TestClient) -> None:
    for path in ("/", "/chat", "/widget"):
        assert "frame-ancestors 'none'" in client.get(path).headers["content-security-policy"]
    settings = gateway.settings.model_copy(update={"widget_origins": "https://www.example.org"})
    named = TestClient(create_app(replace(gateway, settings=settings)))
    framed = named.get("/widget").headers
    assert "frame-ancestors https://www.example.org" in framed["content-security-policy"]
    assert "x-frame-options" not in framed
    assert "frame-ancestors 'none'" in named.get("/chat").headers["content-security-policy"]
    assert named.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("origin", ["https://a.org/path", "a.org", "*", "https://*.a.org", "https://a.org;", "'self'"])
def test_an_origin_that_is_none_stops_the_start(origin: str) -> None:
    with pytest.raises(ValidationError):
        Settings(widget_origins=origin)


def test_the_language_of_a_page_is_asked_for_or_the_browsers_first(client: TestClient) -> None:
    def spoken(path: str, browser: str) -> str:
        tags = Page(client.get(path, headers={"Accept-Language": browser}).text).tags
        return next(str(a["lang"]) for tag, a in tags if tag == "article")

    assert spoken("/answers/minimum_wage", "xx, hi-IN;q=0.8, ro;q=0.9") == "ro"
    assert spoken("/answers/minimum_wage?lang=hi", "ro") == "hi"
    assert spoken("/answers/minimum_wage?lang=zz", "de") == "en"


def test_an_answer_is_on_its_page_with_its_sources_and_in_other_languages(client: TestClient) -> None:
    page = Page(client.get("/answers/minimum_wage").text)
    text = " ".join(page.words)
    assert answer_text("minimum_wage").blocks[0].text in text
    assert source_text("minimum_wage").blocks[1].text in text
    languages = {a["hreflang"] for tag, a in page.tags if tag == "link" and a.get("rel") == "alternate"}
    assert languages >= {"en", "hi", "ro"}
    assert client.get("/answers/minimum_wage").headers["x-robots-tag"] == "all"


def test_what_is_not_there_is_a_calm_page_with_numbers_to_call(client: TestClient) -> None:
    response = client.get("/answers/nothing", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "999" in response.text
    assert "tel:" in response.text


def test_alive_is_alive_whatever_is_down(gateway: Gateway, rasa: PlayedRasa) -> None:
    rasa.down = True
    client = TestClient(create_app(without_database(gateway)))
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok")


def test_ready_says_what_is_missing(gateway: Gateway, client: TestClient, rasa: PlayedRasa) -> None:
    everything = {"ready": True, "missing": [], "channels": {"web": "on", "sms": "on", "whatsapp": "on"}}
    assert client.get("/readyz").json() == {**everything, "danger_reading": danger_reading.parts()}
    rasa.down = True
    response = client.get("/readyz")
    assert (response.status_code, response.json()["missing"]) == (503, ["rasa"])
    both = TestClient(create_app(without_database(gateway))).get("/readyz")
    assert (both.status_code, both.json()["missing"]) == (503, ["database", "rasa"])


def test_without_the_public_address_the_phone_channels_are_off(gateway: Gateway) -> None:
    settings = gateway.settings.model_copy(update={"public_base_url": ""})
    response = TestClient(create_app(replace(gateway, settings=settings))).get("/readyz")
    assert response.json()["channels"] == {"web": "on", "sms": "off", "whatsapp": "off"}


def test_errors_are_calm_and_in_one_shape(client: TestClient) -> None:
    for response in (client.get("/nowhere"), client.put("/chat/messages"), client.get("/chat/messages")):
        assert 400 <= response.status_code < 500
        assert set(response.json()["error"]) == {"code", "message"}


def test_a_topic_or_language_that_is_switched_off_is_off_on_the_pages(client: TestClient, gateway: Gateway) -> None:
    client.app.state.known_off = KnownOff(fresh_seconds=0)  # type: ignore[attr-defined]
    assert "£12.71" in client.get("/answers/minimum_wage").text
    with gateway.database.unit_of_work() as db:
        service.turn_off(db=db, kind=service.Kind.TOPIC, value="annual_leave")
        service.turn_off(db=db, kind=service.Kind.LANGUAGE, value="hi")
    for path in ("/answers/annual_leave", "/checks/leave"):
        said = client.get(path)
        assert said.status_code == 503
        assert "999" in said.text
        assert "Acas" in said.text
    tags = Page(client.get("/answers/minimum_wage?lang=hi").text).tags
    assert [a["lang"] for tag, a in tags if tag == "article"] == ["en"]
