"""Workers who write while things break: each message is counted where it goes in and where its answer comes out."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import func, select

from tests.faults.service import Service, wait_until
from tests.webhook.parts import signed, sms
from webhook.conversations import service as conversations
from webhook.conversations.models import Message
from webhook.database import Database, DatabaseUnavailable

AGAIN_SECONDS = 0.5


@dataclass
class Traffic:
    """Posts by SMS and in the web chat, one after the other, until told to stop. Refused ones are posted again."""

    service: Service
    question: str = "question {number}"
    pause: float = 0.1
    phone: dict[str, str] = field(default_factory=dict)
    """MessageSid to text, for each that was taken with 200."""
    web: list[str] = field(default_factory=list)
    """Each text that was taken with 200."""
    session: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Traffic:
        self.session = httpx.post(f"{self.service.address}/chat/sessions").json()["session"]
        for work in (self._write_sms, self._write_web):
            self.threads.append(threading.Thread(target=work, daemon=True))
            self.threads[-1].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=60)

    def _write_sms(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            sid, text = f"SMfault{number}", self.question.format(number=f"s{number}")
            fields = sms(sid, text, number=f"+4477009001{number % 5:02d}")
            until_taken(self.service, "/twilio/messages", {"data": fields, "headers": signed(fields)})
            self.phone[sid] = text
            # What Twilio delivers at least once comes twice now and then.
            until_taken(self.service, "/twilio/messages", {"data": fields, "headers": signed(fields)})
            time.sleep(self.pause)

    def _write_web(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            text = self.question.format(number=f"w{number}")
            body = {"text": text, "client_id": f"c{number}"}
            until_taken(self.service, "/chat/messages", {"json": body, "headers": self.headers})
            self.web.append(text)
            time.sleep(self.pause)

    def wait_for_more(self, count: int) -> None:
        """Wait until so many more messages were taken on each channel."""
        phone, web = len(self.phone) + count, len(self.web) + count
        wait_until(lambda: len(self.phone) >= phone and len(self.web) >= web, f"{count} more messages")

    @property
    def headers(self) -> dict[str, str]:
        """The web session's."""
        return {"Authorization": f"Bearer {self.session}"}

    def web_messages(self) -> list[dict[str, str]]:
        """The web conversation as its worker reads it."""
        response = httpx.get(f"{self.service.address}/chat/messages", headers=self.headers, timeout=30)
        return list(response.raise_for_status().json()["messages"])


def until_taken(service: Service, path: str, request: dict[str, Any], wait: float = AGAIN_SECONDS) -> httpx.Response:
    """Post again, as a browser's worker and Twilio do, until it is taken with 200 or 201; return that answer."""
    while True:
        try:
            response = httpx.post(service.address + path, timeout=30, **request)
        except httpx.HTTPError:
            response = None
        if response is not None and response.is_success:
            return response
        time.sleep(wait)


def nothing_waits(database: Database, folder: Path) -> bool:
    """Whether every message has its answer, everything was sent, and the local journal is empty."""
    if any(path.stat().st_size for path in (folder / "var/spool").glob("spool.*lines")):
        return False
    try:
        with database.unit_of_work(read_only=True) as db:
            unsent = select(func.count(Message.id)).where(
                Message.status.in_(("queued", "sending")), Message.provider_id.is_(None)
            )
            return conversations.count_waiting(db=db) == 0 and db.scalars(unsent).one() == 0
    except DatabaseUnavailable:
        return False
