"""Answering the messages that wait: claimed one at a time, taken through the steps, written down with their replies.

Safe to run twice and at once in several processes: a message is answered by whoever holds its lease, once.
"""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from webhook import delivery_statuses, door, metrics, shop, steps, turns
from webhook.conversations import service
from webhook.conversations.models import Message
from webhook.database import DatabaseUnavailable, utc_now
from webhook.delivery_statuses import STATUS, FollowUp
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.translation.packages import installed
from webhook.turns import Turn

log = logger(__name__)


def answer_waiting(gateway: Gateway, most: int = 100) -> int:
    """Answer up to `most` waiting messages; return how many were taken up. Raises DatabaseUnavailable."""
    taken = 0
    while taken < most:
        turn = claim_one(gateway)
        if turn is None:
            break
        answer_or_put_off(gateway, turn)
        taken += 1
    if taken:
        gateway.jobs.send()
    return taken


def claim_one(gateway: Gateway) -> Turn | None:
    """Take the oldest waiting message of a conversation that nobody works on. Raises DatabaseUnavailable."""
    while True:
        with gateway.database.unit_of_work() as db:
            claimed = service.claim_waiting(db=db, limit=1)
            if not claimed:
                return None
            message = claimed[0]
            try:
                turn = turns.read(db, gateway, message, message.lease)
            except SQLAlchemyError:
                raise
            except Exception as fault:
                # The key it was closed with is not here, or what was kept cannot be read. The others must not wait.
                log.error("message_cannot_be_opened", exc_info=fault)
                service.try_again(db=db, message_id=message.id, lease=message.lease, at=utc_now() + turns.LONGEST_RETRY)
                continue
            if turn is not None:
                return turn
            # Its words have expired: there is nothing left to answer.
            service.mark_answered(db=db, message_id=message.id, lease=message.lease)


def answer_or_put_off(gateway: Gateway, turn: Turn) -> list[Message] | None:
    """The same as `answer`; after a fault of ours an apology, and the message waits. It keeps no other one waiting.

    None when not even the apology could be written down. Raises DatabaseUnavailable.
    """
    try:
        return answer(gateway, turn)
    except DatabaseUnavailable:
        raise
    except Exception as fault:  # one message that breaks us must not stop the others
        log.error("turn_failed", exc_info=fault)
    try:
        return _apologise(gateway, turn)
    except DatabaseUnavailable:
        raise
    except Exception as fault:
        log.error("apology_failed", exc_info=fault)
    with gateway.database.unit_of_work() as db, suppress(service.LeaseLost):
        at = utc_now() + turns.wait_after(turn.attempts)
        service.try_again(db=db, message_id=turn.message_id, lease=turn.lease, at=at)
    return None


def _apologise(gateway: Gateway, turn: Turn) -> list[Message] | None:
    """Write down what must not be lost with a turn that failed: the danger it showed, and that the message waits."""
    steps.failed(turn.context, "error_turn")
    try:
        with gateway.database.unit_of_work() as db:
            replies = turns.write(db, gateway, turn)
    except service.LeaseLost:
        return None
    if turn.context.alarms:
        gateway.jobs.notify()
    return replies


def answer(gateway: Gateway, turn: Turn) -> list[Message] | None:
    """Take a claimed message through the steps and write down what comes of it.

    None when somebody else took it over meanwhile. Raises DatabaseUnavailable; the message then comes back.
    """
    steps.run(turn.context)
    try:
        with gateway.database.unit_of_work() as db:
            replies = turns.write(db, gateway, turn)
    except service.LeaseLost:
        log.info("turn_taken_over")
        return None
    channel = turn.context.channel
    if turn.context.alarms or turns.concerns_a_case(turn.context):
        gateway.jobs.notify()
    if installed():
        gateway.jobs.translate()
    if steps.Order.TAKE_BACK in turn.context.orders or steps.Order.ERASE in turn.context.orders:
        gateway.jobs.erase()
    metrics.count(metrics.MESSAGES_IN, channel=channel, outcome=outcome(turn))
    metrics.count(metrics.RISKS_SEEN, channel=channel, risk=turn.context.risk_level)
    metrics.observe(metrics.REPLY_SECONDS, max(0.0, (utc_now() - turn.received_at).total_seconds()), channel=channel)
    return replies


def outcome(turn: Turn) -> str:
    """What became of a message, for the counters."""
    family = turn.context.status.partition("_")[0]
    return {"answered": "answered", "silent": "silent", "error": "apologised"}.get(family, "failed")


def drain(gateway: Gateway) -> None:
    """Take the local journal over into the database, and answer what was in it."""
    follow_ups: list[FollowUp] = []
    taken_over_by = {**door.handlers(gateway), STATUS: delivery_statuses.taken_over_by(gateway, follow_ups)}
    try:
        counts = gateway.spool.drain(gateway.database, taken_over_by)
        if counts.taken_over:  # danger goes before everything else that was in it
            shop.bring(gateway)
            gateway.jobs.notify()
            gateway.jobs.answer()
    finally:
        # What is noted is not told again: a fault behind it, or with one of them, must not cost the others.
        for follow in follow_ups:
            try:
                follow()
            except Exception as fault:  # noqa: BLE001
                log.error("status_not_followed", error=type(fault).__name__)


def drain_quietly(gateway: Gateway) -> None:
    """The same, as an afterthought to an answer that was already given: the worker tries again later."""
    try:
        drain(gateway)
    except (DatabaseUnavailable, OSError):
        log.info("drain_put_off")
