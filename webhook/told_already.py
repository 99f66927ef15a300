"""Which messages were answered with emergency words without the database: a local append-only list.

A doubled 999 is preferred to none, so whenever the list cannot be read or written the answer is "not told yet".
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from webhook.database import utc_now

KEEP = timedelta(days=1)
"""Twilio repeats a request within seconds; a day is ample."""

UNSURE_FOR = timedelta(seconds=10)
"""How long words on their way count as given; Twilio repeats a request after 15 seconds at the soonest."""

COMPACT_BYTES = 262_144

SURE, UNSURE = "s", "u"

Entry = tuple[float, str, str]
"""When, which (hashed), and whether the words are known to have left."""


class ToldAlready:
    """The list of one machine. Holds hashed ids and times only; safe for several processes at once."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Name the file and the key under which ids are hashed."""
        self.path, self._key = path, key

    def first_time(self, message_id: str, *, confirmed_later: bool = False, now: datetime | None = None) -> bool:
        """Say whether this message was not told yet, and note that it is now.

        With ``confirmed_later`` the caller calls ``confirm`` once the words have left; until then the note holds for a
        few seconds only, so that a repeat gets the words if this process dies on the way.
        """
        moment = now or utc_now()
        try:
            with self._locked() as descriptor:
                return self._note(descriptor, self._mark(message_id), moment, UNSURE if confirmed_later else SURE)
        except OSError:
            return True

    def confirm(self, message_id: str, *, now: datetime | None = None) -> None:
        """Note that the words have left. If it cannot be noted, a repeat gets them again."""
        with suppress(OSError), self._locked() as descriptor:
            _append(descriptor, now or utc_now(), self._mark(message_id), SURE)

    def _mark(self, message_id: str) -> str:
        return hmac.new(self._key, message_id.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]

    @contextmanager
    def _locked(self) -> Iterator[int]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)

    def _note(self, descriptor: int, mark: str, now: datetime, state: str) -> bool:
        data = _read(descriptor)
        live = _live(data, now)
        unsure_since = (now - UNSURE_FOR).timestamp()
        if any(known == mark and (how == SURE or when >= unsure_since) for when, known, how in live):
            return False
        if len(data) > COMPACT_BYTES:
            _rewrite(descriptor, live)
        _append(descriptor, now, mark, state)
        return True

    def purge(self, *, now: datetime | None = None) -> int:
        """Drop entries past their age; return how many."""
        if not self.path.exists():
            return 0
        with self._locked() as descriptor:
            data = _read(descriptor)
            live = _live(data, now or utc_now())
            _rewrite(descriptor, live)
            return len(_entries(data)) - len(live)


def _read(descriptor: int) -> bytes:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)


def _append(descriptor: int, now: datetime, mark: str, state: str) -> None:
    # The first break closes a torn line of a killed process.
    os.write(descriptor, f"\n{now.timestamp():.0f} {mark} {state}\n".encode("ascii"))
    os.fsync(descriptor)


def _rewrite(descriptor: int, entries: list[Entry]) -> None:
    # In place and under the lock: if this process dies here, at worst words are given twice.
    os.ftruncate(descriptor, 0)
    os.write(descriptor, "".join(f"{when:.0f} {mark} {state}\n" for when, mark, state in entries).encode("ascii"))
    os.fsync(descriptor)


def _live(data: bytes, now: datetime) -> list[Entry]:
    since = (now - KEEP).timestamp()
    return [entry for entry in _entries(data) if entry[0] >= since]


def _entries(data: bytes) -> list[Entry]:
    lines = (line.split(" ") for line in data.decode("ascii", "replace").splitlines())
    return [
        (float(parts[0]), parts[1], parts[2])
        for parts in lines
        if len(parts) == 3 and parts[0].isdecimal() and len(parts[1]) == 32 and parts[2] in (SURE, UNSURE)
    ]
