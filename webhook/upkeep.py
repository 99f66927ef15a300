"""Keeping house: erasing what a worker ordered to be erased, and the daily purge."""

from __future__ import annotations

from collections.abc import Mapping

from webhook import metrics
from webhook.cases import service as cases
from webhook.channels.twilio_client import TryAgainLater
from webhook.conversations import service
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.privacy import erasure, retention
from webhook.privacy.erasure import Eraser, ErasureNotConfirmed, Target
from webhook.rasa_client import RasaUnavailable


def begin_erasure(gateway: Gateway, conversation_id: int) -> None:
    """Mark a conversation for erasure in every store and nudge the worker. Raises DatabaseUnavailable."""
    with gateway.database.unit_of_work() as db:
        conversation = service.lock(db=db, conversation_id=conversation_id)
        if conversation is not None:
            erasure.request_erasure(db=db, vault=gateway.vault, conversation=conversation)
    gateway.jobs.erase()


def run_erasures(gateway: Gateway) -> dict[str, int]:
    """Ask every store that has not confirmed yet. Raises DatabaseUnavailable."""
    return erasure.run_erasures(database=gateway.database, vault=gateway.vault, erasers=erasers(gateway))


def erasers(gateway: Gateway) -> Mapping[str, Eraser]:
    """How each store forgets a person."""

    def tracker(target: Target) -> int:
        try:
            gateway.rasa.forget(target.pseudonym)
        except RasaUnavailable:
            raise ErasureNotConfirmed("tracker") from None
        return 1

    def twilio(target: Target) -> int:
        if not target.provider_ids:
            return 0
        if gateway.twilio is None:
            raise ErasureNotConfirmed("twilio")
        try:
            return sum(1 for sid in target.provider_ids if gateway.twilio.delete(sid))
        except TryAgainLater:
            raise ErasureNotConfirmed("twilio") from None

    return {
        "database": erasure.database_eraser(gateway.database),
        "spool": erasure.spool_eraser(gateway.spool),
        "tracker": tracker,
        "twilio": twilio,
    }


def purge(gateway: Gateway) -> dict[str, int]:
    """Hold every table and file to its time. Raises DatabaseUnavailable."""
    now = utc_now()
    cases.keep_expiring(gateway.database, gateway.vault, now=now)
    counts = retention.purge(gateway.database, now=now, settings=gateway.settings)
    counts["files"] = retention.purge_files(gateway.settings.spool_directory, settings=gateway.settings)
    gateway.told.purge()
    metrics.count(metrics.ROWS_PURGED, sum(counts.values()))
    return counts
