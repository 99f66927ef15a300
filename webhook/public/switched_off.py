"""What is switched off, as the pages see it: it holds within seconds; what was known last holds while nobody tells."""

from __future__ import annotations

import threading
import time
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from knowledge.phrases import phrase
from webhook.database import DatabaseUnavailable
from webhook.gateway import Gateway
from webhook.public.layout import page
from webhook.public.state import PublicState, state_of
from webhook.switches import service
from webhook.switches.off import Off

FRESH_SECONDS = 5.0


class KnownOff:
    """What this process knows of the switches."""

    def __init__(self, fresh_seconds: float = FRESH_SECONDS) -> None:
        self._fresh, self._known, self._asked, self._lock = fresh_seconds, Off(), float("-inf"), threading.Lock()

    def now(self, gateway: Gateway) -> Off:
        """What is off; the database is asked when the last answer is old."""
        with self._lock:
            if time.monotonic() - self._asked < self._fresh:
                return self._known
            self._asked = time.monotonic()
        try:
            with gateway.database.unit_of_work(read_only=True) as db:
                self._known = service.off(db)
        except DatabaseUnavailable:
            return self._known
        return self._known


async def _off_now(request: Request, state: Annotated[PublicState, Depends(state_of)]) -> Off:
    known: KnownOff = request.app.state.known_off
    return await state.patience.run(known.now, state.gateway)


OffNow = Annotated[Off, Depends(_off_now)]


def topic_is_off(lang: str) -> HTMLResponse:
    """In place of an answer that is being looked at: a calm word and who can help."""
    return page("trouble.html", lang, status=503, heading="", said=phrase("switched_off_topic", lang))
