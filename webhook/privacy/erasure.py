"""Delete one person's data through every store: mark and queue in one transaction, then each store until it confirms.

The receipt that stays names no one. What still waits is counted, so that a deletion that never ends is seen.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from webhook import metrics
from webhook.cases.erasing import note_erasure
from webhook.conversations.conversations import number_of
from webhook.conversations.models import Conversation, EarlyCallback, Message, WebSession
from webhook.database import Database, utc_now
from webhook.journal import SpoolUnavailable
from webhook.logs import logger
from webhook.privacy.beginning_anew import begin_anew
from webhook.privacy.models import Deletion, ErasureStep
from webhook.privacy.vault import Vault
from webhook.questions.models import UnansweredQuestion
from webhook.spool import Spool

STORES = ("database", "spool", "tracker", "twilio")
"""Who must forget. The job queue is not among them: its tasks carry row ids only, which mean nothing afterwards."""

BATCH = 500
TRY_SECONDS = 120
"""How long one try may take before another process tries again."""
LONGEST_WAIT = timedelta(hours=6)

log = logger(__name__)


class ErasureNotConfirmed(Exception):
    """A store did not confirm; it is asked again later."""


@dataclass(frozen=True)
class Target:
    """Whom a store must forget. Its repr shows nothing of it."""

    conversation_id: int
    channel: str
    asked_at: datetime
    pseudonym: str = field(repr=False)
    number: str | None = field(repr=False, default=None)
    provider_ids: tuple[str, ...] = field(repr=False, default=())

    @classmethod
    def load(cls, value: dict[str, Any]) -> Target:
        """Read what ``request_erasure`` encrypted."""
        asked_at = datetime.fromisoformat(value["asked_at"])
        return cls(**{**value, "asked_at": asked_at, "provider_ids": tuple(value["provider_ids"])})


class Eraser(Protocol):
    """One store's way to forget. Forgetting somebody unknown is success: a step may run twice."""

    def __call__(self, target: Target) -> int:
        """Erase, and return how many things went. Raises ErasureNotConfirmed."""
        ...


def request_erasure(
    *,
    db: Session,
    vault: Vault,
    conversation: Conversation,
    stores: Sequence[str] = STORES,
    order: Message | None = None,
    provider_ids: Sequence[str] = (),
    now: datetime | None = None,
) -> str:
    """Mark a conversation for erasure and queue a step for each store; return the receipt's reference.

    From the commit on nothing is read from it or sent for it, its sessions are closed, and the same person writing
    again begins anew: with what came after ``order``, the message that ordered it, where that is told.
    ``provider_ids`` adds messages of the provider that have no row (the farewell itself). Its cases are cut loose from
    it and keep what ``note_erasure`` says. Raises CannotOpen.
    """
    moment = now or utc_now()
    pseudonym = conversation.pseudonym
    number = number_of(db=db, vault=vault, conversation=conversation)
    conversation.pseudonym = f"erased-{secrets.token_hex(16)}"
    db.flush()
    if order is not None:
        begin_anew(db=db, vault=vault, old=conversation, order=order, pseudonym=pseudonym, number=number, now=moment)
    note_erasure(db=db, vault=vault, conversation=conversation, at=moment)
    ids = db.scalars(
        select(Message.provider_id).where(
            Message.conversation_id == conversation.id, Message.provider != "web", Message.provider_id.is_not(None)
        )
    ).all()
    target = {
        "conversation_id": conversation.id,
        "channel": conversation.channel,
        "asked_at": (order.received_at if order is not None else moment).isoformat(),
        "pseudonym": pseudonym,
        "number": number,
        "provider_ids": [*ids, *provider_ids],
    }
    reference = _queue(db, vault, conversation.channel, stores, target, moment)
    db.execute(delete(UnansweredQuestion).where(UnansweredQuestion.conversation_id == conversation.id))
    conversation.erased_at = moment
    db.execute(
        update(WebSession)
        .where(WebSession.conversation_id == conversation.id, WebSession.ended_at.is_(None))
        .values(ended_at=moment)
    )
    db.flush()
    return reference


def forget_copies(
    *, db: Session, vault: Vault, conversation: Conversation, pseudonym: str | None = None, now: datetime | None = None
) -> None:
    """Have the dialogue's memory, and Twilio's copies of what the worker wrote, forgotten; the conversation stays.

    `pseudonym` is the one it had in the dialogue, where it has another now.
    """
    moment = now or utc_now()
    ids = db.scalars(
        select(Message.provider_id).where(
            Message.conversation_id == conversation.id,
            Message.direction == "in",
            Message.provider != "web",
            Message.provider_id.is_not(None),
        )
    ).all()
    target = {
        "conversation_id": conversation.id,
        "channel": conversation.channel,
        "asked_at": moment.isoformat(),
        "pseudonym": pseudonym or conversation.pseudonym,
        "number": None,
        "provider_ids": list(ids),
    }
    stores = ("tracker", "twilio") if ids else ("tracker",)
    _queue(db, vault, conversation.channel, stores, target, moment)


