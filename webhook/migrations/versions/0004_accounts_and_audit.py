"""Accounts of staff, and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from webhook.database import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

UNCHANGED = "an entry of the audit log is never changed"


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("act", sa.String(length=48), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=True),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("previous_at", UtcDateTime(), nullable=True),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("mark", name=op.f("uq_audit_entries_mark")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entries_about", ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_staff"), ["staff"], unique=False)

    op.create_table(
        "staff_accounts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("totp", sa.LargeBinary(), nullable=True),
        sa.Column("totp_step", BIG_ID, nullable=False),
        sa.Column("identity", sa.String(length=255), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("last_seen", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "role IN ('officer', 'supervisor', 'content_editor', 'auditor', 'administrator')",
            name=op.f("ck_staff_accounts_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_accounts_email")),
        sa.UniqueConstraint("identity", name=op.f("uq_staff_accounts_identity")),
        sa.UniqueConstraint("uid", name=op.f("uq_staff_accounts_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "staff_failed_tries",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_failed_tries")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("staff_failed_tries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_failed_tries_at"), ["at"], unique=False)
        batch_op.create_index("ix_staff_failed_tries_who_at", ["who", "at"], unique=False)

    op.create_table(
        "staff_devices",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_accounts.id"],
            name=op.f("fk_staff_devices_account_id_staff_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_devices_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("staff_devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_devices_account_id"), ["account_id"], unique=False)

    op.create_table(
        "staff_links",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_accounts.id"],
            name=op.f("fk_staff_links_account_id_staff_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_links_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("staff_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_links_account_id"), ["account_id"], unique=False)

    op.create_table(
        "staff_recovery_codes",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_accounts.id"],
            name=op.f("fk_staff_recovery_codes_account_id_staff_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_recovery_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_staff_recovery_codes_code_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("staff_recovery_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_recovery_codes_account_id"), ["account_id"], unique=False)

    op.create_table(
        "staff_sessions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("code_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("stage IN ('code', 'full')", name=op.f("ck_staff_sessions_stage")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_accounts.id"],
            name=op.f("fk_staff_sessions_account_id_staff_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_sessions_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_sessions_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_sessions_expires_at"), ["expires_at"], unique=False)
    _refuse_changes()


def downgrade() -> None:
    _allow_changes()
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_sessions_expires_at"))
        batch_op.drop_index(batch_op.f("ix_staff_sessions_account_id"))

    op.drop_table("staff_sessions")
    with op.batch_alter_table("staff_recovery_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_recovery_codes_account_id"))

    op.drop_table("staff_recovery_codes")
    with op.batch_alter_table("staff_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_links_account_id"))

    op.drop_table("staff_links")
    with op.batch_alter_table("staff_devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_devices_account_id"))

    op.drop_table("staff_devices")
    with op.batch_alter_table("staff_failed_tries", schema=None) as batch_op:
        batch_op.drop_index("ix_staff_failed_tries_who_at")
        batch_op.drop_index(batch_op.f("ix_staff_failed_tries_at"))

    op.drop_table("staff_failed_tries")
    op.drop_table("staff_accounts")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_staff"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_at"))
        batch_op.drop_index("ix_audit_entries_about")

    op.drop_table("audit_entries")


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE ON audit_entries "
            f"BEGIN SELECT RAISE(ABORT, '{UNCHANGED}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION audit_entries_unchanged() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{UNCHANGED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION audit_entries_unchanged()"
    )


def _allow_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_entries_unchanged")
        return
    op.execute("DROP TRIGGER audit_entries_unchanged ON audit_entries")
    op.execute("DROP FUNCTION audit_entries_unchanged()")
