"""The tables of cases. Shapes only: the rules are in the services beside this file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webhook.conversations.models import BigId, where
from webhook.database import Base, UtcDateTime

OPEN = "closed_at IS NULL"
LEVELS = "level IN ('none', 'concern', 'high', 'emergency')"


class Case(Base):
    """One conversation before SHOP, under a two-word name. Holds no word and no identity of the worker."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(LEVELS, name="level"),
        # One open case of a conversation; a name is used again only when its case was closed.
        Index("uq_cases_open_conversation_id", "conversation_id", unique=True, **where(OPEN)),
        Index("uq_cases_open_name", "name", unique=True, **where(OPEN)),
        Index("ix_cases_ringing", "alarm_at", **where("alarm_at IS NOT NULL")),
        Index("ix_cases_open", "level", "opened_at", **where(OPEN)),
        Index("ix_cases_claimed", "claim_until", **where("claim_until IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(64))
    cause: Mapped[str] = mapped_column(String(64), unique=True)
    """The alert, or the message, that opened it: the same cause opens one case."""
    why: Mapped[str] = mapped_column(String(16))
    conversation_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(16))
    level: Mapped[str] = mapped_column(String(16))
    """Only ever rises."""
    state: Mapped[str] = mapped_column(String(24))
    choice: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    """When the case was made, not when somebody read it."""
    first_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When an officer first opened it."""
    news_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when something waits that no officer has read."""
    alarm_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when an emergency waits that no officer has read: its alert is repeated until one has."""
    deletion_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The worker deleted the conversation; what stays is nameless."""
    copied_up_to: Mapped[int] = mapped_column(BigId, default=0)
    """The last message that is in the kept transcript: no later one loses its words while the case is open."""
    claimed_by: Mapped[str | None] = mapped_column(String(32), index=True)
    """Which officer has it, by the uid of their account."""
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claim_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when it stays with them if they do nothing; every act of theirs moves it on."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    close_reason: Mapped[str | None] = mapped_column(String(24))


class CaseSign(Base):
    """A sign of danger in one message, with the redacted words that showed it (encrypted)."""

    __tablename__ = "case_signs"
    __table_args__ = (
        UniqueConstraint("cause", "place"),
        CheckConstraint(LEVELS, name="level"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    cause: Mapped[str] = mapped_column(String(64))
    place: Mapped[int]
    """Which of its message's signs it is."""
    sign: Mapped[str | None] = mapped_column(String(64))
    """The id in knowledge/signs.yml; None when the whole message showed danger without a named sign."""
    level: Mapped[str] = mapped_column(String(16))
    message_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime)
    words: Mapped[bytes | None]


class CaseChoice(Base):
    """One decision of the worker on who learns who they are, with the exact words passed on (encrypted)."""

    __tablename__ = "case_choices"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    choice: Mapped[str] = mapped_column(String(16))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    language: Mapped[str | None] = mapped_column(String(16))
    passed_on: Mapped[bytes | None]
    """Words shown to the worker and passed on, name, safe contact. Emptied when it is withdrawn."""
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When an officer read it: until then it can be withdrawn."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CaseTranscript(Base):
    """The conversation without names and numbers, as it was copied (encrypted)."""

    __tablename__ = "case_transcripts"

    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    copied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lines: Mapped[bytes]


class CaseEvent(Base):
    """One act on a case. ``detail`` holds levels, states and counts, never a word of anybody's."""

    __tablename__ = "case_events"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[str] = mapped_column(String(24))
    actor: Mapped[str] = mapped_column(String(16))
    staff: Mapped[str | None] = mapped_column(String(64))
    """Which officer, by the id of their account."""
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
