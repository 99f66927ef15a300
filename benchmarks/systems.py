"""The two systems that are compared, each trained from nothing, then started."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks import default_project, our_project
from benchmarks.load import Say
from benchmarks.processes import free_port, running, seconds, wait_for
from understanding.places import ROOT

RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
TRAIN_RASA = (str(RASA_PYTHON), "-m", "rasa", "train", "--quiet", "--skip-validation")
"""As `make train` trains it."""
_QUIET = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3"}
_TOKEN = "of this measurement only and of no service"  # noqa: S105


@dataclass(frozen=True)
class Running:
    """A started system: where it listens, how a message is said to it, whose memory is weighed, how long it took."""

    base: str
    say: Say
    group: int
    start_seconds: float


@dataclass
class Default:
    """Rasa as `rasa init` sets it up."""

    folder: Path
    epochs: int | None = None
    """How often it goes over the examples in training; None: a hundred times, as Rasa sets it."""
    name: str = "Rasa's default pipeline"
    env: dict[str, str] = field(default_factory=lambda: dict(_QUIET))

    def prepare(self) -> None:
        """Write its project."""
        packages = next((RASA_PYTHON.parent.parent / "lib").glob("python3*")) / "site-packages"
        default_project.write(self.folder, packages, self.epochs)

    def train(self) -> float:
        """Seconds it takes."""
        return seconds([*TRAIN_RASA], self.folder, self.env, self.log)

    @property
    def log(self) -> Path:
        """What its processes say."""
        return self.folder / "log.txt"

    @contextmanager
    def started(self) -> Iterator[Running]:
        """Rasa's server with its REST channel and its interface for parsing."""
        port = free_port()
        command = [str(RASA_PYTHON), "-m", "rasa", "run", "--enable-api", "--port", str(port), "-i", "127.0.0.1"]
        with running(command, self.folder, self.env, self.log) as group:
            base = f"http://127.0.0.1:{port}"
            took = wait_for(f"{base}/status", self.log, group)
            yield Running(base, _say_rest, group, took)


@dataclass
class Ours:
    """This project."""

    folder: Path
    name: str = "this service"
    env: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        """Write its project; the settings of every process of it."""
        our_project.write(self.folder)
        self.rasa, self.actions, self.public, self.staff = (free_port() for _ in range(4))
        self.env = {
            **_QUIET,
            "CARE_ADVICE_VAR": str(self.folder / "var"),
            "CARE_ADVICE_RASA_TOKEN": _TOKEN,
            "CARE_ADVICE_TRACKER_KEY": _TOKEN,
            "CARE_ADVICE_RASA_PORT": str(self.rasa),
            "CARE_ADVICE_RASA_URL": f"http://127.0.0.1:{self.rasa}",
            "CARE_ADVICE_ACTIONS_PORT": str(self.actions),
            "CARE_ADVICE_PUBLIC_PORT": str(self.public),
            "CARE_ADVICE_STAFF_PORT": str(self.staff),
            "CARE_ADVICE_MESSAGES_PER_MINUTE": "10000",
            "CARE_ADVICE_SESSIONS_PER_MINUTE": "100000",
        }

    def train(self) -> float:
        """Seconds it takes from nothing: no vector is known before."""
        spent = seconds([sys.executable, "-m", "understanding", "train"], self.folder, self.env, self.log)
        command = [*TRAIN_RASA, "--fixed-model-name", "advice"]
        return spent + seconds(command, self.folder, self.env, self.log)

    @property
    def log(self) -> Path:
        """What its processes say."""
        return self.folder / "log.txt"

    @contextmanager
    def started(self) -> Iterator[Running]:
        """Rasa alone with its action server beside it, spoken to as the gateway does; Rasa is weighed."""
        with (
            running([sys.executable, "-m", "actions"], self.folder, self.env, self.log) as actions,
            running([str(RASA_PYTHON), "-m", "bot"], self.folder, self.env, self.log) as group,
        ):
            base = f"http://127.0.0.1:{self.rasa}"
            took = wait_for(f"{base}/webhooks/gateway/ready", self.log, group)
            wait_for(f"http://127.0.0.1:{self.actions}/health", self.log, actions)
            yield Running(base, _say_gateway, group, took)

    @contextmanager
    def whole(self) -> Iterator[Running]:
        """Everything that `make run` starts, spoken to as the widget does; everything is weighed."""
        seconds([sys.executable, "-m", "webhook.secret_files"], self.folder, self.env, self.log)
        seconds([sys.executable, "-m", "webhook.database", "migrate"], self.folder, self.env, self.log)
        with running([sys.executable, "-m", "deploy.run"], self.folder, self.env, self.log) as group:
            base = f"http://127.0.0.1:{self.public}"
            took = wait_for(f"{base}/readyz", self.log, group)
            yield Running(base, Chat().say, group, took)

    def evaluate(self, source: Path, target: Path) -> None:
        """The command of the contract, over a file of messages."""
        command = [sys.executable, "-m", "understanding", "evaluate", str(source), str(target)]
        seconds(command, self.folder, self.env, self.log)


class Chat:
    """The web chat as several people use it: each has a session of their own."""

    def __init__(self) -> None:
        self._sessions: dict[int, str] = {}
        self._count = 0

    async def say(self, client: httpx.AsyncClient, person: int, text: str) -> None:
        """One message and its answer."""
        if person not in self._sessions:
            self._sessions[person] = _fine(await client.post("/chat/sessions"))["session"]
        self._count += 1
        body = {"text": text, "client_id": f"{person}-{self._count}"}
        headers = {"Authorization": f"Bearer {self._sessions[person]}"}
        _fine(await client.post("/chat/messages", json=body, headers=headers))


async def _say_rest(client: httpx.AsyncClient, person: int, text: str) -> None:
    _fine(await client.post("/webhooks/rest/webhook", json={"sender": f"person {person}", "message": text}))


async def _say_gateway(client: httpx.AsyncClient, person: int, text: str) -> None:
    metadata = {"language": "en", "channel": "web", "form": "long", "risk": {"level": "none", "signs": []}}
    body = {"sender": f"person {person}", "text": text, "intent": None, "metadata": metadata}
    headers = {"Authorization": f"Bearer {_TOKEN}"}
    _fine(await client.post("/webhooks/gateway/webhook", json=body, headers=headers))


def _fine(response: httpx.Response) -> Mapping[str, Any] | Any:
    response.raise_for_status()
    return json.loads(response.content)
