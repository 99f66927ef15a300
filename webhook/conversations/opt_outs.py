"""STOP and START: whether anything may be sent to a person on a channel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webhook.conversations.models import OptOut
from webhook.conversations.upsert import insert_new
from webhook.database import utc_now


def opt_out(*, db: Session, channel: str, pseudonym: str, now: datetime | None = None) -> bool:
    """Note STOP. Returns False when it was noted before."""
    return insert_new(db, OptOut, channel=channel, pseudonym=pseudonym, since=(now or utc_now()).date())


def opt_in(*, db: Session, channel: str, pseudonym: str) -> bool:
    """Note START. Returns False when the person had not opted out: the word then means something else."""
    gone = db.execute(
        delete(OptOut).where(OptOut.channel == channel, OptOut.pseudonym == pseudonym).returning(OptOut.pseudonym)
    ).first()
    return gone is not None


def is_opted_out(*, db: Session, channel: str, pseudonym: str) -> bool:
    """Say whether nothing may be sent to this person on this channel."""
    query = select(OptOut.pseudonym).where(OptOut.channel == channel, OptOut.pseudonym == pseudonym)
    return db.scalars(query).first() is not None
