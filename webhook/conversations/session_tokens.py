"""Tokens of the web chat that prove themselves: a forged one is known as forged without the database.

A token is random bytes and the minute it was made, signed. Only its hash is ever kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from webhook.privacy.vault import Vault
from webhook.settings import get_settings

RANDOM_BYTES = 24
TIME_BYTES = 4
TAG_BYTES = 16


def new_token(vault: Vault, *, now: datetime) -> str:
    """Make a token for a browser."""
    body = secrets.token_bytes(RANDOM_BYTES) + (int(now.timestamp()) // 60).to_bytes(TIME_BYTES, "big")
    return base64.urlsafe_b64encode(body + _tag(vault, body)).decode("ascii").rstrip("=")


def genuine_until(vault: Vault, token: str) -> datetime | None:
    """Return until when a token of ours is good; None for a forged one.

    Whether its session was ended only the database knows.
    """
    try:
        raw = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, tag = raw[:-TAG_BYTES], raw[-TAG_BYTES:]
    if len(body) != RANDOM_BYTES + TIME_BYTES or not hmac.compare_digest(tag, _tag(vault, body)):
        return None
    made = datetime.fromtimestamp(int.from_bytes(body[RANDOM_BYTES:], "big") * 60, UTC)
    return made + timedelta(hours=get_settings().web_session_hours)


def is_genuine(vault: Vault, token: str, *, now: datetime) -> bool:
    """Say whether a token is ours and not past its time."""
    until = genuine_until(vault, token)
    return until is not None and now < until


def token_hash(token: str) -> str:
    """Return what is kept of a token. It is random and long, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def web_pseudonym(vault: Vault, token: str) -> str:
    """Return the pseudonym of the person who holds a token; it needs no database."""
    return vault.pseudonym(channel="web", address=token_hash(token))


def _tag(vault: Vault, body: bytes) -> bytes:
    return hmac.new(vault.session_key, body, hashlib.sha256).digest()[:TAG_BYTES]
