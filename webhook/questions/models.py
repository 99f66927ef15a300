"""The tables of questions. Shapes only: the rules are in the services beside this file."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webhook.conversations.models import BigId
from webhook.database import Base

TABLE = "unanswered_questions"


class UnansweredQuestion(Base):
    """A message that the service could not place: its redacted words and their vector (encrypted). The day, not the
    minute."""

    __tablename__ = TABLE
    __table_args__ = (
        CheckConstraint("outcome IN ('out_of_scope', 'did_you_mean', 'not_understood')", name="outcome"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    conversation_id: Mapped[int] = mapped_column(BigId, ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(16))
    outcome: Mapped[str] = mapped_column(String(16))
    """What the dialogue made of it."""
    asked_on: Mapped[date] = mapped_column(index=True)
    words: Mapped[bytes]


class QuestionCount(Base):
    """How many conversations of a month asked about a topic, or were not understood. No words, nobody."""

    __tablename__ = "question_counts"
    __table_args__ = (CheckConstraint("dimension IN ('topic', 'not_understood')", name="dimension"),)

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    """In London, as 2026-11."""
    dimension: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    """The topic's id; or the language that was not understood."""
    conversations: Mapped[int]
