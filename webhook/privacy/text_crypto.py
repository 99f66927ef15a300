"""The words of messages, encrypted and bound to the row they stand in."""

from __future__ import annotations

import json
from typing import Any

from webhook.privacy.keyring import CannotOpen, Keyring

PADDING = 64
"""Plain text is filled up to a multiple of this, so that its length says little."""


def encrypt_json(keys: Keyring, value: Any, *, table: str, uid: str) -> bytes:
    """Encrypt a JSON value for one row of one table."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    plain += b" " * (-len(plain) % PADDING)
    return keys.close(plain, bound_to=f"{table}/{uid}")


def decrypt_json(keys: Keyring, box: bytes, *, table: str, uid: str) -> Any:
    """Decrypt the JSON value of one row. Raises CannotOpen."""
    plain = keys.open(box, bound_to=f"{table}/{uid}")
    try:
        return json.loads(plain.decode("utf-8", "surrogatepass"))
    except ValueError:
        raise CannotOpen("not a JSON value") from None
