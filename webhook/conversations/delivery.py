"""What became of a sent message, by the provider's callbacks: forward only, in any order, as often as they come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.conversations.inbound import LeaseLost
from webhook.conversations.models import EarlyCallback, Message
from webhook.database import utc_now

FORWARD = {
    "held": 0,
    "awaits_word": 0,
    "queued": 1,
    "accepted": 1,
    "scheduled": 1,
    "sending": 2,
    "sent": 3,
    "delivered": 4,
    "undelivered": 4,
    "failed": 4,
    "read": 5,
}
"""How far each status is; a lower or equal one never replaces a higher one."""

FINAL = frozenset({"failed", "undelivered", "read"})


def known_status(status: str) -> str:
    """Return a status of ours for a provider's; one we do not know counts as failed, so that somebody looks."""
    lowered = status.strip().lower()
    return lowered if lowered in FORWARD and lowered not in ("held", "awaits_word") else "failed"


def _advance(message: Message, status: str, error_code: str | None) -> bool:
    if message.status in FINAL or FORWARD[status] <= FORWARD.get(message.status, 0):
        return False
    message.status = status
    message.error_code = error_code[:16] if error_code else message.error_code
    return True


def mark_sent(*, db: Session, message_id: int, lease: str | None, provider_id: str, status: str = "sent") -> None:
    """Store the provider's id of a sent message, and any callback that came before it. Raises LeaseLost."""
    message = db.scalars(
        select(Message)
        .where(Message.id == message_id, Message.lease == lease)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if message is None:
        raise LeaseLost(message_id)
    message.provider_id, message.lease, message.leased_until = provider_id, None, None
    _advance(message, known_status(status), None)
    db.flush()
    early = db.scalars(
        select(EarlyCallback)
        .where(EarlyCallback.provider == message.provider, EarlyCallback.provider_id == provider_id)
        .order_by(EarlyCallback.id)
    ).all()
    for callback in early:
        _advance(message, callback.status, callback.error_code)
        db.delete(callback)
    db.flush()


def advance_status(
    *,
    db: Session,
    provider: str,
    provider_id: str,
    status: str,
    error_code: str | None = None,
    now: datetime | None = None,
) -> Message | None:
    """Move a message forward by a callback; return it if it moved.

    None when it changed nothing: a repeat, an older status, or a message whose id is not stored yet (the callback is
    then kept and applied by ``mark_sent``).
    """
    ours = known_status(status)
    message = db.scalars(
        select(Message)
        .where(Message.provider == provider, Message.provider_id == provider_id, Message.direction == "out")
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if message is None:
        db.add(
            EarlyCallback(
                provider=provider,
                provider_id=provider_id[:80],
                status=ours,
                error_code=error_code[:16] if error_code else None,
                received_at=now or utc_now(),
            )
        )
        db.flush()
        return None
    moved = _advance(message, ours, error_code)
    db.flush()
    return message if moved else None
