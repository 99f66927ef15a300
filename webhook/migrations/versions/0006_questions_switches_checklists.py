"""What workers ask and what could not be placed, what is switched off, and checklists beside a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webhook.database import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "switched_off",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('channel', 'topic', 'language')", name=op.f("ck_switched_off_kind")),
        sa.PrimaryKeyConstraint("kind", "value", name=op.f("pk_switched_off")),
    )
    op.create_table(
        "question_counts",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("dimension", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("conversations", sa.Integer(), nullable=False),
        sa.CheckConstraint("dimension IN ('topic', 'not_understood')", name=op.f("ck_question_counts_dimension")),
        sa.PrimaryKeyConstraint("month", "dimension", "value", name=op.f("pk_question_counts")),
    )
    op.create_table(
        "unanswered_questions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('out_of_scope', 'did_you_mean', 'not_understood')",
            name=op.f("ck_unanswered_questions_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_unanswered_questions_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered_questions")),
        sa.UniqueConstraint("uid", name=op.f("uq_unanswered_questions_uid")),
        sqlite_autoincrement=True,
    )
    for column in ("conversation_id", "asked_on"):
        op.create_index(op.f(f"ix_unanswered_questions_{column}"), "unanswered_questions", [column])
    op.create_table(
        "case_checklists",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("checklist", sa.String(length=48), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_checklists_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_checklists")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_checklists_uid")),
        sa.UniqueConstraint("case_id", "checklist", name=op.f("uq_case_checklists_case_id_checklist")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_case_checklists_case_id"), "case_checklists", ["case_id"])


def downgrade() -> None:
    for table in ("case_checklists", "unanswered_questions", "question_counts", "switched_off"):
        op.drop_table(table)
