"""The real processes of the service on ports of their own, to be killed and started again one by one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from tests.webhook.parts import BASE, OURS
from tests.webhook.postgres_cluster import Cluster
from tests.webhook.twilio_server import ACCOUNT, TOKEN, Twilio
from webhook.database import Database
from webhook.journal import Journal
from webhook.migrations.run import migrate

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 200


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], what: str, patience: float = PATIENCE_SECONDS) -> None:
    """Look again and again until it holds; fail when it does not in time."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if holds():
            return
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for: {what}")


class Service:
    """Public app, worker, mail server and Rasa (played, or real with its action server) on one PostgreSQL database.

    The queue is an SQLite file, or with `redis` a Redis server. The disk counts as a part: killed, it is full.
    """

    def __init__(
        self, folder: Path, cluster: Cluster, twilio: Twilio, *, real_rasa: bool = False, redis: bool = False
    ) -> None:
        self.folder, self.cluster = folder, cluster
        self.public, self.metrics, rasa, actions, mail, queue = (free_port() for _ in range(6))
        self.database_url = cluster.create_database(f"faults_{self.public}")
        database = Database(self.database_url)
        migrate(database)
        database.dispose()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CARE_ADVICE_")},
            "CARE_ADVICE_VAR": str(folder / "var"),
            "CARE_ADVICE_DATABASE_URL": self.database_url,
            "CARE_ADVICE_PUBLIC_PORT": str(self.public),
            "CARE_ADVICE_PUBLIC_BASE_URL": BASE,
            "CARE_ADVICE_WORKER_METRICS_PORT": str(self.metrics),
            "CARE_ADVICE_RASA_URL": f"http://127.0.0.1:{rasa}",
            "CARE_ADVICE_ACTIONS_PORT": str(actions),
            "CARE_ADVICE_ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook",
            "CARE_ADVICE_TWILIO_ACCOUNT_SID": ACCOUNT,
            "CARE_ADVICE_TWILIO_AUTH_TOKEN": TOKEN,
            "CARE_ADVICE_TWILIO_SMS_NUMBER": OURS,
            "CARE_ADVICE_TWILIO_WHATSAPP_NUMBER": OURS,
            "CARE_ADVICE_SMTP_HOST": "127.0.0.1",
            "CARE_ADVICE_SMTP_PORT": str(mail),
            "CARE_ADVICE_SMTP_SECURITY": "none",
            "CARE_ADVICE_MAIL_FROM": "advice@example.org",
            "CARE_ADVICE_MAIL_TO": "shop@example.org",
            "CARE_ADVICE_EMERGENCY_REPEAT_MINUTES": "600",
            "CARE_ADVICE_TWILIO_API_BASE": twilio.base,
            "CARE_ADVICE_MESSAGES_PER_MINUTE": "10000",
            "CARE_ADVICE_SESSIONS_PER_MINUTE": "10000",
        }
        python, bot = sys.executable, str(ROOT / ".venv-rasa" / "bin" / "python")
        self.commands: dict[str, Sequence[str]] = {
            "public": [python, "-m", "webhook.public"],
            "worker": [python, "-m", "webhook.tasks"],
            "rasa": [bot, "-m", "bot"] if real_rasa else [python, str(ROOT / "tests/faults/played_rasa.py"), str(rasa)],
            "mail": [python, "-m", "tests.faults.mailbox", str(mail), str(folder / "mails")],
        }
        if redis:
            self.environment["CARE_ADVICE_REDIS_URL"] = f"redis://127.0.0.1:{queue}/0"
            self.commands["redis"] = ["redis-server", "--port", str(queue), "--bind", "127.0.0.1", "--save", ""]
        if real_rasa:
            self.commands["actions"] = [python, "-m", "actions"]
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def address(self) -> str:
        """Where the public app listens."""
        return f"http://127.0.0.1:{self.public}"

    def __enter__(self) -> Service:
        # The public app makes the secrets at its first start; the others then find them.
        for name in ("public", *(name for name in self.commands if name != "public")):
            self.start(name)
            if name == "public":
                wait_until(lambda: self.answers("/healthz"), "the public app")
        wait_until(lambda: self.answers("/readyz"), "everything that answers")
        wait_until(lambda: self.answers("/metrics", f"http://127.0.0.1:{self.metrics}"), "the worker")
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.running):
            self.kill(name)

    def answers(self, path: str, address: str = "") -> bool:
        """Whether the public app, or who else is at the address, says 200 there."""
        try:
            return httpx.get((address or self.address) + path, timeout=5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def start(self, name: str) -> None:
        """Start one part in a process group of its own, or make room on the disk."""
        if name == "postgresql":
            self.cluster.start()
            return
        if name == "disk":
            self._alert_file.unlink()
            return
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.commands[name], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """SIGKILL one part and whatever it started, or fill the disk under the alert file, its reserve too."""
        if name == "postgresql":
            self.cluster.kill()
            return
        if name == "disk":
            self._fill_disk()
            return
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    @property
    def _alert_file(self) -> Path:
        return self.folder / "var" / "spool" / "spool.lines"

    def _fill_disk(self) -> None:
        journal = Journal(self._alert_file.parent, "spool", max_bytes=1)
        while True:
            journal.take()  # what stands in the file is not lost with it
            try:
                self._alert_file.symlink_to("/dev/full")
            except FileExistsError:
                time.sleep(0.01)
                continue
            journal.reserve.unlink(missing_ok=True)
            return

    def mails(self) -> list[str]:
        """The Message-IDs of the mails that SHOP got."""
        file = self.folder / "mails"
        return file.read_text().split() if file.exists() else []

    def logs(self) -> str:
        """What all parts wrote, for a failing test and for the look for words that may not be there."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))
