"""Numbers, sealed under their own keys: readable only where a reply is sent."""

from __future__ import annotations

from webhook.privacy.keyring import Keyring


def seal_number(keys: Keyring, number: str, *, pseudonym: str) -> bytes:
    """Seal a number for one person. It opens only for the same pseudonym."""
    return keys.close(number.encode("utf-8"), bound_to=f"number/{pseudonym}")


def unseal_number(keys: Keyring, sealed: bytes, *, pseudonym: str) -> str:
    """Open a sealed number. Raises CannotOpen."""
    return keys.open(sealed, bound_to=f"number/{pseudonym}").decode("utf-8")
