"""Both apps on ports of their own, over one database, and Debian's Chromium to open them with."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from tests.webhook.conftest import _runtime_folder, sqlite_template, sqlite_url, vault
from tests.webhook.parts import gateway, rasa, settings, twilio
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.public.app import create_app as public_app
from webhook.staff.app import create_app as staff_app
from webhook.staff.settings import StaffSettings

__all__ = ["_runtime_folder", "gateway", "rasa", "settings", "sqlite_template", "sqlite_url", "twilio", "vault"]

AXE = Path(__file__).parents[1] / "webhook" / "staff" / "provider" / "node_modules" / "axe-core" / "axe.min.js"


class ChromiumNotInstalled(Exception):
    """The tests need Chromium. On Debian: apt-get install chromium."""


@dataclass(frozen=True)
class Addresses:
    """Where the two apps are."""

    public: str
    staff: str


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.dispose()


@pytest.fixture
def addresses(gateway: Gateway) -> Iterator[Addresses]:
    servers = [_serve(public_app(gateway)), _serve(staff_app(gateway, StaffSettings(signs_in_per_minute=1000)))]
    yield Addresses(*(address for _, _, address in servers))
    for server, thread, _ in servers:
        server.should_exit = True
        thread.join(timeout=10)


def _serve(app: FastAPI) -> tuple[uvicorn.Server, threading.Thread, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    return server, thread, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One Chromium for the tests of this folder; as long as it runs, its event loop holds the main thread."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise ChromiumNotInstalled
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window of somebody's, that fails the test when the page's own rules refuse something."""
    context = chromium.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: refused.append(str(fault)))
    yield page
    context.close()
    assert refused == []
