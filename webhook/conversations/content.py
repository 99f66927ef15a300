"""What a message says: the part that is encrypted in its row."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from webhook.conversations.models import Message
from webhook.privacy.vault import Vault


@dataclass(frozen=True)
class Button:
    """A choice shown below a message. ``payload`` is opaque; what it means is in the conversation's menu."""

    title: str
    payload: str


@dataclass(frozen=True)
class Content:
    """The content of one message. Its repr shows none of it."""

    text: str = field(repr=False)
    language: str = "und"
    direction: str = "ltr"
    topic: str | None = None
    buttons: tuple[Button, ...] = field(default=(), repr=False)
    media: int = 0
    """How many pictures, voice notes or stickers came with it; they themselves are not kept."""
    file: str | None = field(default=None, repr=False)
    """The text of a calendar file that goes with it, on the web."""

    def dump(self) -> dict[str, Any]:
        """Return the content as plain JSON values."""
        return asdict(self)

    @classmethod
    def load(cls, value: dict[str, Any]) -> Content:
        """Read what ``dump`` wrote."""
        return cls(**{**value, "buttons": tuple(Button(**button) for button in value["buttons"])})


@dataclass(frozen=True)
class Reply:
    """One message to be sent: its kind (answer, safety, question, choice, menu, notice, error) and content."""

    kind: str
    content: Content
    sender: str = "service"


def close_content(vault: Vault, content: Content, *, uid: str) -> bytes:
    """Encrypt the content of the message row named ``uid``."""
    return vault.encrypt(content.dump(), table="messages", uid=uid)


def read_content(vault: Vault, message: Message) -> Content | None:
    """Decrypt the content of a message; None when it has expired. Raises CannotOpen."""
    if message.payload is None:
        return None
    return Content.load(vault.decrypt(message.payload, table="messages", uid=message.uid))
