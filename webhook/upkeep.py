"""Keeping house: erasing what a worker ordered to be erased, and the daily purge."""

from __future__ import annotations

from collections.abc import Mapping

from webhook import metrics
from webhook.cases import service as cases
from webhook.channels.twilio_client import TryAgainLater
from webhook.conversations import service
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.privacy import erasure, retention
from webhook.privacy.erasure import Eraser, ErasureNotConfirmed, Target
from webhook.privacy.keyring import CannotOpen
from webhook.rasa_client import RasaUnavailable

log = logger(__name__)


def begin_after_farewells(gateway: Gateway) -> None:
    """Begin the erasures whose last words have left, or can no longer leave. Raises DatabaseUnavailable.

    The row of the farewell is the job: who is killed in between leaves it for the next round.
    """
    with gateway.database.unit_of_work(read_only=True) as db:
        said = service.bid_farewell(db=db)
    for conversation_id in said:
        try:
            begin_erasure(gateway, conversation_id)
        except CannotOpen:
            # A key is not here. It may come back; the others must not wait for it.
            log.error("erasure_not_begun")


def begin_erasure(gateway: Gateway, conversation_id: int) -> None:
    """Mark a conversation for erasure in every store and nudge the worker. Raises DatabaseUnavailable, CannotOpen.

    What came after the order begins a new conversation, and is answered there.
    """
    with gateway.database.unit_of_work() as db:
        conversation = service.lock(db=db, conversation_id=conversation_id)
        if conversation is not None:
            order = service.order_to_delete(db=db, conversation=conversation)
            erasure.request_erasure(db=db, vault=gateway.vault, conversation=conversation, order=order)
    gateway.jobs.erase()
    gateway.jobs.answer()


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
            for sid in target.provider_ids:
                gateway.twilio.delete(sid)
        except TryAgainLater:
            raise ErasureNotConfirmed("twilio") from None
        return len(target.provider_ids)

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
