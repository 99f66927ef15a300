"""Run migrations: ``python -m webhook.database migrate [REVISION] | downgrade REVISION | status | new MESSAGE``."""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from webhook.database import Database, DatabaseUnavailable, default_database, normalised_errors

USE = "Use: python -m webhook.database migrate [REVISION] | downgrade REVISION | status | new MESSAGE"


def configuration(database: Database) -> Config:
    """Return Alembic's configuration for a database; its address is handed over in memory, never printed."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["database"] = database
    return config


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the schema up to a revision. Raises DatabaseUnavailable."""
    with normalised_errors():
        command.upgrade(configuration(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to a revision (``base`` is empty). Raises DatabaseUnavailable."""
    with normalised_errors():
        command.downgrade(configuration(database), revision)


def current(database: Database) -> str | None:
    """Return the revision the database is at. Raises DatabaseUnavailable."""
    with normalised_errors(), database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the newest revision of the code."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return ScriptDirectory.from_config(config).get_current_head()


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    from webhook.settings import get_settings, prepare_var

    try:
        prepare_var(get_settings())
        database = default_database()
        match arguments:
            case ["migrate"]:
                migrate(database)
            case ["migrate", revision]:
                migrate(database, revision)
            case ["downgrade", revision]:
                downgrade(database, revision)
            case ["status"]:
                print(f"The database is at {current(database) or 'nothing'}, the code at {newest()}.")
            case ["new", message]:
                # Written from the difference between the models and this database; read it before it is committed.
                command.revision(configuration(database), message, autogenerate=True)
            case _:
                print(USE, file=sys.stderr)
                return 2
    except DatabaseUnavailable:
        print("The database cannot be reached.", file=sys.stderr)
        return 1
    return 0
