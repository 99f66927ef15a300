"""`python -m benchmarks.slow_lines`: what the chat and the pages weigh, and how long they take on a slow line.

The public app is started by itself on a fresh database; Chromium slows its line down. What is waited for are the words
for danger: they need neither Rasa nor anything else. Writes its part of docs/benchmarks.md.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import as_table
from benchmarks.processes import only
from knowledge import clock
from understanding.places import ROOT

BEGIN, END = "<!-- measured in the browser -->", "<!-- end of measured in the browser -->"
LINES = {
    "as it is": None,
    "3G: 400 kbit/s, 400 ms": (400, 400),
    "2G: 50 kbit/s, 650 ms": (50, 650),
}
"""Each line by its kilobits a second and the milliseconds of a round trip."""
PAGES = ("/chat", "/", "/answers/minimum_wage", "/answers/minimum_wage?lang=hi", "/checks/pay")
DANGER = "he has a knife and I am afraid"
_READY_SECONDS = 90
_PATIENCE_MS = 180_000


class ChromiumNotInstalled(Exception):
    """Chromium is needed. On Debian: apt-get install chromium."""


class NotStarted(Exception):
    """The public app did not start."""


def main() -> None:
    """Measure, then write."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise ChromiumNotInstalled
    with _public_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        weights = [(page, _weight(browser, f"{address}{page}")) for page in PAGES]
        waits = [(name, _waits(browser, address, line)) for name, line in LINES.items()]
        browser.close()
    columns = ("requests", "kB on the wire")
    times = ("the chat can be written in, s", "words for danger read, s", "a page of an answer read, s")
    said = "\n\n".join(
        [
            f"Measured on {clock.today():%Y-%m-%d}. The chat is counted with its first messages.",
            as_table(weights, columns),
            as_table(waits, times),
        ]
    )
    target = ROOT / "docs" / "benchmarks.md"
    text = target.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    target.write_text(f"{before}{BEGIN}\n{said}\n{END}{rest.split(END)[1]}", encoding="utf-8")


@contextmanager
def _public_app() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        env = only({"CARE_ADVICE_VAR": str(Path(folder) / "var"), "CARE_ADVICE_PUBLIC_PORT": str(port)})
        for module in (["webhook.secret_files"], ["webhook.database", "migrate"]):
            command = [sys.executable, "-m", *module]
            subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        app = subprocess.Popen([sys.executable, "-m", "webhook.public"], cwd=ROOT, env=env)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address)
            yield address
        finally:
            app.terminate()
            app.wait(timeout=20)


def _wait_for(address: str) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.5)
    raise NotStarted


def _weight(browser: Browser, address: str) -> dict[str, str]:
    context = browser.new_context()
    page = context.new_page()
    seen: list[Any] = []
    page.on("requestfinished", lambda request: seen.append(request))
    page.goto(address)
    if "/chat" in address:
        page.locator("#talk .message").nth(2).wait_for()
    page.wait_for_timeout(500)
    sizes = [request.sizes() for request in seen if not request.url.startswith("data:")]
    whole = sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes)
    context.close()
    return {"requests": str(len(sizes)), "kB on the wire": f"{whole / 1000:.1f}"}


def _waits(browser: Browser, address: str, line: tuple[int, int] | None) -> dict[str, str]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    _slow_down(page, line)
    begun = time.monotonic()
    page.goto(f"{address}/chat")
    page.locator("#talk .message").first.wait_for()
    ready = time.monotonic() - begun
    sent = time.monotonic()
    page.locator("#text").fill(DANGER)
    page.locator("#send").click()
    page.locator(".message.safety").first.wait_for()
    answered = time.monotonic() - sent
    begun = time.monotonic()
    page.goto(f"{address}/answers/minimum_wage", wait_until="load")
    read = time.monotonic() - begun
    context.close()
    return {
        "the chat can be written in, s": f"{ready:.1f}",
        "words for danger read, s": f"{answered:.1f}",
        "a page of an answer read, s": f"{read:.1f}",
    }


def _slow_down(page: Page, line: tuple[int, int] | None) -> None:
    if line is None:
        return
    kilobits, wait = line
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    rate = kilobits * 1000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": wait, "downloadThroughput": rate, "uploadThroughput": rate},
    )


if __name__ == "__main__":
    main()
