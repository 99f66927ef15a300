"""Letting time pass for one conversation: its kept events are made older, as if the worker had been silent."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.sealing import Seal


def kept_events(database: Path, key: str, sender: str) -> list[dict[str, object]]:
    """What the tracker store keeps of a conversation."""
    with closing(sqlite3.connect(database)) as connection:
        row = connection.execute("SELECT sealed FROM rasa_conversation WHERE sender = ?", (sender,)).fetchone()
    return json.loads(Seal(key).open(row[0], sender)) if row else []


def let_pass(database: Path, key: str, sender: str, minutes: float) -> None:
    """Make every kept event of the conversation older by so many minutes."""
    events = kept_events(database, key, sender)
    for event in events:
        if event.get("timestamp"):
            event["timestamp"] = float(str(event["timestamp"])) - minutes * 60
    sealed = Seal(key).close(json.dumps(events).encode(), sender)
    with closing(sqlite3.connect(database, timeout=10)) as connection, connection:
        connection.execute("UPDATE rasa_conversation SET sealed = ? WHERE sender = ?", (sealed, sender))
