"""Sessions of the web chat: a random token in the browser, its hash here."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webhook.conversations.conversations import find_or_open
from webhook.conversations.models import Conversation, WebSession
from webhook.database import utc_now
from webhook.privacy.vault import Vault
from webhook.settings import get_settings

TOKEN_BYTES = 32


def token_hash(token: str) -> str:
    """Return what is kept of a token. It is random and long, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def open_web_session(*, db: Session, vault: Vault, now: datetime | None = None) -> tuple[str, Conversation]:
    """Open a new web conversation; return the token (shown once, to the browser) and the conversation."""
    moment = now or utc_now()
    pseudonym = vault.pseudonym(channel="web", address=secrets.token_hex(16))
    conversation = find_or_open(db=db, vault=vault, pseudonym=pseudonym, channel="web", now=moment)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.add(
        WebSession(
            token_hash=token_hash(token),
            conversation_id=conversation.id,
            expires_at=moment + timedelta(hours=get_settings().web_session_hours),
        )
    )
    db.flush()
    return token, conversation


def session_conversation(*, db: Session, token: str, now: datetime | None = None) -> Conversation | None:
    """Return the conversation of a live session; None for a forged, ended, expired or erased one."""
    return db.scalars(
        select(Conversation)
        .join(WebSession, WebSession.conversation_id == Conversation.id)
        .where(
            WebSession.token_hash == token_hash(token),
            WebSession.ended_at.is_(None),
            WebSession.expires_at > (now or utc_now()),
            Conversation.erased_at.is_(None),
        )
    ).one_or_none()


def end_web_session(*, db: Session, token: str, now: datetime | None = None) -> bool:
    """End a session; its token opens nothing any more. Returns False when it was not live."""
    moment = now or utc_now()
    ended = db.execute(
        update(WebSession)
        .where(
            WebSession.token_hash == token_hash(token), WebSession.ended_at.is_(None), WebSession.expires_at > moment
        )
        .values(ended_at=moment)
        .returning(WebSession.id)
    ).first()
    return ended is not None
