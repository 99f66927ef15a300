"""The table of the audit log. The rules are in ``webhook/audit/log.py``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from webhook.conversations.models import BigId
from webhook.database import Base, UtcDateTime


class AuditEntry(Base):
    """One act of one person. Each entry's mark covers all of it and the mark of the entry before."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_about", "about"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    act: Mapped[str] = mapped_column(String(48))
    staff: Mapped[str | None] = mapped_column(String(32), index=True)
    """The uid of the account; None for nobody known, such as a failed sign-in."""
    about: Mapped[str | None] = mapped_column(String(64))
    """What it was done to: a case's reference, an account's uid, a page."""
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """States, counts and ids."""
    previous: Mapped[str] = mapped_column(String(64))
    previous_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the entry before was made: shows whether what is missing before this one was old enough to go."""
    mark: Mapped[str] = mapped_column(String(64), unique=True)
