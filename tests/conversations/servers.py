"""The real Rasa and the real action server on free ports of this machine, with their logs kept to be looked at."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from benchmarks.systems import RASA_PYTHON
from tests.conversations.model import ROOT

TOKEN = "a token for the tests only"
TRACKER_KEY = "a tracker key for the tests only and long enough"
_PATIENCE_SECONDS = 180
_REPLY_SECONDS = 60


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Servers:
    """Two processes and a client that speaks to Rasa as the gateway does."""

    def __init__(self, folder: Path, model: Path, **settings: str) -> None:
        self.folder = folder
        self.tracker_db = folder / "tracker.db"
        self.rasa_port, self.actions_port = free_port(), free_port()
        self._environment = {
            **os.environ,
            "CARE_ADVICE_VAR": str(folder),
            "CARE_ADVICE_RASA_TOKEN": TOKEN,
            "CARE_ADVICE_TRACKER_KEY": TRACKER_KEY,
            "CARE_ADVICE_RASA_PORT": str(self.rasa_port),
            "CARE_ADVICE_ACTIONS_PORT": str(self.actions_port),
            "CARE_ADVICE_RASA_MODEL": str(model),
            **settings,
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._http = httpx.Client(
            base_url=f"http://127.0.0.1:{self.rasa_port}/webhooks/gateway", timeout=_REPLY_SECONDS, trust_env=False
        )

    def start(self, *names: str) -> None:
        """Start "rasa", "actions", or both when none is named, and wait until they answer."""
        commands = {"rasa": [str(RASA_PYTHON), "-m", "bot"], "actions": [sys.executable, "-m", "actions"]}
        for name in names or tuple(commands):
            with self.log(name).open("ab") as log:
                self.running[name] = subprocess.Popen(
                    commands[name],
                    cwd=ROOT,
                    env=self._environment,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        for name in names or tuple(commands):
            self._wait(name)

    def kill(self, name: str) -> None:
        """SIGKILL: no chance to tidy up."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Stop whatever runs."""
        for name in list(self.running):
            self.kill(name)
        self._http.close()

    def log(self, name: str) -> Path:
        """The file with all that a process has printed."""
        return self.folder / f"{name}.log"

    def ask(self, sender: str, text: str, intent: str | None = None, **metadata: Any) -> httpx.Response:
        """One message, as the gateway sends it."""
        known = {"language": "en", "channel": "web", "form": "long", "risk": {"level": "none", "signs": []}}
        return self.call(
            "POST",
            "/webhook",
            json={"sender": sender, "text": text, "intent": intent, "metadata": {**known, **metadata}},
        )

    def call(self, method: str, path: str, token: str = TOKEN, **options: Any) -> httpx.Response:
        """A call of Rasa's channel with a token."""
        return self._http.request(method, path, headers={"Authorization": f"Bearer {token}"}, **options)

    def _wait(self, name: str) -> None:
        address = f"http://127.0.0.1:{self.actions_port}/health" if name == "actions" else f"{self._http.base_url}ready"
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            if self.running[name].poll() is not None:
                raise AssertionError(f"{name} ended:\n{self.log(name).read_text()[-3000:]}")
            try:
                if httpx.get(address, timeout=2, trust_env=False).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise AssertionError(f"{name} was not ready in time:\n{self.log(name).read_text()[-3000:]}")