def _queue(
    db: Session, vault: Vault, channel: str, stores: Sequence[str], target: Mapping[str, Any], moment: datetime
) -> str:
    deletion = Deletion(reference=secrets.token_hex(8), channel=channel, asked_on=moment.date(), counts={})
    db.add(deletion)
    db.flush()
    for store in stores:
        uid = secrets.token_hex(16)
        box = vault.encrypt(dict(target), table="erasure_steps", uid=uid)
        db.add(ErasureStep(deletion_id=deletion.id, store=store, uid=uid, target=box, next_try_at=moment))
    db.flush()
    return deletion.reference


def run_erasures(
    *, database: Database, vault: Vault, erasers: Mapping[str, Eraser], limit: int = 50, now: datetime | None = None
) -> dict[str, int]:
    """Ask each store whose step is due; return how many steps were ``done`` and how many still ``waiting``.

    Raises DatabaseUnavailable. Any other failure of a store leaves its own step for later and stops no other.
    """
    moment = now or utc_now()
    done = 0
    for step_id, store in _claim(database, limit, moment):
        with database.unit_of_work(read_only=True) as db:
            step = db.get_one(ErasureStep, step_id)
            value = None if step.target is None else vault.decrypt(step.target, table="erasure_steps", uid=step.uid)
        if value is None:
            continue
        target = Target.load(value)
        eraser = erasers.get(store)
        if eraser is None:
            log.error("erasure_store_unknown", store=store)
            continue
        try:
            erased = eraser(target)  # outside any transaction: another store may take its time
        except Exception as error:  # noqa: BLE001 - one store's fault must not keep the others from forgetting
            log.warning("erasure_not_confirmed", store=store, error=type(error).__name__)
            continue
        _confirm(database, step_id, erased, moment)
        metrics.count(metrics.ERASURES, store=store)
        done += 1
    with database.unit_of_work(read_only=True) as db:
        return {"done": done, "waiting": count_waiting_steps(db)}


def _claim(database: Database, limit: int, now: datetime) -> list[tuple[int, str]]:
    with database.unit_of_work() as db:
        steps = db.scalars(
            select(ErasureStep)
            .where(ErasureStep.done_at.is_(None), ErasureStep.next_try_at <= now)
            .order_by(ErasureStep.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for step in steps:
            # Later and later while a store stays away; also the lease of this try.
            wait = timedelta(seconds=TRY_SECONDS * 2 ** min(step.attempts, 8))
            step.attempts += 1
            step.next_try_at = now + min(wait, LONGEST_WAIT)
        return [(step.id, step.store) for step in steps]


def _confirm(database: Database, step_id: int, erased: int, now: datetime) -> None:
    with database.unit_of_work() as db:
        step = db.get_one(ErasureStep, step_id)
        # All steps of one receipt change it, so they take turns.
        deletion = db.scalars(select(Deletion).where(Deletion.id == step.deletion_id).with_for_update()).one()
        db.refresh(step)
        if step.done_at is not None:
            return
        step.done_at, step.target = now, None
        deletion.counts = {**deletion.counts, step.store: erased}
        db.flush()
        open_steps = select(func.count(ErasureStep.id)).where(
            ErasureStep.deletion_id == deletion.id, ErasureStep.done_at.is_(None)
        )
        if db.scalars(open_steps).one() == 0:
            deletion.done_on = now.date()


def count_waiting_steps(db: Session) -> int:
    """Return how many stores have still not confirmed a deletion."""
    return db.scalars(select(func.count(ErasureStep.id)).where(ErasureStep.done_at.is_(None))).one()


def database_eraser(database: Database) -> Eraser:
    """Return the eraser of our own tables: messages in batches, then all that hangs on the conversation."""

    def erase(target: Target) -> int:
        total = 0
        while True:
            with database.unit_of_work() as db:
                ids = db.scalars(
                    select(Message.id).where(Message.conversation_id == target.conversation_id).limit(BATCH)
                ).all()
                db.execute(delete(Message).where(Message.id.in_(ids)).execution_options(synchronize_session=False))
                total += len(ids)
                if ids:
                    continue
                db.execute(delete(EarlyCallback).where(EarlyCallback.provider_id.in_(target.provider_ids)))
                db.execute(delete(Conversation).where(Conversation.id == target.conversation_id))
                return total

    return erase


def spool_eraser(spool: Spool) -> Eraser:
    """Return the eraser of this machine's local journal. Alerts stay: somebody must be told, and they name no one."""

    def erase(target: Target) -> int:
        try:
            return spool.erase(target.pseudonym, before=target.asked_at, keep="alert")
        except (SpoolUnavailable, OSError):
            raise ErasureNotConfirmed("spool") from None

    return erase
