"""Messages from workers: kept once, claimed in order, answered or apologised for.

The row of an inbound message is itself the job to answer it: it is written in the same transaction as the message, so
no job can be lost or invented between the two.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, select, update
from sqlalchemy.orm import Session, aliased

from webhook.conversations.content import Content, close_content
from webhook.conversations.models import Conversation, Message
from webhook.conversations.upsert import insert_new
from webhook.database import utc_now
from webhook.privacy.retention import text_expires_at
from webhook.privacy.vault import Vault

WAITING = "waiting"
APOLOGISED = "apologised"
ANSWERED = "answered"

IN: ColumnElement[str] = literal_column("'in'")
"""Written out in statements: the index of what is unanswered is not found through a bound parameter."""

FAREWELL = "farewell"
"""The kind of the last words before everything is erased: the erasure begins once they have left."""
FAREWELL_PATIENCE = timedelta(minutes=15)
"""So long what comes after DELETE waits for the erasure, to be answered in the conversation that begins with it."""

LEASE_SECONDS = 60
"""How long a worker holds a message; a killed worker's messages come back after it."""


class LeaseLost(Exception):
    """Another worker has taken the message over, or it was erased: what was computed must not be stored."""


def provider_key(*, provider: str, provider_id: str, conversation: Conversation) -> str:
    """Return the id under which a message is kept once.

    Twilio's ids are unique in themselves. A browser's ``client_id`` is only unique in its session and is not ours to
    trust, so it is hashed together with the conversation.
    """
    if provider != "web":
        return provider_id
    return hashlib.sha256(f"{conversation.id}\x00{provider_id}".encode("utf-8", "surrogatepass")).hexdigest()


def record_inbound(
    *,
    db: Session,
    vault: Vault,
    conversation: Conversation,
    provider: str,
    provider_id: str,
    content: Content,
    kind: str = "text",
    received_at: datetime | None = None,
    answered: bool = False,
    lease: str | None = None,
) -> Message | None:
    """Keep a worker's message and the job to answer it. None when this provider id was kept before.

    ``answered`` keeps it without a job (the words went back in the webhook's own answer). With ``lease`` (any random
    string) the caller answers it itself, now; if it dies, a worker takes over when the lease ends.
    """
    now = received_at or utc_now()
    uid = secrets.token_hex(16)
    inserted = insert_new(
        db,
        Message,
        conversation_id=conversation.id,
        direction="in",
        sender="worker",
        kind=kind,
        uid=uid,
        payload=close_content(vault, content, uid=uid),
        provider=provider,
        provider_id=provider_key(provider=provider, provider_id=provider_id, conversation=conversation),
        status=ANSWERED if answered else WAITING,
        received_at=now,
        answered_at=now if answered else None,
        lease=None if answered else lease,
        leased_until=utc_now() + timedelta(seconds=LEASE_SECONDS) if lease and not answered else None,
        attempts=1 if lease else 0,
        expires_at=text_expires_at(now),
    )
    if not inserted:
        return None
    return db.scalars(select(Message).where(Message.uid == uid)).one()


def seen(*, db: Session, provider: str, provider_id: str, conversation: Conversation) -> Message | None:
    """Return the message kept under this provider id, for answering a repeat as the first one was."""
    key = provider_key(provider=provider, provider_id=provider_id, conversation=conversation)
    return db.scalars(select(Message).where(Message.provider == provider, Message.provider_id == key)).one_or_none()


def _claimable(now: datetime) -> ColumnElement[bool]:
    """Unanswered, free, and with no earlier one of its conversation that is still waiting or being worked on.

    Nor is it of a conversation that is about to be erased: its reply would be erased with it.
    """
    earlier = aliased(Message)
    blocked = exists(
        select(earlier.id).where(
            earlier.conversation_id == Message.conversation_id,
            earlier.direction == IN,
            earlier.answered_at.is_(None),
            earlier.id != Message.id,
            or_(
                and_(earlier.id < Message.id, earlier.status == WAITING),
                and_(earlier.lease.is_not(None), earlier.leased_until > now),
            ),
        )
    )
    last_words = aliased(Message)
    leaving = exists(
        select(last_words.id).where(
            last_words.conversation_id == Message.conversation_id,
            last_words.kind == FAREWELL,
            last_words.received_at > now - FAREWELL_PATIENCE,
        )
    )
    return and_(
        Message.direction == IN,
        Message.answered_at.is_(None),
        or_(Message.leased_until.is_(None), Message.leased_until <= now),
        ~blocked,
        ~leaving,
    )


