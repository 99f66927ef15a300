"""Vectors that the gateway made of a text and sent with it, until the graph has taken them.

They are held beside Rasa, not in the message: what stands in a message's metadata is kept in the tracker.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from understanding.encoded import Encoded, VectorsUnreadable

# Messages are taken within milliseconds; one that failed on its way must not stay.
_MOST = 64
_lock = Lock()
_sent: OrderedDict[str, Encoded] = OrderedDict()


def put(text: str, written: str) -> None:
    """Hold the vectors of a text. What cannot be read is left: the text is then encoded anew."""
    try:
        encoded = Encoded.from_written(text, written)
    except VectorsUnreadable:
        return
    with _lock:
        _sent[text] = encoded
        _sent.move_to_end(text)
        while len(_sent) > _MOST:
            _sent.popitem(last=False)


def taken(text: str) -> Encoded | None:
    """The vectors of a text, which are then no longer held."""
    with _lock:
        return _sent.pop(text, None)
