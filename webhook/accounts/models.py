"""The tables of accounts. Shapes only: the rules are in the services beside this file."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webhook.conversations.models import BigId
from webhook.database import Base, UtcDateTime


class StaffAccount(Base):
    """Somebody who may sign in to the console."""

    __tablename__ = "staff_accounts"
    __table_args__ = (
        CheckConstraint("role IN ('officer', 'supervisor', 'content_editor', 'auditor', 'administrator')", name="role"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    """What stands for the person in timelines and in the audit log."""
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In small letters."""
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    """Argon2; None until the one-time link was used, and for who signs in at the organisation's own provider."""
    totp: Mapped[bytes | None]
    """The secret of the code generator (encrypted)."""
    totp_step: Mapped[int] = mapped_column(BigId, default=0)
    """The time step of the last code that was accepted: no code is accepted twice."""
    identity: Mapped[str | None] = mapped_column(String(255), unique=True)
    """Issuer and subject at the organisation's provider, once the person has signed in there."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_seen: Mapped[date]


class StaffLink(Base):
    """A one-time link to set an account up. The token itself is only in the link."""

    __tablename__ = "staff_links"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """A code that takes the place of the code generator once."""

    __tablename__ = "staff_recovery_codes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """One browser that is signed in, or half way there. The token itself is only in the browser."""

    __tablename__ = "staff_sessions"
    __table_args__ = (CheckConstraint("stage IN ('code', 'full')", name="stage"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    stage: Mapped[str] = mapped_column(String(8))
    """``code``: the password was right and the code is still asked for. ``full``: signed in."""
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    code_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a code was last entered: unsealing and exporting ask for a fresh one."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffDevice(Base):
    """A browser in which this account has signed in before: strangers' failures do not shut it out."""

    __tablename__ = "staff_devices"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FailedTry(Base):
    """A wrong password or code, for whichever address was typed: known or not looks the same."""

    __tablename__ = "staff_failed_tries"
    __table_args__ = (Index("ix_staff_failed_tries_who_at", "who", "at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    who: Mapped[str] = mapped_column(String(64))
    """The address that was typed and the browser it came from, under the service's key."""
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
