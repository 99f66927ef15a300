"""Messages to workers: recorded, claimed for sending, held back when late, and followed to delivery."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from webhook.conversations.content import Reply, close_content
from webhook.conversations.conversations import lock
from webhook.conversations.inbound import FAREWELL, LeaseLost
from webhook.conversations.models import Conversation, Message
from webhook.database import utc_now
from webhook.privacy.retention import text_expires_at
from webhook.privacy.vault import Vault

HELD = "held"
"""Late: kept until the worker asks for it."""
AWAITS_WORD = "awaits_word"
"""An officer's: kept until the worker gives the safe word that was agreed."""
QUEUED = "queued"
SENDING = "sending"
SENT = "sent"

SEND_LEASE_SECONDS = 60


def record_replies(
    *,
    db: Session,
    vault: Vault,
    conversation_id: int,
    replies: Sequence[Reply],
    in_reply_to: int | None = None,
    provider: str = "web",
    status: str = SENT,
    uids: Sequence[str] = (),
    now: datetime | None = None,
) -> list[Message]:
    """Keep replies in order. Returns [] when the conversation was erased meanwhile: nothing must then be sent.

    ``status``: ``sent`` for the web (shown when fetched), ``queued`` for Twilio (one row is one message of at most
    1,600 characters; a worker sends it), ``held`` for late content that waits for the worker's 1.
    ``uids`` names the rows of replies that were given under these names before; otherwise the names are random.
    """
    moment = now or utc_now()
    if lock(db=db, conversation_id=conversation_id) is None:
        return []
    messages = []
    for place, reply in enumerate(replies):
        uid = uids[place] if uids else secrets.token_hex(16)
        message = Message(
            conversation_id=conversation_id,
            direction="out",
            sender=reply.sender,
            kind=reply.kind,
            uid=uid,
            payload=close_content(vault, reply.content, uid=uid),
            provider=provider,
            status=status,
            in_reply_to=in_reply_to,
            received_at=moment,
            expires_at=text_expires_at(moment),
        )
        db.add(message)
        db.flush()  # one by one, so that ids grow in the order of reading
        messages.append(message)
    return messages


def messages_after(*, db: Session, conversation: Conversation, after: int = 0, limit: int = 200) -> Sequence[Message]:
    """Return a conversation's messages with an id above ``after``, both directions, oldest first; held ones are not."""
    return db.scalars(
        select(Message)
        .where(
            Message.conversation_id == conversation.id, Message.id > after, Message.status.not_in((HELD, AWAITS_WORD))
        )
        .order_by(Message.id)
        .limit(limit)
    ).all()


def replies_to(*, db: Session, message_id: int) -> Sequence[Message]:
    """Return the replies to one message, oldest first."""
    return db.scalars(select(Message).where(Message.in_reply_to == message_id).order_by(Message.id)).all()


def release_held(*, db: Session, conversation: Conversation, now: datetime | None = None) -> Sequence[Message]:
    """Queue the late replies of a conversation, now that the worker asked for them; returns them."""
    held = db.scalars(
        select(Message)
        .where(Message.conversation_id == conversation.id, Message.direction == "out", Message.status == HELD)
        .order_by(Message.id)
        .with_for_update()
    ).all()
    for message in held:
        message.status = SENT if message.provider == "web" else QUEUED
        message.received_at = now or utc_now()
    db.flush()
    return held


def has_held(*, db: Session, conversation: Conversation) -> bool:
    """Say whether a late reply waits for the worker's 1."""
    query = select(Message.id).where(Message.conversation_id == conversation.id, Message.status == HELD).limit(1)
    return db.scalars(query).first() is not None


def bid_farewell(*, db: Session) -> Sequence[int]:
    """Return the conversations whose farewell has left or cannot leave any more, and that are not erased yet."""
    waits = and_(Message.status.in_((QUEUED, SENDING)), Message.provider_id.is_(None))
    return db.scalars(
        select(Message.conversation_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.direction == "out", Message.kind == FAREWELL, ~waits, Conversation.erased_at.is_(None))
        .distinct()
    ).all()


def order_to_delete(*, db: Session, conversation: Conversation) -> Message | None:
    """Return the message that the farewell answers; None where there is no farewell."""
    farewell = select(Message.in_reply_to).where(
        Message.conversation_id == conversation.id, Message.direction == "out", Message.kind == FAREWELL
    )
    return db.scalars(
        select(Message).where(Message.id.in_(farewell)).order_by(Message.id.desc()).limit(1)
    ).one_or_none()


def claim_outgoing(
    *, db: Session, provider: str = "twilio", limit: int = 20, now: datetime | None = None
) -> Sequence[Message]:
    """Take messages to send, oldest first, at most one of a conversation, each leased under ``message.lease``.

    A message whose sender was killed comes back when its lease ends: it may then reach the worker twice, which is
    preferred to never.
    """
    moment = now or utc_now()
    earlier = aliased(Message)
    unsent = (QUEUED, SENDING)
    first = ~exists(
        select(earlier.id).where(
            earlier.conversation_id == Message.conversation_id,
            earlier.direction == "out",
            earlier.provider == provider,
            earlier.provider_id.is_(None),
            earlier.status.in_(unsent),
            earlier.id < Message.id,
        )
    )
    messages = db.scalars(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.direction == "out",
            Message.provider == provider,
            Message.provider_id.is_(None),
            Message.status.in_(unsent),
            or_(Message.leased_until.is_(None), Message.leased_until <= moment),
            Conversation.erased_at.is_(None),
            first,
        )
        .order_by(Message.id)
        .limit(limit)
        .with_for_update(of=Message, skip_locked=True)
    ).all()
    for message in messages:
        message.status = SENDING
        message.lease = secrets.token_hex(16)
        message.leased_until = moment + timedelta(seconds=SEND_LEASE_SECONDS)
        message.attempts += 1
    db.flush()
    return messages


def _leased(db: Session, message_id: int, lease: str | None) -> Message:
    message = db.scalars(
        select(Message)
        .where(and_(Message.id == message_id, Message.lease == lease))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if message is None:
        raise LeaseLost(message_id)
    return message


def send_again(*, db: Session, message_id: int, lease: str | None, at: datetime) -> None:
    """Put a message back to be sent from ``at`` on (429, time-out). Raises LeaseLost."""
    message = _leased(db, message_id, lease)
    message.status, message.lease, message.leased_until = QUEUED, None, at
    db.flush()


def mark_send_failed(*, db: Session, message_id: int, lease: str | None, error_code: str | None) -> None:
    """Give a message up (21610 opted out, 63016 outside the window, refused). Raises LeaseLost."""
    message = _leased(db, message_id, lease)
    message.status, message.error_code = "failed", error_code[:16] if error_code else None
    message.lease, message.leased_until = None, None
    db.flush()
