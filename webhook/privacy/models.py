"""The tables of erasure: a receipt without identity, and the steps that still wait."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webhook.conversations.models import BigId
from webhook.database import Base, UtcDateTime


class Deletion(Base):
    """That somebody's data was erased, when, and how much. Not whose."""

    __tablename__ = "deletions"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    reference: Mapped[str] = mapped_column(String(32), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    asked_on: Mapped[date]
    done_on: Mapped[date | None]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """How many things each store erased."""


class ErasureStep(Base):
    """One store that must still forget a person. ``target`` is encrypted and emptied once the store confirms."""

    __tablename__ = "erasure_steps"
    __table_args__ = (
        UniqueConstraint("deletion_id", "store"),
        Index("ix_erasure_steps_done_at", "done_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    deletion_id: Mapped[int] = mapped_column(BigId, ForeignKey("deletions.id", ondelete="CASCADE"))
    store: Mapped[str] = mapped_column(String(32))
    uid: Mapped[str] = mapped_column(String(32))
    target: Mapped[bytes | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
