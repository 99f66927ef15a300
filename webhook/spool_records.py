"""What is written to the spool, and how each kind of record becomes rows once the database is back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases import service as cases
from webhook.conversations.alerts import alert_uid, close_signs, raise_alert
from webhook.conversations.content import Content
from webhook.conversations.conversations import find, find_or_open, raise_risk
from webhook.conversations.inbound import record_inbound
from webhook.conversations.models import Conversation, Message
from webhook.conversations.session_tokens import genuine_until, token_hash
from webhook.conversations.web_sessions import adopt_hashed
from webhook.database import utc_now
from webhook.privacy.vault import Vault
from webhook.spool import Handler, Spool, SpoolRecord

INBOUND = "inbound"
ALERT = "alert"


def spool_inbound(
    spool: Spool,
    vault: Vault,
    *,
    channel: str,
    pseudonym: str,
    provider: str,
    provider_id: str,
    content: Content,
    kind: str = "text",
    number: str | None = None,
    session: str | None = None,
    answered: bool = False,
    risk: str = "none",
    received_at: datetime | None = None,
) -> None:
    """Write a worker's message down locally. Raises SpoolFull, SpoolUnavailable.

    ``session`` is the web token, already proved genuine; only its hash is written. ``answered``: its words went back at
    once, so no job to answer it is made, and nobody will be asked to send it again: it is held in memory if need be.
    """
    until = genuine_until(vault, session) if session else None
    body: dict[str, Any] = {
        "channel": channel,
        "pseudonym": pseudonym,
        "provider": provider,
        "provider_id": provider_id,
        "content": content.dump(),
        "kind": kind,
        "number": number,
        "session": token_hash(session) if session else None,
        "session_until": until.isoformat() if until else None,
        "answered": answered,
        "risk": risk,
        "received_at": (received_at or utc_now()).isoformat(),
    }
    record_id = _record_id(INBOUND, provider, pseudonym, provider_id)
    spool.write(INBOUND, body, record_id=record_id, urgent=risk != "none", or_hold=answered)


def spool_alert(
    spool: Spool,
    *,
    level: str,
    channel: str,
    pseudonym: str,
    provider: str,
    provider_id: str,
    opted_out: bool = False,
    raised_at: datetime | None = None,
    language: str | None = None,
    signs: Sequence[cases.Shown] = (),
) -> None:
    """Write an alert down locally; it may use the disk's reserve, and is held in memory where the disk takes nothing.

    Raises SpoolFull, SpoolUnavailable when not even memory has room.

    The words of ``signs`` are redacted: an alert outlives the deletion of its conversation.
    """
    body = {
        "level": level,
        "channel": channel,
        "pseudonym": pseudonym,
        "provider": provider,
        "provider_id": provider_id,
        "opted_out": opted_out,
        "language": language,
        "signs": [sign.dump() for sign in signs],
        "raised_at": (raised_at or utc_now()).isoformat(),
    }
    spool.write(ALERT, body, record_id=_record_id(ALERT, provider, pseudonym, provider_id), urgent=True, or_hold=True)


def handlers(vault: Vault) -> dict[str, Handler]:
    """Return what ``Spool.drain`` does with each kind of record."""

    def take_inbound(db: Session, record: SpoolRecord) -> None:
        body = record.body
        received_at = datetime.fromisoformat(body["received_at"])
        conversation = _conversation(db, vault, body, received_at)
        if conversation is None:
            return
        message = record_inbound(
            db=db,
            vault=vault,
            conversation=conversation,
            provider=body["provider"],
            provider_id=body["provider_id"],
            content=Content.load(body["content"]),
            kind=body["kind"],
            received_at=received_at,
            answered=body["answered"],
        )
        raise_risk(db=db, conversation=conversation, level=body["risk"])
        if body["risk"] != "none":
            # Its alert was written down before it, and may be in a case already.
            cases.link_conversation(
                db=db, uid=_uid(body), conversation=conversation, message_id=message.id if message else None
            )

    def take_alert(db: Session, record: SpoolRecord) -> None:
        body = record.body
        conversation = find(db=db, pseudonym=body["pseudonym"])
        uid = _uid(body)
        raise_alert(
            db=db,
            uid=uid,
            level=body["level"],
            channel=body["channel"],
            conversation_id=conversation.id if conversation else None,
            message_id=_message_id(db, body),
            opted_out=body["opted_out"],
            raised_at=datetime.fromisoformat(body["raised_at"]),
            language=body.get("language"),
            signs=close_signs(vault=vault, uid=uid, signs=body.get("signs", ())),
        )

    return {INBOUND: take_inbound, ALERT: take_alert}


def _conversation(db: Session, vault: Vault, body: dict[str, Any], now: datetime) -> Conversation | None:
    if body["session"] is not None:
        until = datetime.fromisoformat(body["session_until"])
        return adopt_hashed(
            db=db, vault=vault, hashed=body["session"], pseudonym=body["pseudonym"], until=until, now=now
        )
    return find_or_open(
        db=db, vault=vault, pseudonym=body["pseudonym"], channel=body["channel"], number=body["number"], now=now
    )


def _uid(body: dict[str, Any]) -> str:
    return alert_uid(provider=body["provider"], provider_id=body["provider_id"], pseudonym=body["pseudonym"])


def _message_id(db: Session, body: dict[str, Any]) -> int | None:
    if body["provider"] == "web":
        return None
    return db.scalars(
        select(Message.id).where(Message.provider == body["provider"], Message.provider_id == body["provider_id"])
    ).one_or_none()


def _record_id(kind: str, provider: str, pseudonym: str, provider_id: str) -> str:
    parts = "\x00".join((kind, provider, pseudonym, provider_id))
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()
