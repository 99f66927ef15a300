"""Which messages were answered with emergency words without the database: a local append-only list.

A doubled 999 is preferred to none, so whenever the list cannot be read or written the answer is "not told yet".
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
from datetime import datetime, timedelta
from pathlib import Path

from webhook.database import utc_now

KEEP = timedelta(days=1)
"""Twilio repeats a request within seconds; a day is ample."""

COMPACT_BYTES = 262_144


class ToldAlready:
    """The list of one machine. Holds hashed ids and times only; safe for several processes at once."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Name the file and the key under which ids are hashed."""
        self.path, self._key = path, key

    def first_time(self, message_id: str, *, now: datetime | None = None) -> bool:
        """Say whether this message was not told yet, and note that it is now."""
        moment = now or utc_now()
        mark = hmac.new(self._key, message_id.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                return self._note(descriptor, mark, moment)
            finally:
                os.close(descriptor)
        except OSError:
            return True

    def _note(self, descriptor: int, mark: str, now: datetime) -> bool:
        size = os.fstat(descriptor).st_size
        since = (now - KEEP).timestamp()
        live = [(when, known) for when, known in _entries(os.pread(descriptor, size, 0)) if when >= since]
        if any(hmac.compare_digest(known, mark) for _, known in live):
            return False
        entry = f"\n{now.timestamp():.0f} {mark}\n".encode("ascii")  # the first break closes a torn line
        if size > COMPACT_BYTES:
            # Rewritten in place under the lock: if this process dies here, at worst words are given twice.
            os.ftruncate(descriptor, 0)
            entry = "".join(f"{when:.0f} {known}\n" for when, known in live).encode("ascii") + entry
        os.write(descriptor, entry)
        os.fsync(descriptor)
        return True

    def purge(self, *, now: datetime | None = None) -> int:
        """Drop entries past their age; return how many."""
        if not self.path.exists():
            return 0
        since = ((now or utc_now()) - KEEP).timestamp()
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            entries = _entries(os.pread(descriptor, os.fstat(descriptor).st_size, 0))
            live = [entry for entry in entries if entry[0] >= since]
            os.ftruncate(descriptor, 0)
            os.write(descriptor, "".join(f"{when:.0f} {known}\n" for when, known in live).encode("ascii"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return len(entries) - len(live)


def _entries(data: bytes) -> list[tuple[float, str]]:
    entries = []
    for line in data.decode("ascii", "replace").splitlines():
        when, _, mark = line.partition(" ")
        if when.isdigit() and len(mark) == 32:
            entries.append((float(when), mark))
    return entries
