"""A private PostgreSQL server for tests: own folder, own socket, no network; real, and killable."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "advice"


class PostgresNotInstalled(Exception):
    """The tests need PostgreSQL's server programs."""


def programs() -> Path:
    """Return the folder of the newest installed server's programs. Raises PostgresNotInstalled."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    if found is None:
        raise PostgresNotInstalled(
            "PostgreSQL's server is not installed. On Debian: apt-get install postgresql; elsewhere put initdb on PATH."
        )
    return Path(found).resolve().parent


def account() -> str | None:
    """Return the user to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise PostgresNotInstalled("as root the tests need a user 'postgres' or 'nobody' to run PostgreSQL as")


class Cluster:
    """One server. ``url(name)`` is the address of one of its databases."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bin, self.user = folder, programs(), account()
        self.process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        if self.user is not None:
            shutil.chown(self.folder, self.user)
        options = ["-D", self.folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(
            [self.bin / "initdb", *options], check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL
        )

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            options = ["-D", self.folder / "data", "-k", self.folder, "-c", "listen_addresses="]
            self.process = subprocess.Popen(
                [self.bin / "postgres", *options], user=self.user, cwd=self.folder, stdout=log, stderr=log
            )
        for _ in range(300):
            ready = subprocess.run(
                [self.bin / "pg_isready", "-q", "-h", self.folder, "-U", USER, "-d", "postgres"], check=False
            )
            if ready.returncode == 0:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"PostgreSQL did not start:\n{(self.folder / 'server.log').read_text()}")

    def kill(self) -> None:
        """SIGKILL the server and all its helpers, as a crash would."""
        assert self.process is not None
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], check=False, capture_output=True, text=True
        ).stdout.split()
        for pid in [self.process.pid, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def create_database(self, name: str) -> str:
        subprocess.run([self.bin / "createdb", "-h", self.folder, "-U", USER, name], check=True)
        return self.url(name)


@contextmanager
def running() -> Iterator[Cluster]:
    """Give a running server; take it away afterwards, files included."""
    folder = Path(tempfile.mkdtemp(prefix="advice-pg-", dir="/tmp"))
    cluster = None
    try:
        cluster = Cluster(folder)
        cluster.create()
        cluster.start()
        yield cluster
    finally:
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
