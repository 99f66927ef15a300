"""The tables of conversations. Shapes only: the rules are in the services beside this file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webhook.database import Base, UtcDateTime

UNANSWERED = "direction = 'in' AND answered_at IS NULL"


def where(condition: str) -> dict[str, Any]:
    """Say for both databases which rows an index holds."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


BigId = BigInteger().with_variant(Integer(), "sqlite")


class Conversation(Base):
    """One person on one channel, known only by a pseudonym."""

    __tablename__ = "conversations"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pseudonym: Mapped[str] = mapped_column(String(80), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(16))
    language_chosen: Mapped[bool] = mapped_column(default=False)
    """The worker chose the language, so a guess does not replace it."""
    highest_risk: Mapped[str] = mapped_column(String(16), default="none")
    last_seen: Mapped[date]
    """The day, not the minute."""
    taken_over: Mapped[bool] = mapped_column(default=False)
    """A person answers in place of the bot."""
    delete_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """DELETE was said once and waits for its confirmation."""
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Marked for erasure: nothing is read from it or sent for it any more."""
    kept: Mapped[bytes | None]
    """What the actions asked to keep (encrypted JSON)."""


class SealedNumber(Base):
    """The number to answer to, sealed with its own key and kept apart from what was said."""

    __tablename__ = "sealed_numbers"

    conversation_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[bytes]


class Message(Base):
    """One message in or out. An inbound row without ``answered_at`` is itself the job to answer it."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("provider", "provider_id"),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        Index("ix_messages_conversation_id_id", "conversation_id", "id"),
        # Only what waits and only what still holds words: these stay small however much is kept.
        Index("ix_messages_unanswered", "id", **where(UNANSWERED)),
        Index("ix_messages_unanswered_of_one", "conversation_id", "id", **where(UNANSWERED)),
        Index("ix_messages_holding_words", "expires_at", **where("payload IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    """Grows within a conversation in the order in which messages were kept."""
    conversation_id: Mapped[int] = mapped_column(BigId, ForeignKey("conversations.id", ondelete="CASCADE"))
    direction: Mapped[str] = mapped_column(String(3))
    sender: Mapped[str] = mapped_column(String(8))
    """``worker``, ``service`` or ``officer``."""
    kind: Mapped[str] = mapped_column(String(16))
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    """Random identity of the row; the encrypted payload is bound to it."""
    payload: Mapped[bytes | None]
    """Encrypted content; emptied when it expires."""
    provider: Mapped[str] = mapped_column(String(16))
    """``twilio`` or ``web``."""
    provider_id: Mapped[str | None] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(16))
    error_code: Mapped[str | None] = mapped_column(String(16))
    in_reply_to: Mapped[int | None] = mapped_column(BigId, ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was received (in) or written (out)."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease: Mapped[str | None] = mapped_column(String(32))
    """Who is working on it; only the holder may finish it."""
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when nobody else takes it; also the earliest time of another try."""
    attempts: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the content is emptied."""


class Menu(Base):
    """The last menu of a conversation: what its numbers and opaque payloads mean (encrypted JSON)."""

    __tablename__ = "menus"

    conversation_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    uid: Mapped[str] = mapped_column(String(32))
    items: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class WebSession(Base):
    """A browser's session. The token itself is only in the browser."""

    __tablename__ = "web_sessions"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    conversation_id: Mapped[int] = mapped_column(BigId, ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReturnPhrase(Base):
    """The slow hash of the words that open a web conversation again."""

    __tablename__ = "return_phrases"

    conversation_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    phrase_hash: Mapped[str] = mapped_column(String(64), unique=True)
    given_on: Mapped[date]


class OptOut(Base):
    """A person said STOP on this channel. Kept apart from the conversation, so that it outlives an erasure."""

    __tablename__ = "opt_outs"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    pseudonym: Mapped[str] = mapped_column(String(80), primary_key=True)
    since: Mapped[date]


class EarlyCallback(Base):
    """A provider's status that came before the message's own provider id was stored."""

    __tablename__ = "early_callbacks"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    provider: Mapped[str] = mapped_column(String(16))
    provider_id: Mapped[str] = mapped_column(String(80), index=True)
    status: Mapped[str] = mapped_column(String(16))
    error_code: Mapped[str | None] = mapped_column(String(16))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Alert(Base):
    """Danger that somebody must be told of. Holds no identity, and redacted words only until a case has taken them."""

    __tablename__ = "alerts"
    __table_args__ = (CheckConstraint("level IN ('high', 'emergency')", name="level"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    """Given by whoever raised it: the same alert raised twice is one."""
    conversation_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    message_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    level: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(16))
    opted_out: Mapped[bool] = mapped_column(default=False)
    signs: Mapped[bytes | None]
    """The signs with the redacted words that showed them (encrypted); emptied once they are in a case."""
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DrainedRecord(Base):
    """A record of the local spool that has reached the database, so that it is taken over once."""

    __tablename__ = "drained_records"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    drained_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
