"""Sealing what is kept of a conversation: compressed, then AES-256-GCM bound to its owner."""

from __future__ import annotations

import os
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_SHORTEST_SECRET = 32


class CannotOpen(Exception):
    """What is kept cannot be opened: another key, another owner, or damaged."""


class WeakSecret(ValueError):
    """The secret is too short to be one."""


class Seal:
    """Seals and opens bytes. `secret` may hold several, parted by commas: the first seals, each opens (rotation)."""

    def __init__(self, secret: str) -> None:
        parts = [part.strip() for part in secret.split(",") if part.strip()]
        if not parts or any(len(part) < _SHORTEST_SECRET for part in parts):
            raise WeakSecret(f"a tracker key needs at least {_SHORTEST_SECRET} characters")
        self._ciphers = [AESGCM(_key(part)) for part in parts]

    def close(self, plain: bytes, owner: str) -> bytes:
        """Seal for one owner; only `open` with the same owner gives it back."""
        nonce = os.urandom(_NONCE)
        return nonce + self._ciphers[0].encrypt(nonce, zlib.compress(plain), owner.encode())

    def open(self, sealed: bytes, owner: str) -> bytes:
        """Open what `close` sealed. Raises CannotOpen."""
        nonce, body = sealed[:_NONCE], sealed[_NONCE:]
        for cipher in self._ciphers:
            try:
                return zlib.decompress(cipher.decrypt(nonce, body, owner.encode()))
            except InvalidTag:
                continue
            except (ValueError, zlib.error):
                break
        raise CannotOpen


def _key(secret: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"care advice tracker").derive(secret.encode())
