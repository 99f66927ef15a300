"""What is switched off: a channel, the answer on a topic, a language. Read with every message, so it holds at once.

Words for danger are no part of it: emergency words, the words for a strong sign and the sharing choice are given
whatever is switched off. Who switched what is in the audit log.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from knowledge.languages import all_languages
from knowledge.phrase_book import ENGLISH
from knowledge.topics import all_topics
from webhook.conversations.upsert import insert_new
from webhook.database import utc_now
from webhook.switches.models import SwitchedOff
from webhook.switches.off import Off

CHANNELS = {"web": "Web chat", "sms": "SMS", "whatsapp": "WhatsApp"}


class Kind(enum.StrEnum):
    """What can be switched off."""

    CHANNEL = "channel"
    TOPIC = "topic"
    LANGUAGE = "language"


class NotSwitchable(LookupError):
    """There is no such channel, topic or language; and English, which stands in for all others, stays on."""


@dataclass(frozen=True)
class Switch:
    """One thing that can be switched, and since when it is off."""

    kind: Kind
    value: str
    name: str
    off_since: datetime | None


def switchable() -> dict[Kind, dict[str, str]]:
    """Everything that can be switched off, with its name for an officer."""
    return {
        Kind.CHANNEL: CHANNELS,
        Kind.TOPIC: {topic.id: topic.title for topic in all_topics()},
        Kind.LANGUAGE: {code: each.name for code, each in all_languages().items() if code != ENGLISH},
    }


def off(db: Session) -> Off:
    """What is off now."""
    rows = db.execute(select(SwitchedOff.kind, SwitchedOff.value)).all()
    found = {kind: frozenset(value for of, value in rows if of == kind) for kind in Kind}
    return Off(found[Kind.CHANNEL], found[Kind.TOPIC], found[Kind.LANGUAGE])


def switches(db: Session) -> list[Switch]:
    """Everything that can be switched, what is off first."""
    since = {(row.kind, row.value): row.since for row in db.scalars(select(SwitchedOff)).all()}
    found = [
        Switch(kind, value, name, since.get((kind, value)))
        for kind, values in switchable().items()
        for value, name in values.items()
    ]
    return sorted(found, key=lambda each: each.off_since is None)


def turn_off(*, db: Session, kind: Kind, value: str, at: datetime | None = None) -> bool:
    """Switch something off; False when it was off already. Raises NotSwitchable."""
    _check(kind, value)
    return insert_new(db, SwitchedOff, kind=kind, value=value, since=at or utc_now())


def turn_on(*, db: Session, kind: Kind, value: str) -> bool:
    """Switch something on again; False when it was on. Raises NotSwitchable."""
    _check(kind, value)
    gone = delete(SwitchedOff).where(SwitchedOff.kind == kind, SwitchedOff.value == value).returning(SwitchedOff.kind)
    return db.execute(gone).first() is not None


def _check(kind: Kind, value: str) -> None:
    if value not in switchable()[kind]:
        raise NotSwitchable
