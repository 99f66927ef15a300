"""What waits: measured for the operator, counts only."""

from __future__ import annotations

from sqlalchemy import func, select

from webhook import metrics
from webhook.cases.models import Case
from webhook.conversations.alerts import count_undelivered
from webhook.conversations.inbound import count_waiting
from webhook.database import Database
from webhook.notifications import outbox
from webhook.privacy.erasure import count_waiting_steps
from webhook.privacy.retention import overdue
from webhook.spool import Spool


def measure(database: Database, spool: Spool) -> None:
    """Set the gauges of what waits: just before the metrics are read.

    Raises DatabaseUnavailable after the journal has been measured: the journal is what grows then.
    """
    metrics.SPOOL_BYTES.set(spool.size())
    with database.unit_of_work(read_only=True) as db:
        metrics.WAITING_MESSAGES.set(count_waiting(db=db))
        metrics.WAITING_ALERTS.set(count_undelivered(db=db))
        metrics.WAITING_NOTICES.set(outbox.count_waiting(db=db))
        metrics.UNREAD_EMERGENCIES.set(db.scalar(select(func.count(Case.id)).where(Case.alarm_at.is_not(None))) or 0)
        metrics.WAITING_ERASURES.set(count_waiting_steps(db))
        metrics.OVERDUE_TEXTS.set(overdue(db))
