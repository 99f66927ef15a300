"""Records of an emergency that the disk did not take, held in this process's memory until the database takes them over.

They are held encrypted, as they would stand in the journal. Whoever kills the process loses them: memory is the last
place left when neither the disk nor the database can be written.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

MOST_BYTES = 8_388_608


class Unwritten:
    """Lines in the order in which they were held. Safe for several threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._lines: list[bytes] = []
        self._lock, self._one_at_a_time = threading.Lock(), threading.Lock()

    def hold(self, line: bytes) -> bool:
        """Hold a line; False when too much is held already."""
        with self._lock:
            if self._size() + len(line) > self._most:
                return False
            self._lines.append(line)
            return True

    def size(self) -> int:
        """The bytes that are held."""
        with self._lock:
            return self._size()

    def _size(self) -> int:
        return sum(len(line) for line in self._lines)

    def taken_over(self, may_go: Callable[[bytes], bool]) -> None:
        """Ask of each line held now, oldest first, whether it may go; it is held until it may."""
        with self._one_at_a_time:
            with self._lock:
                lines = list(self._lines)
            for line in lines:
                if may_go(line):
                    with self._lock:
                        self._lines.remove(line)