def claim_waiting(
    *,
    db: Session,
    limit: int = 10,
    lease_seconds: int = LEASE_SECONDS,
    conversation: Conversation | None = None,
    now: datetime | None = None,
) -> Sequence[Message]:
    """Take up to ``limit`` unanswered messages, at most one of a conversation, oldest first.

    Each is leased to the caller under ``message.lease``; call it in a unit of work of its own and work after it has
    committed. A message comes back when its lease ends without an answer.
    """
    moment = now or utc_now()
    candidates = (
        select(Message.id, Message.conversation_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(_claimable(moment), Conversation.erased_at.is_(None))
        .order_by(Message.id)
        .limit(limit)
        .with_for_update(of=Conversation, skip_locked=True)
    )
    if conversation is not None:
        candidates = candidates.where(Message.conversation_id == conversation.id)
    claimed: list[Message] = []
    taken: set[int] = set()
    for message_id, conversation_id in db.execute(candidates).all():
        if conversation_id in taken:
            continue
        # The conversation is locked now; look again, since another worker may have committed in between.
        message = db.scalars(
            select(Message)
            .where(Message.id == message_id, _claimable(moment))
            .execution_options(populate_existing=True)
        ).one_or_none()
        if message is None:
            continue
        message.lease = secrets.token_hex(16)
        message.leased_until = moment + timedelta(seconds=lease_seconds)
        message.attempts += 1
        taken.add(conversation_id)
        claimed.append(message)
    db.flush()
    return claimed


def _held(message_id: int, lease: str | None) -> ColumnElement[bool]:
    holder = Message.lease.is_(None) if lease is None else Message.lease == lease
    return and_(Message.id == message_id, Message.answered_at.is_(None), holder)


def mark_answered(*, db: Session, message_id: int, lease: str | None, now: datetime | None = None) -> None:
    """Finish a message, in the transaction that stores its replies. Raises LeaseLost."""
    done = db.execute(
        update(Message)
        .where(_held(message_id, lease))
        .values(status=ANSWERED, answered_at=now or utc_now(), lease=None, leased_until=None)
        .returning(Message.id)
        .execution_options(synchronize_session="fetch")
    ).first()
    if done is None:
        raise LeaseLost(message_id)


def mark_apologised(
    *, db: Session, message_id: int, lease: str | None, try_again_at: datetime, now: datetime | None = None
) -> None:
    """Note that an apology went out; the message stays a job and comes back at ``try_again_at``. Raises LeaseLost.

    Later messages of the conversation no longer wait for it. ``message.status`` is then ``apologised``: do not
    apologise again.
    """
    _give_back(db, message_id=message_id, lease=lease, status=APOLOGISED, at=try_again_at)


def try_again(*, db: Session, message_id: int, lease: str | None, at: datetime) -> None:
    """Give a message back unanswered, to be claimed again from ``at`` on. Raises LeaseLost."""
    _give_back(db, message_id=message_id, lease=lease, status=None, at=at)


def _give_back(db: Session, *, message_id: int, lease: str | None, status: str | None, at: datetime) -> None:
    values: dict[str, object] = {"lease": None, "leased_until": at}
    if status is not None:
        values["status"] = status
    done = db.execute(
        update(Message)
        .where(_held(message_id, lease))
        .values(**values)
        .returning(Message.id)
        .execution_options(synchronize_session="fetch")
    ).first()
    if done is None:
        raise LeaseLost(message_id)


def count_waiting(*, db: Session) -> int:
    """Return how many messages still have no answer."""
    query = select(func.count(Message.id)).where(Message.direction == IN, Message.answered_at.is_(None))
    return db.scalars(query).one()
