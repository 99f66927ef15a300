"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webhook.database import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


UNANSWERED = "direction = 'in' AND answered_at IS NULL"


def where(condition: str) -> dict[str, sa.TextClause]:
    """Say for both databases which rows an index holds."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("pseudonym", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("highest_risk", sa.String(length=16), nullable=False),
        sa.Column("last_seen", sa.Date(), nullable=False),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("delete_asked_at", UtcDateTime(), nullable=True),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.Column("kept", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_conversations_pseudonym")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "deletions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletions")),
        sa.UniqueConstraint("reference", name=op.f("uq_deletions_reference")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "drained_records",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("drained_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drained_records")),
    )
    with op.batch_alter_table("drained_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drained_records_drained_at"), ["drained_at"], unique=False)

    op.create_table(
        "early_callbacks",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("error_code", sa.String(length=16), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_callbacks")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("early_callbacks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_early_callbacks_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_early_callbacks_received_at"), ["received_at"], unique=False)

    op.create_table(
        "opt_outs",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("pseudonym", sa.String(length=80), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "pseudonym", name=op.f("pk_opt_outs")),
    )
    op.create_table(
        "erasure_steps",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("deletion_id", BIG_ID, nullable=False),
        sa.Column("store", sa.String(length=32), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("target", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deletion_id"], ["deletions.id"], name=op.f("fk_erasure_steps_deletion_id_deletions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_steps")),
        sa.UniqueConstraint("deletion_id", "store", name=op.f("uq_erasure_steps_deletion_id_store")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("erasure_steps", schema=None) as batch_op:
        batch_op.create_index("ix_erasure_steps_done_at", ["done_at"], unique=False)

    op.create_table(
        "menus",
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_menus_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_menus")),
    )
    with op.batch_alter_table("menus", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_menus_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "messages",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("sender", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("error_code", sa.String(length=16), nullable=True),
        sa.Column("in_reply_to", BIG_ID, nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_messages_direction")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_messages_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["in_reply_to"], ["messages.id"], name=op.f("fk_messages_in_reply_to_messages"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("provider", "provider_id", name=op.f("uq_messages_provider_provider_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_messages_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("ix_messages_conversation_id_id", ["conversation_id", "id"], unique=False)
        batch_op.create_index("ix_messages_unanswered", ["id"], **where(UNANSWERED))
        batch_op.create_index("ix_messages_unanswered_of_one", ["conversation_id", "id"], **where(UNANSWERED))
        batch_op.create_index("ix_messages_holding_words", ["expires_at"], **where("payload IS NOT NULL"))
        batch_op.create_index(batch_op.f("ix_messages_in_reply_to"), ["in_reply_to"], unique=False)

    op.create_table(
        "sealed_numbers",
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_sealed_numbers_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_sealed_numbers")),
    )
    op.create_table(
        "web_sessions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_web_sessions_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_sessions_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_sessions_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_sessions_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "alerts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", BIG_ID, nullable=True),
        sa.Column("message_id", BIG_ID, nullable=True),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("opted_out", sa.Boolean(), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("level IN ('high', 'emergency')", name=op.f("ck_alerts_level")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_alerts_conversation_id_conversations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_alerts_message_id_messages"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("uid", name=op.f("uq_alerts_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alerts_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alerts_message_id"), ["message_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alerts_message_id"))
        batch_op.drop_index(batch_op.f("ix_alerts_conversation_id"))

    op.drop_table("alerts")
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_sessions_expires_at"))
        batch_op.drop_index(batch_op.f("ix_web_sessions_conversation_id"))

    op.drop_table("web_sessions")
    op.drop_table("sealed_numbers")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_in_reply_to"))
        batch_op.drop_index("ix_messages_holding_words")
        batch_op.drop_index("ix_messages_unanswered_of_one")
        batch_op.drop_index("ix_messages_unanswered")
        batch_op.drop_index("ix_messages_conversation_id_id")

    op.drop_table("messages")
    with op.batch_alter_table("menus", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_menus_expires_at"))

    op.drop_table("menus")
    with op.batch_alter_table("erasure_steps", schema=None) as batch_op:
        batch_op.drop_index("ix_erasure_steps_done_at")

    op.drop_table("erasure_steps")
    op.drop_table("opt_outs")
    with op.batch_alter_table("early_callbacks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_early_callbacks_received_at"))
        batch_op.drop_index(batch_op.f("ix_early_callbacks_provider_id"))

    op.drop_table("early_callbacks")
    with op.batch_alter_table("drained_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drained_records_drained_at"))

    op.drop_table("drained_records")
    op.drop_table("deletions")
    op.drop_table("conversations")
