"""Words that open a web conversation again: their slow hash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "return_phrases",
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("phrase_hash", sa.String(length=64), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_return_phrases_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_return_phrases")),
        sa.UniqueConstraint("phrase_hash", name=op.f("uq_return_phrases_phrase_hash")),
    )


def downgrade() -> None:
    op.drop_table("return_phrases")
