"""What Alembic runs: the models' metadata, on the database it is handed."""

from __future__ import annotations

from alembic import context

import webhook.accounts.models
import webhook.audit.models
import webhook.cases.desk_models
import webhook.cases.models
import webhook.conversations.models
import webhook.notifications.models
import webhook.privacy.models
import webhook.questions.models
import webhook.switches.models
import webhook.translation.models  # noqa: F401
from webhook.database import Base, Database, default_database

TWO_AT_ONCE = 4_207_401
"""PostgreSQL's advisory lock for migrations: of two processes that start together one waits for the other."""


def run() -> None:
    """Run the migrations in one transaction."""
    database: Database = context.config.attributes.get("database") or default_database()
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TWO_AT_ONCE})")
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


run()
