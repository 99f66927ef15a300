"""What a worker wrote after DELETE and before the erasure began: the first messages of a new conversation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from webhook.cases.erasing import carry_cases_over
from webhook.conversations.models import Alert, Conversation, Menu, Message, SealedNumber
from webhook.privacy.vault import Vault


def begin_anew(
    *, db: Session, vault: Vault, old: Conversation, order: Message, pseudonym: str, number: str | None, now: datetime
) -> None:
    """Move what came after the order to delete, and the replies to it, to a new conversation of the same person.

    ``old`` is locked and no longer has the ``pseudonym``. What was not answered is answered there; an alert, and a case
    that was opened since, belong to it. Nothing of before goes with it, and where nothing came, nothing is begun.
    """
    written = db.scalars(
        select(Message.id).where(
            Message.conversation_id == old.id,
            Message.direction == "in",
            Message.id > order.id,
            Message.received_at >= order.received_at,
        )
    ).all()
    if not written:
        return
    new = Conversation(pseudonym=pseudonym, channel=old.channel, last_seen=now.date())
    db.add(new)
    db.flush()
    if number is not None:
        db.add(SealedNumber(conversation_id=new.id, sealed=vault.seal_number(number, pseudonym=pseudonym)))
    theirs = or_(Message.id.in_(written), Message.in_reply_to.in_(written))
    for table, which in (
        (Message, theirs),
        (Alert, Alert.message_id.in_(written)),
        (Menu, Menu.conversation_id == old.id),  # the order left none: what is there was offered since
    ):
        db.execute(
            update(table).where(which).values(conversation_id=new.id).execution_options(synchronize_session="fetch")
        )
    carry_cases_over(db=db, old=old, new=new, since=order.received_at)
    db.flush()
