"""The table of what is switched off. The rules are in ``webhook/switches/service.py``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from webhook.database import Base, UtcDateTime


class SwitchedOff(Base):
    """One thing that is off. The row goes when it is switched on again; who did it is in the audit log."""

    __tablename__ = "switched_off"
    __table_args__ = (CheckConstraint("kind IN ('channel', 'topic', 'language')", name="kind"),)

    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
