"""What officers write to workers: kept in the conversation, held back or let out as the safe-contact rules say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webhook.cases.acts import mark_choice_read
from webhook.cases.contact import Situation, Way, is_this_channel
from webhook.cases.enums import Choice
from webhook.cases.models import Case
from webhook.cases.sharing import Identity, SafeContact, current_choice, read_choice
from webhook.cases.spellings import spelling
from webhook.conversations import service
from webhook.conversations.models import Conversation, Message
from webhook.conversations.outbound import AWAITS_WORD, HELD, QUEUED, SENT
from webhook.database import utc_now
from webhook.privacy.vault import Vault

WORD_GIVEN = "safe_word_given"
"""Kept with a conversation while the safe word counts as given."""
STATUS = {Way.LINE_NOW: HELD, Way.WHEN_WORKER_WRITES: HELD, Way.WHEN_WORD_GIVEN: AWAITS_WORD}
FAILED = ("failed", "undelivered")
NOT_THERE = (HELD, AWAITS_WORD, *FAILED)
DELIVERY: dict[str, str] = {
    HELD: "Held back until the worker asks for it.",
    AWAITS_WORD: "Held back until the worker gives the safe word.",
    QUEUED: "On its way.",
    "sending": "On its way.",
    SENT: "Sent.",
    "delivered": "Delivered.",
    "read": "Read.",
    "failed": "Failed: the worker did not get it.",
    "undelivered": "Failed: the worker did not get it.",
}


@dataclass(frozen=True)
class Delivery:
    """What became of a message of an officer."""

    words: str
    failed: bool


def plan_of(*, db: Session, vault: Vault, case: Case, read_only: bool = True) -> SafeContact | None:
    """The safe-contact plan, once an officer has read it (``read_only``), or whatever there is. Raises CannotOpen."""
    shared = shared_identity(db=db, vault=vault, case=case)
    row = current_choice(db=db, case=case)
    if shared is None or row is None or (read_only and row.read_at is None):
        return None
    return shared.contact


def shared_identity(*, db: Session, vault: Vault, case: Case) -> Identity | None:
    """What the worker shares now; None when they do not. Raises CannotOpen."""
    row = current_choice(db=db, case=case)
    if row is None or row.choice != Choice.SHARE:
        return None
    return read_choice(vault=vault, row=row).identity


def open_shared(*, db: Session, vault: Vault, case: Case, at: datetime | None = None) -> Identity | None:
    """Read what the worker shares: from now on it cannot be withdrawn. ``case`` is locked. Raises CannotOpen."""
    shared = shared_identity(db=db, vault=vault, case=case)
    if shared is not None:
        mark_choice_read(db=db, case=case, at=at)
    return shared


def situation(*, db: Session, vault: Vault, case: Case, silence: timedelta, now: datetime | None = None) -> Situation:
    """What is known for deciding how words may leave. Raises CannotOpen."""
    moment = now or utc_now()
    conversation = db.get(Conversation, case.conversation_id) if case.conversation_id is not None else None
    if conversation is None or conversation.erased_at is not None:
        return Situation(case.channel, False, False, None, None, False, False)
    last = service.last_inbound_at(db=db, conversation=conversation)
    # A safe word binds also before anybody has read the plan.
    unread = plan_of(db=db, vault=vault, case=case, read_only=False)
    plan = plan_of(db=db, vault=vault, case=case)
    if plan is None and unread is not None and unread.safe_word:
        plan = SafeContact(safe_word=unread.safe_word)
    kept = service.kept(vault=vault, conversation=conversation)
    return Situation(
        channel=conversation.channel,
        reachable=True,
        opted_out=service.is_opted_out(db=db, channel=conversation.channel, pseudonym=conversation.pseudonym),
        last_inbound_at=last,
        plan=plan,
        plan_is_this_channel=plan is not None and is_this_channel(plan, conversation.channel),
        word_given=bool(kept.get(WORD_GIVEN)) and last is not None and moment - last <= silence,
    )


def hear_word(*, db: Session, vault: Vault, conversation: Conversation, case: Case, text: str, silent: bool) -> bool:
    """Note whether a message of the worker gives the safe word; what waited for it is then let out. Raises CannotOpen.

    ``silent``: the worker comes back after a silence, so that a word given before it counts no more.
    """
    plan = plan_of(db=db, vault=vault, case=case, read_only=False)
    pattern = spelling([plan.safe_word]) if plan is not None and plan.safe_word else None
    given = pattern is not None and pattern.search(text) is not None
    if given or silent:
        service.keep(db=db, vault=vault, conversation=conversation, values={WORD_GIVEN: True if given else None})
    if given:
        for message in db.scalars(
            select(Message).where(Message.conversation_id == conversation.id, Message.status == AWAITS_WORD)
        ).all():
            message.status = SENT if message.provider == "web" else QUEUED
            message.received_at = utc_now()
        db.flush()
    return given


def deliveries(*, db: Session, case: Case) -> dict[int, Delivery]:
    """What became of each message of an officer, and of the service's where it did not arrive; by its id."""
    if case.conversation_id is None:
        return {}
    rows: Sequence[tuple[int, str]] = [
        (message_id, status)
        for message_id, status in db.execute(
            select(Message.id, Message.status).where(
                Message.conversation_id == case.conversation_id,
                Message.direction == "out",
                or_(Message.sender == "officer", Message.status.in_(NOT_THERE)),
            )
        ).all()
    ]
    return {message_id: Delivery(DELIVERY.get(status, "On its way."), status in FAILED) for message_id, status in rows}
