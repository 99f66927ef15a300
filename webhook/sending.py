"""Sending what is queued for SMS and WhatsApp: in order within a conversation, each message until Twilio has taken it.

A process killed between Twilio's "taken" and our note of it sends that one message again: twice is better than never.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webhook import metrics, turns
from webhook.channels.twilio_client import (
    CannotBeReached,
    OutsideWindow,
    PersonOptedOut,
    PhoneChannel,
    TryAgainLater,
    TwilioSender,
)
from webhook.conversations import service
from webhook.conversations.models import Conversation, Message
from webhook.conversations.outbound import HELD, SENT
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.noting import note_patiently
from webhook.upkeep import begin_after_farewells

log = logger(__name__)

MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True)
class Letter:
    """One message ready to go. Its repr shows neither words nor number."""

    message_id: int
    conversation_id: int
    lease: str | None
    attempts: int
    channel: PhoneChannel
    number: str = field(repr=False)
    text: str = field(repr=False)


def send_waiting(gateway: Gateway, most: int = 200) -> int:
    """Send up to `most` queued messages; return how many were taken up. Raises DatabaseUnavailable.

    Without Twilio's credentials they stay queued, and are held back as late once the channel is on again.
    """
    taken = _send_queued(gateway, gateway.twilio, most) if gateway.twilio is not None else 0
    begin_after_farewells(gateway)
    return taken


def _send_queued(gateway: Gateway, twilio: TwilioSender, most: int) -> int:
    taken = 0
    while taken < most:
        with gateway.database.unit_of_work() as db:
            claimed = service.claim_outgoing(db=db, limit=1)
            letter = _prepare_or_put_off(db, gateway, claimed[0]) if claimed else None
        if not claimed:
            break
        taken += 1
        if letter is not None:
            _send_or_leave(gateway, twilio, letter)
    return taken


def _prepare_or_put_off(db: Session, gateway: Gateway, message: Message) -> Letter | None:
    try:
        return _prepare(db, gateway, message)
    except SQLAlchemyError:
        raise
    except Exception as fault:
        # The key it was closed with is not here, or what was kept cannot be read. The others must not wait for it.
        log.error("message_cannot_be_opened", exc_info=fault)
        service.send_again(db=db, message_id=message.id, lease=message.lease, at=utc_now() + LONGEST_WAIT)
        return None


def _prepare(db: Session, gateway: Gateway, message: Message) -> Letter | None:
    """What to send, or None when it may not be sent (any more)."""
    conversation = service.lock(db=db, conversation_id=message.conversation_id)
    content = service.read_content(gateway.vault, message)
    if conversation is None or content is None:
        _give_up(db, message, "expired")
        return None
    if service.is_opted_out(db=db, channel=conversation.channel, pseudonym=conversation.pseudonym):
        _give_up(db, message, "opted_out")
        return None
    number = service.number_of(db=db, vault=gateway.vault, conversation=conversation)
    channel: PhoneChannel = "whatsapp" if conversation.channel == "whatsapp" else "sms"
    if number is None or gateway.twilio is None or not gateway.twilio.sender.serves(channel):
        _give_up(db, message, "no_way_there")
        return None
    if message.kind != turns.LATE_NOTICE and turns.is_late(gateway, message.received_at):
        _hold_back(db, gateway, conversation)
        return None
    return Letter(message.id, conversation.id, message.lease, message.attempts, channel, number, content.text)


def _give_up(db: Session, message: Message, reason: str) -> None:
    service.mark_send_failed(db=db, message_id=message.id, lease=message.lease, error_code=reason)


def _hold_back(db: Session, gateway: Gateway, conversation: Conversation) -> None:
    """Everything queued for this person waits until it is asked for; one neutral line says so."""
    if hold(db, conversation) and not turns.is_announced(db, conversation):
        turns.offer_late(db, gateway, conversation)


def hold(db: Session, conversation: Conversation) -> int:
    """Hold back what is queued for a person, the neutral line excepted as it names nothing; return how many."""
    queued = db.scalars(
        select(Message).where(
            Message.conversation_id == conversation.id,
            Message.direction == "out",
            Message.provider == "twilio",
            Message.provider_id.is_(None),
            Message.kind != turns.LATE_NOTICE,
            Message.status.in_(("queued", "sending")),
        )
    ).all()
    for message in queued:
        message.status, message.lease, message.leased_until = HELD, None, None
    db.flush()
    return len(queued)


def _send_or_leave(gateway: Gateway, twilio: TwilioSender, letter: Letter) -> None:
    """The same as `_send`; where the message is no longer ours, because it was erased or held back, it is left."""
    try:
        _send(gateway, twilio, letter)
    except service.LeaseLost:
        log.info("message_taken_from_us")


def _send(gateway: Gateway, twilio: TwilioSender, letter: Letter) -> None:
    """Hand one message to Twilio and write down what it said. No transaction is open meanwhile."""
    try:
        sid = twilio.send(letter.channel, letter.number, letter.text)
    except PersonOptedOut as refused:
        _note(gateway, letter, "failed", refused.code, opted_out=True)
    except OutsideWindow:
        outside_window(gateway, letter.message_id, letter)
    except TryAgainLater as refused:
        if letter.attempts >= MOST_ATTEMPTS:
            _note(gateway, letter, "failed", refused.code)
            return
        asked = timedelta(seconds=min(refused.after or 0, LONGEST_WAIT.total_seconds()))
        wait = max(asked, min(FIRST_WAIT * 2**letter.attempts, LONGEST_WAIT))
        with gateway.database.unit_of_work() as db:
            service.send_again(db=db, message_id=letter.message_id, lease=letter.lease, at=utc_now() + wait)
    except CannotBeReached as refused:
        _note(gateway, letter, "failed", refused.code)
    else:
        _sent(gateway, letter, sid)


def _sent(gateway: Gateway, letter: Letter, sid: str) -> None:
    metrics.count(metrics.MESSAGES_OUT, channel=letter.channel, status="sent")

    def note() -> None:
        with gateway.database.unit_of_work() as db:
            message = db.get(Message, letter.message_id)
            if message is None or message.provider_id != sid:  # it was not noted at an earlier try
                service.mark_sent(
                    db=db, message_id=letter.message_id, lease=letter.lease, provider_id=sid, status="queued"
                )

    try:
        note_patiently(note)
    except service.LeaseLost:
        # The conversation was erased while Twilio took the message, or another process sent it as well.
        log.warning("sent_after_lease_was_lost")
        _forget_at_twilio(gateway, sid)


def _forget_at_twilio(gateway: Gateway, sid: str | None) -> None:
    """Delete a copy at Twilio that no row of ours names any more, as far as Twilio lets us now."""
    if sid is None or gateway.twilio is None:
        return
    try:
        gateway.twilio.delete(sid)
    except TryAgainLater as refused:
        log.warning("copy_not_deleted", code=refused.code)


def _note(gateway: Gateway, letter: Letter, status: str, code: int | None, opted_out: bool = False) -> None:
    metrics.count(metrics.MESSAGES_OUT, channel=letter.channel, status=status)
    log.warning("message_not_sent", channel=letter.channel, code=code)
    with gateway.database.unit_of_work() as db:
        service.mark_send_failed(
            db=db, message_id=letter.message_id, lease=letter.lease, error_code=str(code) if code else None
        )
        conversation = service.lock(db=db, conversation_id=letter.conversation_id)
        if opted_out and conversation is not None:
            service.opt_out(db=db, channel=conversation.channel, pseudonym=conversation.pseudonym)


def outside_window(gateway: Gateway, message_id: int, letter: Letter | None = None) -> None:
    """More than a day since the worker wrote on WhatsApp: keep the words, send the neutral template if there is one.

    The template takes the place of the neutral line, so that the line itself is not sent later.
    """
    with gateway.database.unit_of_work() as db:
        message = db.get(Message, message_id)
        conversation = service.lock(db=db, conversation_id=message.conversation_id) if message else None
        if message is None or conversation is None or message.lease != (letter.lease if letter else None):
            return
        is_line = message.kind == turns.LATE_NOTICE
        offered = not is_line and service.has_held(db=db, conversation=conversation)
        refused, message.provider_id, message.error_code = message.provider_id, None, None
        message.status, message.lease, message.leased_until = ("failed" if is_line else HELD), None, None
        hold(db, conversation)
        turns.set_late_menu(db, gateway, conversation)
        number = service.number_of(db=db, vault=gateway.vault, conversation=conversation)
    _forget_at_twilio(gateway, refused)
    if offered or number is None or gateway.twilio is None or gateway.twilio.sender.template is None:
        return
    try:
        gateway.twilio.send_template(number)
    except (PersonOptedOut, OutsideWindow, TryAgainLater, CannotBeReached) as refused:
        log.warning("template_not_sent", code=refused.code)
        return
    if is_line:
        with gateway.database.unit_of_work() as db:
            db.execute(update(Message).where(Message.id == message_id).values(status=SENT))
