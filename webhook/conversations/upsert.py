"""Insert a row unless it is there already, in one statement, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webhook.database import Base


def insert_new(db: Session, model: type[Base], **values: Any) -> bool:
    """Insert a row; return False when a unique key was taken (also by a transaction that commits meanwhile)."""
    dialect = db.get_bind().dialect.name
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    table = model.__table__
    key = next(iter(table.primary_key))
    statement = insert(model).values(**values).on_conflict_do_nothing().returning(key)
    return db.execute(statement).first() is not None
