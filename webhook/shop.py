"""Telling SHOP: alerts become cases, cases that wait are announced, emergencies nobody has read are announced again."""

from __future__ import annotations

from webhook.cases import claims, undelivered
from webhook.cases import service as cases
from webhook.gateway import Gateway
from webhook.notifications import service as notifications


def bring(gateway: Gateway) -> int:
    """Make cases of the alerts that have none yet; return how many. Raises DatabaseUnavailable."""
    return cases.deliver_alerts(database=gateway.database, vault=gateway.vault)


def tell(gateway: Gateway) -> int:
    """All of it; return how many notices the mail server took. Raises DatabaseUnavailable."""
    bring(gateway)
    claims.return_overdue(gateway.database)
    undelivered.note_failures(gateway.database)
    notifications.repeat_alarms(gateway.database, gateway.settings)
    return notifications.send_waiting(gateway.database, gateway.settings)
