"""Noting what cannot be undone (a message that is out): worth some waiting when the database has just gone away."""

from __future__ import annotations

import time
from collections.abc import Callable

from webhook.database import DatabaseUnavailable

PAUSES_SECONDS = (1, 2, 4, 8, 15)
"""Together well below the lease under which the thing was done: nobody else does it meanwhile."""


def note_patiently(note: Callable[[], None]) -> None:
    """Call `note` until the database takes it. Raises DatabaseUnavailable when it stays away too long.

    It may be called again after it was taken and only the answer was lost: it must know that by itself.
    """
    for pause in PAUSES_SECONDS:
        try:
            return note()
        except DatabaseUnavailable:
            time.sleep(pause)
    return note()
