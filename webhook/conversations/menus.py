"""The last menu of a conversation: its numbers and opaque payloads, and what they mean.

A payload is a random string that is good for that conversation's last menu only; an intent never leaves the service.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webhook.conversations.models import Conversation, Menu
from webhook.database import utc_now
from webhook.privacy.vault import Vault

MENU_HOURS = 24


@dataclass(frozen=True)
class MenuItem:
    """One line of a menu: the number to type, the words, the opaque payload, and the intent behind it."""

    number: int
    title: str
    payload: str
    intent: str


def set_menu(
    *,
    db: Session,
    vault: Vault,
    conversation: Conversation,
    choices: Sequence[tuple[str, str]],
    now: datetime | None = None,
) -> list[MenuItem]:
    """Replace the conversation's menu by ``choices`` (title, intent), numbered from 1; returns the lines to show."""
    items = [
        MenuItem(number=number, title=title, payload=secrets.token_urlsafe(16), intent=intent)
        for number, (title, intent) in enumerate(choices, start=1)
    ]
    clear_menu(db=db, conversation=conversation)
    if items:
        uid = secrets.token_hex(16)
        menu = Menu(
            conversation_id=conversation.id,
            uid=uid,
            items=vault.encrypt([asdict(item) for item in items], table="menus", uid=uid),
            expires_at=(now or utc_now()) + timedelta(hours=MENU_HOURS),
        )
        db.add(menu)
        db.flush()
    return items


def resolve_menu(
    *, db: Session, vault: Vault, conversation: Conversation, said: str, now: datetime | None = None
) -> MenuItem | None:
    """Return the line a worker chose by its number (in any script's digits) or its payload; None when it is neither."""
    menu = db.get(Menu, conversation.id, populate_existing=True)
    if menu is None or menu.expires_at <= (now or utc_now()):
        return None
    items = [MenuItem(**item) for item in vault.decrypt(menu.items, table="menus", uid=menu.uid)]
    number, payload = read_number(said), said.strip()
    return next((item for item in items if number == item.number or payload == item.payload), None)


def clear_menu(*, db: Session, conversation: Conversation) -> None:
    """Forget the conversation's menu: its numbers and payloads mean nothing any more."""
    db.execute(
        delete(Menu).where(Menu.conversation_id == conversation.id).execution_options(synchronize_session="fetch")
    )


def read_number(said: str) -> int | None:
    """Return the number a whole message consists of ("2", "2.", "(2)", Arabic and Indic digits too), else None."""
    core = unicodedata.normalize("NFKC", said).strip().strip("().:#*\ufe0f\u20e3 ")
    if not 1 <= len(core) <= 3:
        return None
    number = 0
    for character in core:
        digit = unicodedata.decimal(character, None)
        if digit is None:
            return None
        number = number * 10 + digit
    return number
