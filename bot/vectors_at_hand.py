"""Vectors of a text, sent by the gateway or made here beside Rasa's loop, until the graph has taken them.

They are held beside Rasa, not in the message: what stands in a message's metadata is kept in the tracker.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from understanding.encoded import Encoded, VectorsUnreadable
from understanding.encoder import Encoder

# Messages are taken within milliseconds; one that failed on its way must not stay.
_MOST = 64
_lock = Lock()
_held: OrderedDict[str, Encoded] = OrderedDict()
_makers = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="vectors")


def put(text: str, written: str) -> bool:
    """Hold the vectors of a text; whether they could be read. What cannot be read is left."""
    try:
        encoded = Encoded.from_written(text, written)
    except VectorsUnreadable:
        return False
    _hold(text, encoded)
    return True


async def make(text: str, encoder: Encoder) -> None:
    """Make the vectors of a text while the loop goes on: half of what a message costs Rasa is this.

    Raises what the encoder raises.
    """
    _hold(text, await asyncio.get_running_loop().run_in_executor(_makers, Encoded.of, text, encoder))


def taken(text: str) -> Encoded | None:
    """The vectors of a text, which are then no longer held."""
    with _lock:
        return _held.pop(text, None)


def _hold(text: str, encoded: Encoded) -> None:
    with _lock:
        _held[text] = encoded
        _held.move_to_end(text)
        while len(_held) > _MOST:
            _held.popitem(last=False)
