"""Pseudonyms: what a person is called everywhere in the service, Rasa's ``sender_id`` too.

A bare hash of a phone number can be guessed in minutes; an HMAC under a secret key cannot.
"""

from __future__ import annotations

import hashlib
import hmac
import re

E164 = re.compile(r"\+[1-9][0-9]{6,14}")


class NotANumber(ValueError):
    """The address is not an E.164 number. The address itself is not repeated here."""


def pseudonym(key: bytes, *, channel: str, address: str) -> str:
    """Return the pseudonym of a person on a channel.

    ``address`` is an E.164 number for ``sms`` and ``whatsapp`` (Twilio's ``whatsapp:`` prefix removed) and the random
    session id for ``web``. Raises NotANumber.
    """
    if channel in ("sms", "whatsapp") and not E164.fullmatch(address):
        raise NotANumber("not an E.164 number")
    digest = hmac.new(key, f"{channel}\x00{address}".encode(), hashlib.sha256).hexdigest()
    return f"{channel[0]}{digest}"
