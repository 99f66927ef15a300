"""The tables of what officers write on a case. Shapes only: the rules are in the services beside this file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webhook.conversations.models import BigId
from webhook.database import Base, UtcDateTime

NOTES, HAND_ONS, CHECKLISTS = "case_notes", "case_hand_ons", "case_checklists"


class CaseNote(Base):
    """Something an officer wrote for the record (encrypted): a note, or the reason of an exception."""

    __tablename__ = NOTES
    __table_args__ = (
        CheckConstraint("kind IN ('note', 'identity', 'contact', 'hand_on')", name="kind"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    """``note``; or the reason why identity was shown, why a rule of contact was set aside, why it was handed on."""
    staff: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    words: Mapped[bytes]


class CaseMark(Base):
    """An officer's word on a sign: was it read rightly. For the learning loop."""

    __tablename__ = "case_marks"

    sign_id: Mapped[int] = mapped_column(BigId, ForeignKey("case_signs.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    right: Mapped[bool]
    staff: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CaseHandOn(Base):
    """One body that was told of the case, what it was told (encrypted), and on whose word."""

    __tablename__ = HAND_ONS
    __table_args__ = (
        CheckConstraint("basis IN ('nameless', 'worker_said_yes', 'danger')", name="basis"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    body: Mapped[str] = mapped_column(String(32))
    with_identity: Mapped[bool]
    basis: Mapped[str] = mapped_column(String(16))
    staff: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    summary: Mapped[bytes]


class CaseChecklist(Base):
    """A checklist of the guidance as it was filled in beside a case (encrypted): the last state of it."""

    __tablename__ = CHECKLISTS
    __table_args__ = (UniqueConstraint("case_id", "checklist"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    checklist: Mapped[str] = mapped_column(String(48))
    """The id of its page in knowledge/staff."""
    staff: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    answers: Mapped[bytes]
