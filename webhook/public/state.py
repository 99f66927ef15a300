"""What the public app holds for its requests."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from fastapi import Request

from webhook.gateway import Gateway
from webhook.public.rate_limit import RateLimit

HARD_FACTOR = 4
"""So many times the usual rate nothing is read any more, not even for danger."""
MOST_STREAMS = 500


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
    messages: RateLimit
    floods: RateLimit
    streams: Streams


def make_state(gateway: Gateway) -> PublicState:
    """The state for one app."""
    settings = gateway.settings
    return PublicState(
        gateway=gateway,
        sessions=RateLimit(settings.sessions_per_minute),
        messages=RateLimit(settings.messages_per_minute),
        floods=RateLimit(settings.messages_per_minute * HARD_FACTOR),
        streams=Streams(),
    )


def state_of(request: Request) -> PublicState:
    """The state of the app a request came to."""
    state: PublicState = request.app.state.public
    return state
