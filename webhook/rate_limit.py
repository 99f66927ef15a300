"""How often one session or one address may ask, counted in memory and under hashed names only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

MOST_NAMES = 50_000
ONE_HOUSEHOLD = 64
"""The leading bits of an IPv6 address that belong to one connection: the others its owner chooses as they like."""


def caller(address: str | None) -> str:
    """Whom a request from an address counts for: the address itself, or the whole network of one IPv6 connection."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or "unknown"
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or int(found) >> (128 - ONE_HOUSEHOLD))
    return str(found)


class RateLimit:
    """A bucket for each name that fills again at `per_minute`. A name is kept only as an HMAC under a passing key."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute, self._clock = per_minute, clock
        self._key = secrets.token_bytes(32)
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, name: str) -> bool:
        """Whether this name may ask once more now; if so, it is counted."""
        mark = hmac.new(self._key, name.encode("utf-8", "replace"), hashlib.sha256).digest()[:16]
        now = self._clock()
        with self._lock:
            left, since = self._buckets.pop(mark, (float(self._per_minute), now))
            left = min(float(self._per_minute), left + (now - since) * self._per_minute / 60)
            allowed = left >= 1
            self._buckets[mark] = (left - 1 if allowed else left, now)
            while len(self._buckets) > MOST_NAMES:
                self._buckets.popitem(last=False)
        return allowed
