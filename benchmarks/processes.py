"""Processes that are measured: started, waited for, weighed, stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

_PATIENCE_SECONDS = 300.0
_SECONDS_TO_END = 10.0
_MILLION = 1024 * 1024
_SETTINGS = ("CARE_ADVICE_", "RASA_", "TRACKER_", "ACTIONS_", "SECRETS_")
"""How the names of settings begin, also those the bot reads without the service's prefix."""


class NotReady(Exception):
    """A process did not answer in time; its log says why."""


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def only(env: Mapping[str, str]) -> dict[str, str]:
    """This environment without any setting of a service on this machine, whose database and numbers must not be met."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)}
    return {**kept, **env}


def seconds(command: Sequence[str], cwd: Path, env: Mapping[str, str], log: Path) -> float:
    """How long a command takes. Raises CalledProcessError."""
    began = time.monotonic()
    with log.open("ab") as out:
        subprocess.run(command, cwd=cwd, env=only(env), stdout=out, stderr=out, check=True)  # noqa: S603
    return time.monotonic() - began


@contextmanager
def running(command: Sequence[str], cwd: Path, env: Mapping[str, str], log: Path) -> Iterator[int]:
    """A process with all its children in a session of their own; gives its id and ends them all."""
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=cwd, env=only(env), stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process.pid
    finally:
        for signum in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signum)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            _wait_for_the_end(process.pid)
        # What a killed supervisor leaves behind has a group of its own.
        for left in _of(process.pid):
            with suppress(ProcessLookupError):
                os.kill(left, signal.SIGKILL)
        _wait_for_the_end(process.pid)


def _wait_for_the_end(session: int) -> None:
    """Also a killed process needs a moment, until its memory is given back."""
    until = time.monotonic() + _SECONDS_TO_END
    while _of(session) and time.monotonic() < until:
        time.sleep(0.05)


def wait_for(address: str, log: Path, session: int) -> float:
    """Seconds until an address of this session answers with 200. Raises NotReady, at once when all of it ended."""
    began = time.monotonic()
    while time.monotonic() - began < _PATIENCE_SECONDS:
        try:
            if httpx.get(address, timeout=5, trust_env=False).status_code == httpx.codes.OK:
                return time.monotonic() - began
        except httpx.HTTPError:
            if not _of(session):
                break
        time.sleep(0.1)
    raise NotReady(f"{address}: see {log}")


def memory(session: int) -> float:
    """Megabytes of all processes of a session: proportional set size, so that shared pages count once."""
    total = 0.0
    for process in _of(session):
        with suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total / _MILLION


def _of(session: int) -> list[int]:
    """The living processes of a session, whatever groups its supervisor has put them in."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            number = int(folder.name)
            if os.getsid(number) == session and not _ended(folder):
                found.append(number)
    return found


def _ended(folder: Path) -> bool:
    return (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
