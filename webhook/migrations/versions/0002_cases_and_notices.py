"""Cases before SHOP, and the notices of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webhook.database import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def where(condition: str) -> dict[str, sa.TextClause]:
    """Say for both databases which rows an index holds."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("conversation_id", BIG_ID, nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("first_read_at", UtcDateTime(), nullable=True),
        sa.Column("news_at", UtcDateTime(), nullable=True),
        sa.Column("alarm_at", UtcDateTime(), nullable=True),
        sa.Column("deletion_asked_at", UtcDateTime(), nullable=True),
        sa.Column("copied_up_to", BIG_ID, nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("close_reason", sa.String(length=24), nullable=True),
        sa.CheckConstraint("level IN ('none', 'concern', 'high', 'emergency')", name=op.f("ck_cases_level")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_cases_conversation_id_conversations"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("cause", name=op.f("uq_cases_cause")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
        sa.UniqueConstraint("uid", name=op.f("uq_cases_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_closed_at"), ["closed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_opened_at"), ["opened_at"], unique=False)
        batch_op.create_index("ix_cases_ringing", ["alarm_at"], unique=False, **where("alarm_at IS NOT NULL"))
        batch_op.create_index(
            "uq_cases_open_conversation_id", ["conversation_id"], unique=True, **where("closed_at IS NULL")
        )
        batch_op.create_index("uq_cases_open_name", ["name"], unique=True, **where("closed_at IS NULL"))

    op.create_table(
        "case_choices",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("passed_on", sa.LargeBinary(), nullable=True),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_choices_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_choices")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_choices_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("case_choices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_choices_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_events",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("staff", sa.String(length=64), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_events_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_signs",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sign", sa.String(length=64), nullable=True),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("message_id", BIG_ID, nullable=True),
        sa.Column("shown_at", UtcDateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("level IN ('none', 'concern', 'high', 'emergency')", name=op.f("ck_case_signs_level")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_signs_case_id_cases"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_case_signs_message_id_messages"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_signs")),
        sa.UniqueConstraint("cause", "place", name=op.f("uq_case_signs_cause_place")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_signs_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("case_signs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_signs_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_signs_message_id"), ["message_id"], unique=False)

    op.create_table(
        "case_transcripts",
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("copied_at", UtcDateTime(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_transcripts_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_transcripts")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_transcripts_uid")),
    )
    op.create_table(
        "notices",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("queued_at", UtcDateTime(), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=32), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notices_case_id_cases"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_notices_case_id_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_notices_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_waiting", ["id"], unique=False, **where("status IN ('queued', 'sending')"))

    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("signs", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_column("signs")
        batch_op.drop_column("language")

    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("ix_notices_waiting")

    op.drop_table("notices")
    op.drop_table("case_transcripts")
    with op.batch_alter_table("case_signs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_signs_message_id"))
        batch_op.drop_index(batch_op.f("ix_case_signs_case_id"))

    op.drop_table("case_signs")
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_events_case_id"))

    op.drop_table("case_events")
    with op.batch_alter_table("case_choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_choices_case_id"))

    op.drop_table("case_choices")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("uq_cases_open_name")
        batch_op.drop_index("uq_cases_open_conversation_id")
        batch_op.drop_index("ix_cases_ringing")
        batch_op.drop_index(batch_op.f("ix_cases_opened_at"))
        batch_op.drop_index(batch_op.f("ix_cases_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_cases_closed_at"))

    op.drop_table("cases")
