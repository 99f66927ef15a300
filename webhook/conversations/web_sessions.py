"""Sessions of the web chat: a signed random token in the browser, its hash here."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webhook.conversations.conversations import find_or_open
from webhook.conversations.models import Conversation, WebSession
from webhook.conversations.session_tokens import genuine_until, new_token, token_hash, web_pseudonym
from webhook.conversations.upsert import insert_new
from webhook.database import utc_now
from webhook.privacy.vault import Vault
from webhook.settings import get_settings


def open_web_session(*, db: Session, vault: Vault, now: datetime | None = None) -> tuple[str, Conversation]:
    """Open a new web conversation; return the token (shown once, to the browser) and the conversation."""
    moment = now or utc_now()
    token = new_token(vault, now=moment)
    conversation = find_or_open(db=db, vault=vault, pseudonym=web_pseudonym(vault, token), channel="web", now=moment)
    expires_at = moment + timedelta(hours=get_settings().web_session_hours)
    db.add(WebSession(token_hash=token_hash(token), conversation_id=conversation.id, expires_at=expires_at))
    db.flush()
    return token, conversation


def adopt_web_session(*, db: Session, vault: Vault, token: str, now: datetime | None = None) -> Conversation | None:
    """Open the conversation of a genuine token that was handed out while the database was away.

    None for a forged or expired token, and for a session that was ended.
    """
    moment = now or utc_now()
    until = genuine_until(vault, token)
    if until is None or until <= moment:
        return None
    return adopt_hashed(
        db=db, vault=vault, hashed=token_hash(token), pseudonym=web_pseudonym(vault, token), until=until, now=moment
    )


def adopt_hashed(
    *, db: Session, vault: Vault, hashed: str, pseudonym: str, until: datetime, now: datetime
) -> Conversation | None:
    """Open the conversation of a session already proved genuine, known by the hash of its token; None when ended."""
    known = db.scalars(select(WebSession).where(WebSession.token_hash == hashed)).one_or_none()
    if known is not None and known.ended_at is not None:
        return None
    conversation = find_or_open(db=db, vault=vault, pseudonym=pseudonym, channel="web", now=now)
    insert_new(db, WebSession, token_hash=hashed, conversation_id=conversation.id, expires_at=until)
    return conversation


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
