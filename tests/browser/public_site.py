"""The public site in a browser: embedded in a strict page of another origin, or open by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import BrowserContext, FrameLocator, Page, Request

from tests.browser.conftest import AXE, _serve
from webhook.gateway import Gateway
from webhook.public.app import create_app

EXIT = "https://www.bbc.co.uk/weather"
SERIOUS = ("serious", "critical")
RULES = "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"


@dataclass(frozen=True)
class Site:
    """`here`: the service's address. `council`: that of another origin whose pages embed the chat."""

    here: str
    council: str


@dataclass
class Watch:
    """Every request of a window, and all that its pages refused or stumbled over."""

    requests: list[Request] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    left_at: int | None = None


@contextmanager
def council_page(lang: str = "en") -> Iterator[tuple[str, list[str]]]:
    """A page with the strictest rules that docs/widget.md asks for. The list gets the service's address."""
    service: list[str] = []

    class Council(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            (address,) = service
            wished = self.path.rpartition("lang=")[2] if "lang=" in self.path else lang
            body = (
                '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Adult social care</title>'
                '<meta name="viewport" content="width=device-width, initial-scale=1">'
                '<link rel="icon" href="data:,"></head>'
                "<body><main><h1>Adult social care</h1><p>Working in care.</p></main>"
                f'<script src="{address}/widget.js" data-lang="{wished}" async></script></body></html>'
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header(
                "Content-Security-Policy",
                f"default-src 'none'; script-src {address}; frame-src {address}; img-src data:; "
                "require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'",
            )
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
            """Nothing is written down."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Council)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", service
    server.shutdown()
    server.server_close()


@contextmanager
def public_site(gateway: Gateway) -> Iterator[Site]:
    """The public app and a council's page that may embed its chat."""
    with council_page() as (council, service):
        settings = gateway.settings.model_copy(update={"widget_origins": council})
        server, thread, here = _serve(create_app(replace(gateway, settings=settings)))
        service.append(here)
        yield Site(here, council)
        server.should_exit = True
        thread.join(timeout=10)


def watch(page: Page) -> Watch:
    """Begin to watch a window."""
    seen = Watch()
    page.on("request", lambda request: seen.requests.append(request))
    page.on("console", lambda said: seen.refused.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: seen.refused.append(str(fault)))
    return seen


def serve_weather(context: BrowserContext) -> None:
    """The page that an exit leads to, without the internet."""
    html = "<!doctype html><title>Weather</title><h1>Weather</h1>"
    context.route(f"{EXIT}**", lambda route: route.fulfill(status=200, content_type="text/html", body=html))


def open_widget(page: Page, site: Site, lang: str = "en") -> FrameLocator:
    """The council's page with the chat opened."""
    page.goto(f"{site.council}/?lang={lang}")
    page.locator("body > button").click()
    frame = page.frame_locator("iframe")
    frame.locator("#talk .message").first.wait_for()
    return frame


def say(chat: FrameLocator | Page, text: str) -> None:
    """Write and send."""
    chat.locator("#text").fill(text)
    chat.locator("#send").click()


def axe(page: Page) -> list[str]:
    """What axe finds that is serious, in every frame. By the debugger's way, which no page's rules stop."""
    faults = []
    for frame in page.frames:
        frame.evaluate(AXE.read_text(encoding="utf-8"))
        found = frame.evaluate("rules => axe.run(document, {runOnly: rules, iframes: false})", list(RULES))
        faults += [
            f"{each['id']} at {', '.join(str(node['target']) for node in each['nodes'])}"
            for each in found["violations"]
            if each["impact"] in SERIOUS
        ]
    return faults
