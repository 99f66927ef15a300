"""People in danger who write while things break: what each was told, and what of it reached SHOP."""

from __future__ import annotations

import itertools
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

import httpx
from sqlalchemy import select

from tests.faults.service import Service, wait_until
from tests.faults.traffic import until_taken
from tests.webhook.parts import signed, sms
from tests.webhook.twilio_server import Twilio
from webhook.cases.models import Case, CaseSign
from webhook.conversations.models import Alert, Message
from webhook.database import Database, DatabaseUnavailable
from webhook.notifications.models import Notice

DANGER = "he has a knife and he is outside my door, number {number}"
CHANNELS = ("web", "sms", "whatsapp")
AS_TWILIO_SECONDS = 15.0
"""The soonest at which Twilio sends a message again that was not taken."""
PATIENCE_SECONDS = 280
"""Longer than a notice's lease: one whose sender lost the database in the middle comes back when that ends."""
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Told:
    """One person: where, the message's id, and what came back at once."""

    channel: str
    id: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Reached:
    """What of all emergencies is at its end: alerts, cases, the mails' names, and the messages they stand for."""

    alerts: int = 0
    cases: int = 0
    notices: frozenset[str] = frozenset()
    messages: frozenset[str] = frozenset()

    def since(self, before: Reached) -> Reached:
        """What has come since."""
        return Reached(
            self.alerts - before.alerts,
            self.cases - before.cases,
            self.notices - before.notices,
            self.messages - before.messages,
        )


def reached(database: Database) -> Reached:
    """What SHOP has been told until now: only alerts that are delivered, and notices that the mail server took."""
    try:
        with database.unit_of_work(read_only=True) as db:
            return Reached(
                alerts=len(db.scalars(select(Alert.id).where(Alert.delivered_at.is_not(None))).all()),
                cases=len(db.scalars(select(Case.id).where(Case.level == "emergency")).all()),
                notices=frozenset(db.scalars(select(Notice.uid).where(Notice.status == "sent"))),
                messages=frozenset(
                    str(each)
                    for each in db.scalars(
                        select(Message.provider_id)
                        .join(CaseSign, CaseSign.message_id == Message.id)
                        .where(Message.provider == "twilio")
                    )
                ),
            )
    except DatabaseUnavailable:
        return Reached()


@dataclass
class Emergencies:
    """On each channel one new person after the other sends one message, until told to stop."""

    service: Service
    database: Database
    pause: float = 0.5
    before: Reached = field(init=False)
    mails_before: int = 0
    told: list[Told] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Emergencies:
        self.before, self.mails_before = reached(self.database), len(self.service.mails())
        for channel in CHANNELS:
            self.threads.append(threading.Thread(target=self._write, args=(channel,), daemon=True))
            self.threads[-1].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=120)

    def _write(self, channel: str) -> None:
        while not self.stop.wait(self.pause):
            number = next(_numbers)
            said = self._in_the_chat(number) if channel == "web" else self._by_phone(channel, number)
            self.told.append(said)

    def _in_the_chat(self, number: int) -> Told:
        session = until_taken(self.service, "/chat/sessions", {}).json()["session"]
        name = f"danger{number}"
        self.sessions[name] = session
        request = {
            "json": {"text": DANGER.format(number=number), "client_id": name},
            "headers": {"Authorization": f"Bearer {session}"},
        }
        answer = until_taken(self.service, "/chat/messages", request).json()
        return Told("web", name, tuple(message["text"] for message in answer["messages"]))

    def _by_phone(self, channel: str, number: int) -> Told:
        sid = f"SMdanger{number}"
        address = f"+447700900{200 + number % 800:03d}"
        fields = sms(sid, DANGER.format(number=number), f"whatsapp:{address}" if channel == "whatsapp" else address)
        request = {"data": fields, "headers": signed(fields)}
        answer = until_taken(self.service, "/twilio/messages", request, AS_TWILIO_SECONDS).text
        return Told(
            channel, sid, tuple(unescape(words) for words in re.findall("<Message>(.*?)</Message>", answer, re.S))
        )

    def wait_for_more(self, count: int) -> None:
        """Wait until so many more people were answered on each channel."""
        wanted = {channel: self.of(channel) + count for channel in CHANNELS}
        wait_until(
            lambda: all(self.of(channel) >= wanted[channel] for channel in CHANNELS), f"{count} more emergencies"
        )

    def of(self, channel: str) -> int:
        """How many people were answered there."""
        return sum(1 for each in self.told if each.channel == channel)

    def assert_all_told_and_brought(self, twilio: Twilio, mails_twice: int = 0) -> None:
        """Each person got the words at once and only once; each alert is one case and one mail; no log holds a word."""
        told = self.told
        assert [each for each in told if not each.words or not each.words[0].startswith("999\n")] == []
        wait_until(lambda: len(self._come().notices) >= len(told), "every alert and its mail", PATIENCE_SECONDS)
        come = self._come()
        assert (come.alerts, come.cases, len(come.notices)) == (len(told), len(told), len(told))
        assert come.messages == {each.id for each in told if each.channel != "web"}
        mails = Counter(name.strip("<>").partition("@")[0] for name in self.service.mails()[self.mails_before :])
        assert set(mails) == come.notices
        assert sum(mails.values()) - len(mails) <= mails_twice
        assert [body for body in twilio.bodies() if body.startswith("999")] == []
        for each in told:
            if each.channel == "web":
                assert self._read(each) == [DANGER.format(number=each.id.removeprefix("danger")), *each.words]
        logged = self.service.logs()
        assert "outside my door" not in logged
        assert "7700900" not in logged
        assert "HueyException" not in logged, "a task came to the worker under a name that it does not know"

    def _come(self) -> Reached:
        return reached(self.database).since(self.before)

    def _read(self, told: Told) -> list[str]:
        """The conversation as its worker reads it."""
        headers = {"Authorization": f"Bearer {self.sessions[told.id]}"}
        answer = httpx.get(f"{self.service.address}/chat/messages", headers=headers, timeout=30).raise_for_status()
        return [message["text"] for message in answer.json()["messages"]]
