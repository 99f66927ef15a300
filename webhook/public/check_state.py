"""The answers of a check between two pages: they travel in the form itself, signed, and are kept nowhere."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json

from knowledge.questions.draft import Draft

TAG_BYTES = 16
_LABEL = b"check answers\x00"


class StateNotOurs(ValueError):
    """The answers were changed on the way, or come from another service."""


def packed(key: bytes, draft: Draft) -> str:
    """The draft as one field of a form."""
    kept = {name: value for name, value in draft.dump().items() if name in ("check", "answers", "open", "insisted")}
    body = json.dumps(kept, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_tag(key, body) + body).decode("ascii")


def unpacked(key: bytes, check: str, field: str) -> Draft:
    """The draft in a field. Raises StateNotOurs, also for the answers to another check."""
    try:
        raw = base64.b64decode(field.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise StateNotOurs from None
    tag, body = raw[:TAG_BYTES], raw[TAG_BYTES:]
    if not hmac.compare_digest(tag, _tag(key, body)):
        raise StateNotOurs
    draft = Draft.load(json.loads(body))
    if draft.check != check:
        raise StateNotOurs
    return draft


def _tag(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, _LABEL + body, hashlib.sha256).digest()[:TAG_BYTES]
