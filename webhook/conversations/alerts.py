"""Danger that somebody must be told of: raised once, delivered once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webhook.conversations.models import Alert
from webhook.conversations.upsert import insert_new
from webhook.database import utc_now
from webhook.privacy.vault import Vault


def alert_uid(*, provider: str, provider_id: str, pseudonym: str) -> str:
    """Name an alert by the message that caused it, the same with and without the database."""
    return hashlib.sha256(f"{provider}\x00{pseudonym}\x00{provider_id}".encode("utf-8", "replace")).hexdigest()


def raise_alert(
    *,
    db: Session,
    uid: str,
    level: str,
    channel: str,
    conversation_id: int | None = None,
    message_id: int | None = None,
    opted_out: bool = False,
    raised_at: datetime | None = None,
    language: str | None = None,
    signs: bytes | None = None,
) -> bool:
    """Write an alert down. ``uid`` is that of ``alert_uid``; False when the alert is there already.

    ``signs`` is what ``close_signs`` made of what the message showed.
    """
    return insert_new(
        db,
        Alert,
        uid=uid,
        level=level,
        channel=channel,
        conversation_id=conversation_id,
        message_id=message_id,
        opted_out=opted_out,
        raised_at=raised_at or utc_now(),
        language=language,
        signs=signs,
    )


def close_signs(*, vault: Vault, uid: str, signs: Sequence[Mapping[str, Any]]) -> bytes:
    """Encrypt what a message showed (already redacted), for the alert of that uid."""
    return vault.encrypt([dict(sign) for sign in signs], table="alerts", uid=uid)


def signs_of(*, vault: Vault, alert: Alert) -> list[dict[str, Any]]:
    """What the alert's message showed; nothing once a case has taken it. Raises CannotOpen."""
    return [] if alert.signs is None else list(vault.decrypt(alert.signs, table="alerts", uid=alert.uid))


def undelivered_alerts(*, db: Session, limit: int = 20) -> Sequence[Alert]:
    """Take alerts nobody was told of yet, oldest first, locked until the transaction ends."""
    return db.scalars(
        select(Alert)
        .where(Alert.delivered_at.is_(None))
        .order_by(Alert.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def mark_delivered(*, db: Session, alert_id: int, now: datetime | None = None) -> None:
    """Note that somebody was told."""
    db.execute(
        update(Alert).where(Alert.id == alert_id, Alert.delivered_at.is_(None)).values(delivered_at=now or utc_now())
    )


def count_undelivered(*, db: Session) -> int:
    """Return how many alerts nobody was told of yet."""
    return db.scalars(select(func.count(Alert.id)).where(Alert.delivered_at.is_(None))).one()
