"""Many people talking at once: how long each waits, and how many are answered in a second."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx
import numpy as np

# One message of one person: the client, the number of the person, the text.
Say = Callable[[httpx.AsyncClient, int, str], Awaitable[None]]
# After so many messages somebody else goes on: a worker asks a few things, not a thousand.
MESSAGES_EACH = 6
_numbers = itertools.count()


@dataclass(frozen=True)
class Waits:
    """Seconds each message waited, and how long all of them took."""

    each: Sequence[float]
    together: float

    def quantile(self, share: float) -> float:
        """Milliseconds that so many waited at most."""
        return float(np.quantile(np.array(self.each), share)) * 1000

    @property
    def a_second(self) -> float:
        """Messages answered in a second."""
        return len(self.each) / self.together


def talk(base: str, say: Say, texts: Sequence[str], people: int) -> Waits:
    """Let so many people at once say the texts, each one message after another's answer, a few messages each."""
    return asyncio.run(_talk(base, say, texts, people))


async def _talk(base: str, say: Say, texts: Sequence[str], people: int) -> Waits:
    waiting = list(enumerate(texts))[::-1]
    each: list[float] = []

    async def place(client: httpx.AsyncClient) -> None:
        said, number = 0, 0
        while waiting:
            if said % MESSAGES_EACH == 0:
                number = next(_numbers)
            said += 1
            _, text = waiting.pop()
            began = time.monotonic()
            await say(client, number, text)
            each.append(time.monotonic() - began)

    limits = httpx.Limits(max_connections=people, max_keepalive_connections=people)
    async with httpx.AsyncClient(base_url=base, timeout=120, limits=limits, trust_env=False) as client:
        began = time.monotonic()
        await asyncio.gather(*(place(client) for _ in range(people)))
        return Waits(each, time.monotonic() - began)
