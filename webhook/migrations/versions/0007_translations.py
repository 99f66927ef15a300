"""Machine translations: of a worker's words for an officer, of an officer's reply, and of our own answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webhook.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "case_translations",
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_translations_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "message_id", name=op.f("pk_case_translations")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_translations_uid")),
    )
    op.create_table(
        "reply_translations",
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_reply_translations_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_reply_translations")),
    )
    with op.batch_alter_table("reply_translations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_translations_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_translations_expires_at"), ["expires_at"], unique=False)
    op.create_table(
        "machine_answers",
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("english_hash", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("language", "english_hash", name=op.f("pk_machine_answers")),
    )
    with op.batch_alter_table("machine_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_machine_answers_made_at"), ["made_at"], unique=False)


def downgrade() -> None:
    for table in ("machine_answers", "reply_translations", "case_translations"):
        op.drop_table(table)
