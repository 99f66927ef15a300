"""What the public app holds for its requests."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from fastapi import Request

from webhook.gateway import Gateway
from webhook.rate_limit import RateLimit

HARD_FACTOR = 4
"""So many times the usual rate nothing is read any more, not even for danger."""
PHRASES_PER_MINUTE = 6
MOST_STREAMS = 500
WAITING_THREADS = 64
"""How many requests may wait for Rasa or the database at once."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Patience:
    """Threads for whatever waits for another process.

    They are apart from those that read danger: when Rasa or the database hangs, all of these may be taken, and the
    words for danger still go out at once.
    """

    def __init__(self, threads: int = WAITING_THREADS) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="waiting")

    async def run(self, work: Callable[_P, _R], *given: _P.args, **named: _P.kwargs) -> _R:
        """What `work` returns, without holding up the event loop."""
        here = contextvars.copy_context()
        call = partial(here.run, work, *given, **named)
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)


class Streams:
    """How many event streams are open; each costs a question to the database every second."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        self._most, self._open, self._lock = most, 0, threading.Lock()

    def enter(self) -> bool:
        """Open one more; False when there are too many."""
        with self._lock:
            if self._open >= self._most:
                return False
            self._open += 1
            return True

    def leave(self) -> None:
        """One has ended."""
        with self._lock:
            self._open -= 1


@dataclass(frozen=True)
class PublicState:
    """The gateway and this process's counters."""

    gateway: Gateway
    sessions: RateLimit
    phrases: RateLimit
    """Tries of a return phrase from one address."""
    messages: RateLimit
    floods: RateLimit
    streams: Streams
    patience: Patience
    afterthoughts: Patience
    """For what is done when an answer has been given: it neither waits for other requests nor keeps them waiting."""


def make_state(gateway: Gateway) -> PublicState:
    """The state for one app."""
    settings = gateway.settings
    return PublicState(
        gateway=gateway,
        sessions=RateLimit(settings.sessions_per_minute),
        phrases=RateLimit(min(PHRASES_PER_MINUTE, settings.sessions_per_minute)),
        messages=RateLimit(settings.messages_per_minute),
        floods=RateLimit(settings.messages_per_minute * HARD_FACTOR),
        streams=Streams(),
        patience=Patience(),
        afterthoughts=Patience(threads=1),
    )


def state_of(request: Request) -> PublicState:
    """The state of the app a request came to."""
    state: PublicState = request.app.state.public
    return state
