"""The process in which models run, as its parent sees it: asked with a time limit, ended when it hangs, made anew."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from webhook.settings import ROOT
from webhook.translation.packages import home, packages_folder

COMMAND = (sys.executable, "-m", "webhook.translation.child")
START_SECONDS = 90.0
"""Loading the libraries on a busy machine; no words are in the process by then."""
REQUESTS_OF_ONE = 500
"""After so many a new process begins: models are known to keep more memory with time."""
IDLE_SECONDS = 300.0
LONGEST_REPLY = 1024 * 1024


NOT_STARTED = "start"
"""The reason that says nothing of the text or the model: the process itself did not come up."""


class NoTranslation(Exception):
    """There is none. `reason` is `time`, `died`, NOT_STARTED or a fault's name; never a word of the text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TranslationProcess:
    """Starts at the first request. One request at a time; it may be used by several threads."""

    def __init__(self, *, seconds: float, megabytes: int, command: Sequence[str] = COMMAND) -> None:
        self._seconds, self._command = seconds, (*command, str(megabytes))
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._asked, self._used_at = 0, 0.0

    @property
    def pid(self) -> int | None:
        """The running process, if there is one."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def translate(self, text: str, folder: Path) -> str:
        """What the package in `folder` makes of the text. Raises NoTranslation; the next request has a new process."""
        with self._lock:
            child = self._running()
            request = json.dumps({"text": text, "folder": str(folder)}).encode() + b"\n"
            try:
                reply = self._ask(child, request, self._seconds)
            except NoTranslation:
                self._end()
                raise
            self._asked, self._used_at = self._asked + 1, time.monotonic()
            if self._asked >= REQUESTS_OF_ONE:
                self._end()
        if not isinstance(reply.get("text"), str):
            raise NoTranslation(str(reply.get("fault") or "unreadable"))
        return str(reply["text"])

    def rest(self) -> None:
        """Give the memory back when nothing was asked for a while. Never waits for a request that runs."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            if self._child is not None and time.monotonic() - self._used_at > IDLE_SECONDS:
                self._end()
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        self._child = subprocess.Popen(  # noqa: S603 - a fixed command, no shell
            self._command,
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._asked = 0
        try:
            self._ask(self._child, b"", START_SECONDS)
        except NoTranslation:
            self._end()
            raise NoTranslation(NOT_STARTED) from None
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], request: bytes, seconds: float) -> dict[str, object]:
        """Send a request and read one line of reply. Raises NoTranslation when neither is done in time."""
        if child.stdin is None or child.stdout is None:
            raise NoTranslation("died")
        until = time.monotonic() + seconds
        os.set_blocking(child.stdin.fileno(), False)
        left, got = request, b""
        with selectors.DefaultSelector() as ways:
            ways.register(child.stdout, selectors.EVENT_READ)
            if left:
                ways.register(child.stdin, selectors.EVENT_WRITE)
            while not got.endswith(b"\n"):
                ready = ways.select(max(0.0, until - time.monotonic()))
                if not ready or len(got) > LONGEST_REPLY:
                    raise NoTranslation("time")
                for key, _ in ready:
                    if key.fileobj is child.stdout:
                        got += (came := os.read(child.stdout.fileno(), 65536))
                        if not came:
                            raise NoTranslation("died")
                        continue
                    try:
                        left = left[os.write(child.stdin.fileno(), left[:65536]) :]
                    except BlockingIOError:
                        continue
                    except OSError:
                        raise NoTranslation("died") from None
                    if not left:
                        ways.unregister(child.stdin)
        try:
            reply: dict[str, object] = json.loads(got)
        except ValueError:
            raise NoTranslation("unreadable") from None
        return reply

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(OSError):
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _environment() -> dict[str, str]:
    """What the child is told: where packages are, and one thread for everything. No setting and no secret of ours."""
    place = str(home())
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "LANG", "TZ") if name in os.environ}
    return {
        **kept,
        "HOME": place,
        "XDG_DATA_HOME": place,
        "XDG_CONFIG_HOME": place,
        "XDG_CACHE_HOME": place,
        "ARGOS_PACKAGES_DIR": str(packages_folder()),
        "ARGOS_INTER_THREADS": "1",
        "ARGOS_INTRA_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
