"""Memory that was needed for a moment, while something large was loaded."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give it back to the machine: glibc would keep a tenth of a process. Other systems have no such call."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
