"""Words that open a web conversation again: random, shown once; only a slow hash under our own key is kept.

The hash is the same for the same words, so that it can be looked up; without this service's key it cannot be tried.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from knowledge.answer_words import bare_words
from webhook.cases.names import FIRST, SECOND
from webhook.conversations.conversations import lock
from webhook.conversations.menus import clear_menu
from webhook.conversations.models import Conversation, ReturnPhrase, WebSession
from webhook.conversations.session_tokens import new_token, token_hash, web_pseudonym
from webhook.database import utc_now
from webhook.privacy.erasure import forget_copies
from webhook.privacy.vault import Vault
from webhook.settings import get_settings

COUNT = 6
"""Words of a phrase: about 47 bits, behind a slow hash, our key and a limit on tries."""
COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}
WORDS = sorted({word.casefold() for word in (*FIRST, *SECOND)})


class PhraseNotKnown(Exception):
    """The words open nothing."""


@dataclass(frozen=True)
class Returned:
    """A new session in an earlier conversation. Its repr shows no token."""

    token: str = field(repr=False)
    conversation_id: int
    language: str | None


def give(*, db: Session, vault: Vault, conversation: Conversation, now: datetime | None = None) -> str:
    """Draw words for a conversation, in place of any before, and return them: they are not kept."""
    words = " ".join(secrets.choice(WORDS) for _ in range(COUNT))
    db.execute(delete(ReturnPhrase).where(ReturnPhrase.conversation_id == conversation.id))
    db.add(
        ReturnPhrase(
            conversation_id=conversation.id, phrase_hash=slow_hash(vault, words), given_on=(now or utc_now()).date()
        )
    )
    db.flush()
    return words


def come_back(*, db: Session, vault: Vault, words: str, now: datetime | None = None) -> Returned:
    """Open a new session in the conversation the words belong to; every session before it ends. Raises PhraseNotKnown.

    The conversation takes the pseudonym of the new token, and what the dialogue remembers under the old one is erased:
    nothing of before is gone on with.
    """
    moment = now or utc_now()
    hashed = slow_hash(vault, words)
    found = db.scalars(select(ReturnPhrase.conversation_id).where(ReturnPhrase.phrase_hash == hashed)).one_or_none()
    conversation = lock(db=db, conversation_id=found) if found is not None else None
    if conversation is None:
        raise PhraseNotKnown
    db.execute(
        update(WebSession)
        .where(WebSession.conversation_id == conversation.id, WebSession.ended_at.is_(None))
        .values(ended_at=moment)
    )
    forget_copies(db=db, vault=vault, conversation=conversation, now=moment)
    clear_menu(db=db, conversation=conversation)
    token = new_token(vault, now=moment)
    conversation.pseudonym = web_pseudonym(vault, token)
    expires_at = moment + timedelta(hours=get_settings().web_session_hours)
    db.add(WebSession(token_hash=token_hash(token), conversation_id=conversation.id, expires_at=expires_at))
    db.flush()
    return Returned(token, conversation.id, conversation.language)


def slow_hash(vault: Vault, words: str) -> str:
    """What is kept of the words: scrypt under a salt only this service has. Case and punctuation do not count."""
    salt = hmac.new(vault.session_key, b"return phrase", hashlib.sha256).digest()
    return hashlib.scrypt(bare_words(words).encode("utf-8", "replace"), salt=salt, dklen=32, **COST).hex()
