"""The plain page, and what the service says of its own health."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from fastapi.testclient import TestClient

from tests.webhook.parts import PlayedRasa, without_database
from webhook.gateway import Gateway
from webhook.public.app import create_app


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


def test_the_page_needs_nothing_from_elsewhere_and_has_nothing_inline(client: TestClient) -> None:
    page = Page(client.get("/").text)
    loaded = [
        value
        for tag, attributes in page.tags
        for name, value in attributes.items()
        if name in ("src", "href") and tag in ("script", "link", "img")
    ]
    assert all(value is not None and re.match(r"/static/|data:", value) for value in loaded)
    assert not [tag for tag, attributes in page.tags if tag == "style" or "style" in attributes]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_the_page_shows_999_first_and_an_exit_and_says_nothing_in_its_title(client: TestClient) -> None:
    html = client.get("/").text
    page = Page(html)
    text = " ".join(page.words)
    assert "999" in text
    assert text.index("999") < text.index("Your question")
    assert re.search(r"<title>Chat</title>", html)
    assert [a["href"] for tag, a in page.tags if a.get("id") == "exit"] == ["https://www.bbc.co.uk/weather"]
    assert ("html", {"lang": "en", "dir": "ltr"}) in page.tags


def test_the_whole_page_is_small(client: TestClient) -> None:
    parts = ("/", "/static/chat.js", "/static/chat.css")
    assert sum(len(client.get(part).content) for part in parts) < 20_000


def test_the_script_keeps_nothing_in_the_browser(client: TestClient) -> None:
    script = client.get("/static/chat.js").text
    assert not re.search(r"localStorage|sessionStorage|document\.cookie|indexedDB|innerHTML", script)


def test_files_outside_the_folder_are_not_served(client: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"):
        assert client.get(path).status_code == 404


def test_alive_is_alive_whatever_is_down(gateway: Gateway, rasa: PlayedRasa) -> None:
    rasa.down = True
    client = TestClient(create_app(without_database(gateway)))
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok")


def test_ready_says_what_is_missing(gateway: Gateway, client: TestClient, rasa: PlayedRasa) -> None:
    everything = {"ready": True, "missing": [], "channels": {"web": "on", "sms": "on", "whatsapp": "on"}}
    assert client.get("/readyz").json() == everything
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
