"""What the tests of cases share: conversations with words in them, and a look into every table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.conversations import service
from webhook.conversations.models import Conversation, Message
from webhook.database import Base, Database
from webhook.privacy.keyring import CannotOpen
from webhook.privacy.vault import Vault

NUMBER = "+447700900123"
Receive = Callable[..., Message]


def raise_one(
    database: Database,
    vault: Vault,
    receive: Receive,
    sid: str = "SM1",
    text: str = "he has a knife",
    level: str = "emergency",
    number: str = NUMBER,
) -> str:
    """A message that shows danger, with its alert; returns the alert's uid."""
    with database.unit_of_work() as db:
        message = receive(db, sid, text, number=number)
        conversation = db.get_one(Conversation, message.conversation_id)
        uid = service.alert_uid(provider="twilio", provider_id=sid, pseudonym=conversation.pseudonym)
        signs = [cases.Shown("weapon", level, text).dump()]
        service.raise_alert(
            db=db,
            uid=uid,
            level=level,
            channel="sms",
            conversation_id=conversation.id,
            message_id=message.id,
            language="en",
            signs=service.close_signs(vault=vault, uid=uid, signs=signs),
        )
        return uid


def all_cases(database: Database) -> list[Case]:
    """Every case, oldest first."""
    with database.unit_of_work(read_only=True) as db:
        return list(db.scalars(select(Case).order_by(Case.id)))


def everything(database: Database, vault: Vault) -> str:
    """All that is in any table, as bytes and, where it is encrypted, opened."""
    seen: list[str] = []
    with database.unit_of_work(read_only=True) as db:
        for table in Base.metadata.sorted_tables:
            for row in db.execute(select(table)).mappings():
                seen.append(str(dict(row)))
                seen += [opened for value in row.values() if (opened := _opened(vault, table.name, row, value))]
    return "\n".join(seen)


def _opened(vault: Vault, table: str, row: Any, value: object) -> str | None:
    if not isinstance(value, bytes):
        return None
    if table == "sealed_numbers":
        return None  # the number to answer to: it is there for everybody, and nothing of it is passed on
    uid = str(row.get("uid") or row.get("id"))
    try:
        return str(vault.decrypt(value, table=table, uid=uid))
    except CannotOpen as error:
        raise AssertionError(f"a box in {table} that this test cannot open") from error
