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
_MILLION = 1024 * 1024


class NotReady(Exception):
    """A process did not answer in time; its log says why."""


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds(command: Sequence[str], cwd: Path, env: Mapping[str, str], log: Path) -> float:
    """How long a command takes. Raises CalledProcessError."""
    began = time.monotonic()
    with log.open("ab") as out:
        subprocess.run(command, cwd=cwd, env={**os.environ, **env}, stdout=out, stderr=out, check=True)  # noqa: S603
    return time.monotonic() - began


@contextmanager
def running(command: Sequence[str], cwd: Path, env: Mapping[str, str], log: Path) -> Iterator[int]:
    """A process with all its children in a group of its own; gives its id and ends the group."""
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=cwd, env={**os.environ, **env}, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process.pid
    finally:
        for signum in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signum)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            until = time.monotonic() + 10
            while memory(process.pid) and time.monotonic() < until:
                time.sleep(0.05)


def wait_for(address: str, log: Path, group: int) -> float:
    """Seconds until an address of this group of processes answers with 200. Raises NotReady, at once when all ended."""
    began = time.monotonic()
    while time.monotonic() - began < _PATIENCE_SECONDS:
        try:
            if httpx.get(address, timeout=5, trust_env=False).status_code == httpx.codes.OK:
                return time.monotonic() - began
        except httpx.HTTPError:
            if not memory(group):
                break
        time.sleep(0.1)
    raise NotReady(f"{address}: see {log}")


def memory(group: int) -> float:
    """Megabytes of all processes of a group: proportional set size, so that shared pages count once."""
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) != group:
                continue
            for line in (folder / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        except (OSError, ProcessLookupError):
            continue
    return total / _MILLION
