"""How long each table keeps what, and the purge that holds to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from webhook.settings import get_settings


def text_expires_at(received_at: datetime) -> datetime:
    """Return when the words of a message received then are emptied."""
    return received_at + timedelta(days=get_settings().text_days)
