"""An append-only file of lines that survive a killed process, a torn write and several writers at once."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

RESERVE_BYTES = 262_144
"""Room kept aside on the disk, given up for urgent lines when it is full."""


class SpoolUnavailable(Exception):
    """The local journal could not be written. Carries the system's name of the fault only."""


class SpoolFull(SpoolUnavailable):
    """There is no room for another line: the disk is full, or the journal has reached its bound."""


class Journal:
    """Lines in ``<folder>/<name>.lines``.

    Those being taken over are in ``<name>.taken-*``, unreadable ones in ``<name>.damaged``.
    """

    def __init__(self, folder: Path, name: str, *, max_bytes: int) -> None:
        """Name the file. Nothing is opened before the first line."""
        self.folder, self.name, self.max_bytes = folder, name, max_bytes
        self.path = folder / f"{name}.lines"
        self.reserve = folder / f"{name}.reserve"

    def set_reserve_aside(self) -> None:
        """Keep room on the disk for urgent lines. Without room for it, it is tried again later."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.reserve.exists():
            return
        descriptor = os.open(self.reserve, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, RESERVE_BYTES)
        except OSError:
            self.reserve.unlink(missing_ok=True)
        finally:
            os.close(descriptor)

    def append(self, line: bytes, *, urgent: bool = False) -> None:
        """Write one line to the disk itself. Raises SpoolFull, SpoolUnavailable.

        ``urgent`` may use the reserve and is not held to ``max_bytes``.
        """
        if b"\n" in line:
            raise ValueError("a line holds no line break")
        try:
            if not urgent and self.size() + len(line) > self.max_bytes:
                raise SpoolFull("bound reached")
            self._append(line)
        except OSError as error:
            if urgent and error.errno in NO_ROOM and self.reserve.exists():
                self.reserve.unlink(missing_ok=True)
                self.append(line, urgent=True)
                return
            kind = SpoolFull if error.errno in NO_ROOM else SpoolUnavailable
            raise kind(errno.errorcode.get(error.errno or 0, "unknown")) from None

    def _append(self, line: bytes) -> None:
        with self._current() as descriptor:
            end = os.lseek(descriptor, 0, os.SEEK_END)
            # A torn line of a killed writer is closed first, so that it spoils only itself.
            torn = end > 0 and os.pread(descriptor, 1, end - 1) != b"\n"
            data = (b"\n" if torn else b"") + line + b"\n"
            try:
                while data:
                    data = data[os.write(descriptor, data) :]
                os.fsync(descriptor)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(descriptor, end)
                raise

    @contextmanager
    def _current(self) -> Iterator[int]:
        """Open and lock the current file; if it was taken over while we waited for the lock, open the next one."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        while True:
            fresh = not self.path.exists()
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                if self._is_current(descriptor):
                    if fresh:
                        _sync_folder(self.folder)
                    yield descriptor
                    return
            finally:
                os.close(descriptor)

    def _is_current(self, descriptor: int) -> bool:
        try:
            return os.fstat(descriptor).st_ino == self.path.stat().st_ino
        except FileNotFoundError:
            return False

    def size(self) -> int:
        """Return the bytes that wait, taken-over files included."""
        total = 0
        for path in (self.path, *self.taken()):
            with suppress(FileNotFoundError):
                total += path.stat().st_size
        return total

    def take(self) -> list[Path]:
        """Set the current file aside for taking over; return every file set aside, oldest first."""
        if self.path.exists():
            with self._current() as descriptor:
                if os.fstat(descriptor).st_size:
                    self.path.rename(self.folder / f"{self.name}.taken-{time.time_ns():020d}")
                    _sync_folder(self.folder)
        return self.taken()

    def taken(self) -> list[Path]:
        """Return the files set aside and not finished, oldest first."""
        return sorted(self.folder.glob(f"{self.name}.taken-*"))

    @contextmanager
    def only_one(self) -> Iterator[bool]:
        """Say whether the caller is the only one who takes over now; it stays so inside the block."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.folder / f"{self.name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(descriptor)

    def replace(self, path: Path, lines: list[bytes]) -> None:
        """Leave only ``lines`` in a file set aside; without any the file goes away."""
        if not lines:
            path.unlink(missing_ok=True)
            return
        temporary = path.with_name(f".{path.name}.new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(line + b"\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
        _sync_folder(self.folder)

    def put_aside_damaged(self, line: bytes) -> None:
        """Keep a line that cannot be read apart from the others, for a person to look at."""
        descriptor = os.open(self.folder / f"{self.name}.damaged", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())


def read_lines(path: Path) -> list[bytes]:
    """Return a file's lines, a torn last one included (it will not open)."""
    return [line for line in path.read_bytes().split(b"\n") if line]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
