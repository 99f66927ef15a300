"""Insert a row unless it is there already, or add to it, in one statement, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webhook.database import Base


def insert_new(db: Session, model: type[Base], **values: Any) -> bool:
    """Insert a row; return False when a unique key was taken (also by a transaction that commits meanwhile)."""
    key = next(iter(model.__table__.primary_key))
    statement = _insert(db)(model).values(**values).on_conflict_do_nothing().returning(key)
    return db.execute(statement).first() is not None


def add_one(db: Session, model: type[Base], counter: str, **key: Any) -> None:
    """Raise the counter of the row with this primary key by one; the row begins at one."""
    column = model.__table__.c[counter]
    statement = _insert(db)(model).values(**key, **{counter: 1})
    db.execute(statement.on_conflict_do_update(index_elements=list(key), set_={counter: column + 1}))


def _insert(db: Session) -> Any:
    return postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
