"""The tables of machine translations. Shapes only: the rules are in the services beside this file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webhook.conversations.models import BigId
from webhook.database import Base, UtcDateTime

CASE_TRANSLATIONS, REPLY_TRANSLATIONS = "case_translations", "reply_translations"


class CaseTranslation(Base):
    """A worker's redacted message in English, for the officer who reads the case (encrypted)."""

    __tablename__ = CASE_TRANSLATIONS

    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """The line of the transcript. The message itself may be gone before the case is."""
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    words: Mapped[bytes]
    """Of which words it was made, the translation, or why it is withheld."""


class ReplyTranslation(Base):
    """What an officer is about to write, in the worker's language and back again (encrypted). For an hour."""

    __tablename__ = REPLY_TRANSLATIONS

    uid: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    staff: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    words: Mapped[bytes]


class MachineAnswer(Base):
    """A line of our own answers by a machine, in a language without a pack. Holds no word of anybody's."""

    __tablename__ = "machine_answers"

    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    english_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str | None] = mapped_column(Text)
    """None: what the machine made of it was withheld."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
