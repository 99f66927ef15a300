"""Random tokens, and what is kept in place of them."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from webhook.privacy.vault import Vault


def new_token() -> str:
    """A token of 256 random bits, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def marked(vault: Vault, purpose: str, value: str) -> str:
    """A value under the service's key: whoever reads the table learns nothing, whoever lacks the key makes none."""
    message = f"staff/{purpose}\x00{value}".encode("utf-8", "replace")
    return hmac.new(vault.session_key, message, hashlib.sha256).hexdigest()
