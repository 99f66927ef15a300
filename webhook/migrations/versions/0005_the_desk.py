"""Who has a case, and what officers write on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webhook.database import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "case_hand_ons",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("body", sa.String(length=32), nullable=False),
        sa.Column("with_identity", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("basis IN ('nameless', 'worker_said_yes', 'danger')", name=op.f("ck_case_hand_ons_basis")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_hand_ons_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_hand_ons")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_hand_ons_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("case_hand_ons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_hand_ons_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_notes",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('note', 'identity', 'contact', 'hand_on')", name=op.f("ck_case_notes_kind")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
        sa.UniqueConstraint("uid", name=op.f("uq_case_notes_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("case_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_notes_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_marks",
        sa.Column("sign_id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_marks_case_id_cases"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sign_id"], ["case_signs.id"], name=op.f("fk_case_marks_sign_id_case_signs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sign_id", name=op.f("pk_case_marks")),
    )
    with op.batch_alter_table("case_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_marks_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("claimed_by", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("claimed_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("claim_until", UtcDateTime(), nullable=True))
        batch_op.create_index(
            "ix_cases_claimed",
            ["claim_until"],
            unique=False,
            sqlite_where=sa.text("claim_until IS NOT NULL"),
            postgresql_where=sa.text("claim_until IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_cases_claimed_by"), ["claimed_by"], unique=False)
        batch_op.create_index(
            "ix_cases_open",
            ["level", "opened_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )


def downgrade() -> None:
    for index in ("ix_cases_open", "ix_cases_claimed_by", "ix_cases_claimed"):
        op.drop_index(index)
    # Not by Alembic's batch: on SQLite that copies the table, and dropping the old one would take its children along.
    for column in ("claim_until", "claimed_at", "claimed_by"):
        op.execute(f"ALTER TABLE cases DROP COLUMN {column}")
    for table in ("case_marks", "case_notes", "case_hand_ons"):
        op.drop_table(table)
