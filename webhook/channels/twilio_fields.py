"""What Twilio posts, as a message of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from webhook.channels.incoming_text import clean
from webhook.channels.twilio_client import PhoneChannel, channel_and_number

MOST_FIELDS = 300

Fields = Mapping[str, Sequence[str]]


class FieldsUnreadable(ValueError):
    """The body is no form, or one with far too many fields."""


class NotAMessage(ValueError):
    """A field that every message has is missing."""


@dataclass(frozen=True)
class Posted:
    """One incoming message. Its repr shows neither words nor number."""

    sid: str
    channel: PhoneChannel
    number: str = field(repr=False)
    text: str = field(repr=False)
    media: int = 0
    media_kind: str = ""


def read_fields(body: bytes) -> Fields:
    """Every field of a form with all its values, empty ones too: all are part of the signature."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise FieldsUnreadable from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def read_message(fields: Fields) -> Posted:
    """The message in the fields. Raises NotAMessage."""
    sid = first(fields, "MessageSid") or first(fields, "SmsMessageSid") or first(fields, "SmsSid")
    sender = first(fields, "From")
    if not sid or len(sid) > 64 or not sender:
        raise NotAMessage
    channel, number = channel_and_number(sender)
    media, kind = _media(fields)
    # A tapped WhatsApp button posts its words as the body; where it does not, they are in ButtonText.
    text = clean(first(fields, "Body") or first(fields, "ButtonText"))
    return Posted(sid, channel, number, text, media, kind)


def first(fields: Fields, name: str) -> str:
    """A field's first value, or nothing."""
    values = fields.get(name)
    return values[0] if values else ""


def _media(fields: Fields) -> tuple[int, str]:
    count = first(fields, "NumMedia")
    number = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    if number:
        kind = first(fields, "MediaContentType0").lower()
        if kind.startswith("audio/"):
            return number, "audio"
        return number, "sticker" if kind == "image/webp" else "picture"
    if first(fields, "Latitude") and first(fields, "Longitude"):
        return 1, "place"
    return 0, ""
