"""Conversations themselves: opening one, and the few things that are remembered about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.conversations.models import Conversation, Message, SealedNumber
from webhook.conversations.upsert import insert_new
from webhook.database import utc_now
from webhook.privacy.vault import Vault

RISK_LEVELS = ("none", "concern", "high", "emergency")


def find_or_open(
    *, db: Session, vault: Vault, pseudonym: str, channel: str, number: str | None = None, now: datetime | None = None
) -> Conversation:
    """Return the person's conversation, locked until the transaction ends; open it at the first message.

    ``number`` (E.164) is sealed for replying when it is not yet. The lock keeps messages of one conversation in order.
    """
    today = (now or utc_now()).date()
    conversation = None
    while conversation is None:  # the one that was there may be given up for erasure while we wait for it
        insert_new(db, Conversation, pseudonym=pseudonym, channel=channel, last_seen=today)
        conversation = db.scalars(
            select(Conversation).where(Conversation.pseudonym == pseudonym).with_for_update()
        ).one_or_none()
    if conversation.last_seen < today:
        conversation.last_seen = today
    if number is not None:
        insert_new(
            db,
            SealedNumber,
            conversation_id=conversation.id,
            sealed=vault.seal_number(number, pseudonym=pseudonym),
        )
    return conversation


def find(*, db: Session, pseudonym: str) -> Conversation | None:
    """Return the person's conversation if there is one."""
    return db.scalars(select(Conversation).where(Conversation.pseudonym == pseudonym)).one_or_none()


def lock(*, db: Session, conversation_id: int) -> Conversation | None:
    """Return a conversation locked until the transaction ends; None when it was erased."""
    return db.scalars(
        select(Conversation)
        .where(Conversation.id == conversation_id, Conversation.erased_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def number_of(*, db: Session, vault: Vault, conversation: Conversation) -> str | None:
    """Return the number to answer to (E.164), unsealed; None when there is none. Raises CannotOpen."""
    sealed = db.get(SealedNumber, conversation.id)
    if sealed is None or conversation.erased_at is not None:
        return None
    return vault.unseal_number(sealed.sealed, pseudonym=conversation.pseudonym)


def raise_risk(*, db: Session, conversation: Conversation, level: str) -> str:
    """Hold the highest level reached; return the level before. A lower level changes nothing."""
    before = conversation.highest_risk
    if RISK_LEVELS.index(level) > RISK_LEVELS.index(before):
        conversation.highest_risk = level
        db.flush()
    return before


def last_inbound_at(*, db: Session, conversation: Conversation, before: int | None = None) -> datetime | None:
    """Return when the worker last wrote (before message ``before``): for silence and WhatsApp's 24 hours."""
    query = select(Message.received_at).where(Message.conversation_id == conversation.id, Message.direction == "in")
    if before is not None:
        query = query.where(Message.id < before)
    return db.scalars(query.order_by(Message.id.desc()).limit(1)).one_or_none()


def keep(*, db: Session, vault: Vault, conversation: Conversation, values: dict[str, Any]) -> None:
    """Keep values for a conversation (encrypted), over those kept before; a value None forgets its name."""
    merged = {**kept(vault=vault, conversation=conversation), **values}
    merged = {name: value for name, value in merged.items() if value is not None}
    uid = str(conversation.id)
    conversation.kept = vault.encrypt(merged, table="conversations", uid=uid) if merged else None
    db.flush()


def kept(*, vault: Vault, conversation: Conversation) -> dict[str, Any]:
    """Return the values kept for a conversation. Raises CannotOpen."""
    if conversation.kept is None:
        return {}
    values = vault.decrypt(conversation.kept, table="conversations", uid=str(conversation.id))
    return dict(values)
