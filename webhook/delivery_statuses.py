"""What Twilio tells of a message we sent: noted at once, or from the local journal once the database is back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from sqlalchemy.orm import Session

from webhook import metrics
from webhook.channels.twilio_client import OUTSIDE_WINDOW
from webhook.conversations import service
from webhook.conversations.models import Conversation
from webhook.gateway import Gateway
from webhook.sending import outside_window
from webhook.spool import Handler, SpoolRecord

PROVIDER = "twilio"
STATUS = "status"
"""The kind of journal record that holds a status."""
NOT_DELIVERED = ("failed", "undelivered")

FollowUp = Callable[[], None]


def note(gateway: Gateway, sid: str, told: str, code: str) -> None:
    """Move a message forward, and do what follows from it. Raises DatabaseUnavailable."""
    with gateway.database.unit_of_work() as db:
        follows = _advance(db, gateway, sid, told, code)
    if follows is not None:
        follows()


def write_down(gateway: Gateway, sid: str, told: str, code: str) -> None:
    """Keep a status in the local journal while the database is away. Raises SpoolFull, SpoolUnavailable.

    The same status told twice is taken over once.
    """
    record_id = hashlib.sha256(f"{STATUS}\x00{sid}\x00{told}".encode("utf-8", "replace")).hexdigest()
    gateway.spool.write(STATUS, {"sid": sid, "told": told, "code": code}, record_id=record_id)


def taken_over_by(gateway: Gateway, follow_ups: list[FollowUp]) -> Handler:
    """How a record of the journal is taken over. What follows is done by the caller, outside the transaction."""

    def take(db: Session, record: SpoolRecord) -> None:
        body = record.body
        follows = _advance(db, gateway, body["sid"], body["told"], body["code"])
        if follows is not None:
            follow_ups.append(follows)

    return take


def _advance(db: Session, gateway: Gateway, sid: str, told: str, code: str) -> FollowUp | None:
    moved = service.advance_status(db=db, provider=PROVIDER, provider_id=sid, status=told, error_code=code or None)
    if moved is None:
        return None
    came_to, message_id = moved.status, moved.id
    channel = db.get_one(Conversation, moved.conversation_id).channel

    def follow() -> None:
        metrics.count(metrics.MESSAGES_OUT, channel=channel, status=came_to)
        if came_to in NOT_DELIVERED and code == str(OUTSIDE_WINDOW):
            outside_window(gateway, message_id)

    return follow
