"""The table of notices: mails to SHOP that wait or were sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webhook.conversations.models import BigId, where
from webhook.database import Base, UtcDateTime

WAITING = "status IN ('queued', 'sending')"


class Notice(Base):
    """One mail to SHOP about one case. Its words are the same for every case; only the reference differs."""

    __tablename__ = "notices"
    __table_args__ = (
        # Of two processes that would queue the same repeat one does.
        UniqueConstraint("case_id", "number"),
        Index("ix_notices_waiting", "id", **where(WAITING)),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"))
    number: Mapped[int]
    """First, second, third notice of its case."""
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    """Makes the Message-ID: the same at every try."""
    kind: Mapped[str] = mapped_column(String(16))
    """``new_case``, ``emergency``, ``news`` or ``returned``."""
    status: Mapped[str] = mapped_column(String(16))
    """``queued``, ``sending``, ``sent`` or ``cancelled``."""
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when nobody else takes it; also the earliest time of another try."""
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
