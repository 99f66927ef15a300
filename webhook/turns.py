"""One turn of a conversation: what was known before a message, and what is written down after its steps.

The steps in between hold no transaction: while Rasa thinks, nothing in the database is locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webhook import choices, listening, steps
from webhook.cases import service as cases
from webhook.channels.messages import choices_of, phone_replies, web_replies
from webhook.conversations import service
from webhook.conversations.inbound import APOLOGISED, FAREWELL
from webhook.conversations.models import Conversation, Message
from webhook.conversations.outbound import HELD
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.privacy.erasure import request_erasure
from webhook.questions import noting as questions
from webhook.stepping.checking import SIGNS_TOLD
from webhook.stepping.language_steps import LANGUAGE_WISHED
from webhook.stepping.languages import LANGUAGE_TALK
from webhook.stepping.talking import PERSON_ASKED
from webhook.steps import Channel, Context, Known, Order
from webhook.switches import service as switches
from webhook.switches.off import LANGUAGE_OFF_TOLD
from webhook.translation import answers
from webhook.words import gentle

log = logger(__name__)

LATE_NOTICE = "late_notice"
"""The kind, in the database, of the neutral line: it is sent however late it is. Outside it is a notice."""
NOT_SENT = ("failed", "undelivered")
LATE_CHOICES = "late_choices"
"""Kept with a conversation: what the numbers in its last reply mean, should it be held back."""
NOT_KEPT = ("language", LANGUAGE_WISHED, choices.SHARING, PERSON_ASKED, SIGNS_TOLD, questions.NOT_UNDERSTOOD)
"""What the dialogue asks to keep and is kept elsewhere: with the conversation's row, or in its case."""
FIRST_RETRY = timedelta(seconds=20)
LONGEST_RETRY = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Turn:
    """A message that somebody holds the lease of, ready for its steps."""

    message_id: int
    conversation_id: int
    lease: str | None
    received_at: datetime
    attempts: int
    apologised: bool
    alert_uid: str
    context: Context


def read(db: Session, gateway: Gateway, message: Message, lease: str | None) -> Turn | None:
    """What is known before the steps; None when the conversation was erased or its words have expired."""
    conversation = db.get(Conversation, message.conversation_id)
    content = service.read_content(gateway.vault, message)
    if conversation is None or conversation.erased_at is not None or content is None:
        return None
    channel: Channel = _channel(conversation.channel)
    chosen = service.resolve_menu(db=db, vault=gateway.vault, conversation=conversation, said=content.text)
    asked = conversation.delete_asked_at
    patience = timedelta(minutes=gateway.settings.delete_confirm_minutes)
    kept = service.kept(vault=gateway.vault, conversation=conversation)
    silent = _silent(db, gateway, conversation, message)
    known = Known(
        language=conversation.language,
        language_chosen=conversation.language_chosen,
        language_talk=kept.get(LANGUAGE_TALK) or {},
        opted_out=service.is_opted_out(db=db, channel=channel, pseudonym=conversation.pseudonym),
        delete_asked=asked is not None and utc_now() - asked <= patience,
        intent=chosen.intent if chosen else None,
        said=content.text if chosen else None,
        level=conversation.highest_risk,
        risk=kept.get("risk") or {},
        gentle=kept.get("gentle") or {},
        high_words_given=bool(kept.get("high_words")),
        choice_offered=bool(kept.get("choice_offered")),
        choice_open=bool(kept.get("choice_open")),
        check_open=bool(kept.get("check_open")) and not silent,
        check_waits=bool(kept.get("check_waits")),
        check_paused=bool(kept.get("check_paused")) and not silent,
        calendar=kept.get("calendar"),
        silent=silent,
        case=choices.case_so_far(db, conversation),
        off=switches.off(db),
        language_off_told=kept.get(LANGUAGE_OFF_TOLD),
        taken_over=conversation.taken_over,
    )
    context = Context(
        text=chosen.title if chosen else content.text,
        channel=channel,
        pseudonym=conversation.pseudonym,
        message=message.uid,
        received_at=message.received_at,
        media=content.media,
        media_kind=content.topic or "",
        known=known,
        dialogue=gateway.rasa,
    )
    return Turn(
        message_id=message.id,
        conversation_id=conversation.id,
        lease=lease,
        received_at=message.received_at,
        attempts=message.attempts,
        apologised=message.status == APOLOGISED,
        alert_uid=service.alert_uid(
            provider=message.provider, provider_id=message.provider_id or message.uid, pseudonym=conversation.pseudonym
        ),
        context=context,
    )


def _silent(db: Session, gateway: Gateway, conversation: Conversation, message: Message) -> bool:
    """Whether the worker comes back after so long that nothing of before may be spoken of first."""
    last = service.last_inbound_at(db=db, conversation=conversation, before=message.id)
    return last is not None and message.received_at - last > timedelta(minutes=gateway.settings.silence_minutes)


def _channel(name: str) -> Channel:
    if name == "web":
        return "web"
    return "whatsapp" if name == "whatsapp" else "sms"


def write(db: Session, gateway: Gateway, turn: Turn) -> list[Message]:
    """Write down what the steps found and return the replies kept. Raises LeaseLost: then nothing may be kept.

    Nothing is said when the conversation was erased meanwhile.
    """
    conversation = service.lock(db=db, conversation_id=turn.conversation_id)
    if conversation is None:
        return []
    context = turn.context
    _note_findings(db, gateway, turn, conversation)
    listening.hear(db, gateway, conversation, context)
    if context.status.startswith("error_"):
        return _apologise(db, gateway, turn, conversation)
    context.drafts[:] = answers.with_translations(db, context.drafts, context.answers_in)
    service.mark_answered(db=db, message_id=turn.message_id, lease=turn.lease)
    _follow_orders(db, gateway, conversation, context)
    _keep(db, gateway, turn, conversation)
    erases = Order.ERASE in context.orders
    if erases and context.channel != "web" and is_late(gateway, turn.received_at):
        context.drafts.clear()  # the farewell can no longer be said, and nothing may be held back of what is erased
    said = (_say_on_web if context.channel == "web" else _say_on_phone)(db, gateway, turn, conversation)
    if erases and context.channel != "web" and said and gateway.twilio is not None:
        said[-1].kind = FAREWELL  # it goes out first
    elif erases:
        # In this transaction: who was told that everything is deleted must not depend on what comes after it.
        order = db.get(Message, turn.message_id) if context.channel != "web" else None
        request_erasure(db=db, vault=gateway.vault, conversation=conversation, order=order)
    return said


def _say_on_web(db: Session, gateway: Gateway, turn: Turn, conversation: Conversation) -> list[Message]:
    menu = _set_menu(db, gateway, conversation, turn.context)
    return service.record_replies(
        db=db,
        vault=gateway.vault,
        conversation_id=conversation.id,
        replies=web_replies(turn.context.drafts, menu),
        in_reply_to=turn.message_id,
    )


def _note_findings(db: Session, gateway: Gateway, turn: Turn, conversation: Conversation) -> None:
    context = turn.context
    if context.language_sure and not conversation.language_chosen and conversation.language != context.language:
        conversation.language = context.language
        cases.follow_language(db=db, conversation=conversation)
    service.raise_risk(db=db, conversation=conversation, level=context.level)
    if context.alarms:
        _alert(db, gateway, turn, conversation)


def _alert(db: Session, gateway: Gateway, turn: Turn, conversation: Conversation) -> None:
    """Write the alert down, and bring it before SHOP at once where that can be done."""
    context = turn.context
    shown = cases.shown(context.text, context.level, context.signs)
    shown += tuple(cases.Shown(sign.id, sign.level) for sign in context.earlier_signs)
    uid = turn.alert_uid
    service.raise_alert(
        db=db,
        uid=uid,
        level=context.level,
        channel=context.channel,
        conversation_id=conversation.id,
        message_id=turn.message_id,
        opted_out=context.known.opted_out,
        raised_at=turn.received_at,
        language=context.language,
        signs=service.close_signs(vault=gateway.vault, uid=uid, signs=[sign.dump() for sign in shown]),
    )
    cases.deliver_now(db=db, vault=gateway.vault, uid=uid)


def _apologise(db: Session, gateway: Gateway, turn: Turn, conversation: Conversation) -> list[Message]:
    """Say so once, if that can still be said now; the message stays a job."""
    now = utc_now()
    at = now + wait_after(turn.attempts)
    if now - turn.received_at > GIVE_UP_AFTER:
        log.error("message_given_up", attempts=turn.attempts)
        service.mark_answered(db=db, message_id=turn.message_id, lease=turn.lease)
        return []
    on_phone = turn.context.channel != "web"
    if turn.apologised or (on_phone and is_late(gateway, turn.received_at)):
        service.try_again(db=db, message_id=turn.message_id, lease=turn.lease, at=at)
        return []
    service.mark_apologised(db=db, message_id=turn.message_id, lease=turn.lease, try_again_at=at)
    drafts = turn.context.drafts
    return service.record_replies(
        db=db,
        vault=gateway.vault,
        conversation_id=conversation.id,
        replies=phone_replies(drafts) if on_phone else web_replies(drafts, ()),
        in_reply_to=turn.message_id,
        provider="twilio" if on_phone else "web",
        status="queued" if on_phone else "sent",
        now=turn.received_at if on_phone else None,
    )


def _follow_orders(db: Session, gateway: Gateway, conversation: Conversation, context: Context) -> None:
    channel, pseudonym = conversation.channel, conversation.pseudonym
    for order in context.orders:
        if order is Order.OPT_OUT:
            service.opt_out(db=db, channel=channel, pseudonym=pseudonym)
        elif order is Order.OPT_IN:
            service.opt_in(db=db, channel=channel, pseudonym=pseudonym)
        elif order is Order.ASK_DELETE:
            conversation.delete_asked_at = utc_now()
        elif order is Order.READ_LATE:
            _release(db, gateway, conversation, context)
        elif order is Order.TAKE_BACK:
            choices.take_back(db, gateway, conversation, context)
        elif order is Order.RETURN_PHRASE:
            choices.give_return_phrase(db, gateway, conversation, context)
        elif order is Order.NOTE_JOKE:
            cases.note_joke(db=db, conversation=conversation)
    if Order.ASK_DELETE not in context.orders:
        conversation.delete_asked_at = None


def _release(db: Session, gateway: Gateway, conversation: Conversation, context: Context) -> None:
    """Send what was held back, now that it was asked for, and let its numbers mean again what they say."""
    if not service.release_held(db=db, conversation=conversation):
        context.say("late_reply_gone")
        return
    kept = service.kept(vault=gateway.vault, conversation=conversation).get(LATE_CHOICES) or []
    context.unlisted.extend((str(title), str(intent)) for title, intent in kept)


def _keep(db: Session, gateway: Gateway, turn: Turn, conversation: Conversation) -> None:
    context = turn.context
    choices.write(db, gateway, conversation, context, cause=turn.alert_uid, message_id=turn.message_id)
    values: dict[str, Any] = {k: value for k, value in context.keep.items() if k not in NOT_KEPT}
    before = service.kept(vault=gateway.vault, conversation=conversation)
    questions.note(
        db=db, vault=gateway.vault, conversation=conversation, context=context, counted=before.get(questions.COUNTED),
        at=turn.received_at,
    )  # fmt: skip
    values |= {**context.notes, **choices.withheld(before, context.keep)}
    chosen = context.keep.get("language")
    if isinstance(chosen, str) and chosen:
        conversation.language, conversation.language_chosen = chosen, True
        cases.follow_language(db=db, conversation=conversation)
    if Order.READ_LATE not in context.orders and context.channel != "web":
        values[LATE_CHOICES] = choices_of(context.drafts) or None
    if values:
        service.keep(db=db, vault=gateway.vault, conversation=conversation, values=values)


def concerns_a_case(context: Context) -> bool:
    """Whether SHOP may have news: a person was asked for, or the sharing choice was made."""
    return bool(
        context.keep.get(PERSON_ASKED) or context.keep.get(choices.SHARING) or context.status == "silent_taken_over"
    )


def _set_menu(db: Session, gateway: Gateway, conversation: Conversation, context: Context) -> list[service.MenuItem]:
    choices = [*choices_of(context.drafts), *context.unlisted]
    return service.set_menu(db=db, vault=gateway.vault, conversation=conversation, choices=choices)


def _say_on_phone(db: Session, gateway: Gateway, turn: Turn, conversation: Conversation) -> list[Message]:
    context = turn.context
    to_phone: dict[str, Any] = {
        "db": db,
        "vault": gateway.vault,
        "conversation_id": conversation.id,
        "provider": "twilio",
    }
    if not is_late(gateway, turn.received_at) or not context.drafts:
        _set_menu(db, gateway, conversation, context)
        # Their age counts from the question: what cannot be sent soon is held back by the sender too.
        kept = service.record_replies(
            **to_phone,
            replies=phone_replies(context.drafts),
            in_reply_to=turn.message_id,
            status="queued",
            now=turn.received_at,
        )
        asks_nothing = not context.unlisted and not choices_of(context.drafts) and Order.ERASE not in context.orders
        if asks_nothing and service.has_held(db=db, conversation=conversation):
            kept += offer_late(db, gateway, conversation)
        return kept
    held = service.record_replies(
        **to_phone, replies=phone_replies(context.drafts), in_reply_to=turn.message_id, status="held"
    )
    return held if is_announced(db, conversation) else held + offer_late(db, gateway, conversation)


def offer_late(db: Session, gateway: Gateway, conversation: Conversation) -> list[Message]:
    """One neutral line that names no subject: there is a reply, and how to read it."""
    set_late_menu(db, gateway, conversation)
    said = gentle("late_reply", lang=conversation.language or "en")
    content = service.Content(said.text.replace("{number}", "1"), said.language, said.direction)
    return service.record_replies(
        db=db,
        vault=gateway.vault,
        conversation_id=conversation.id,
        replies=[service.Reply(LATE_NOTICE, content)],
        provider="twilio",
        status="queued",
    )


def is_announced(db: Session, conversation: Conversation) -> bool:
    """Whether the neutral line has gone out for what is held back: the worker knows that 1 reads it."""
    first_held = select(func.min(Message.id)).where(Message.conversation_id == conversation.id, Message.status == HELD)
    told = select(Message.id).where(
        Message.conversation_id == conversation.id,
        Message.kind == LATE_NOTICE,
        Message.status.not_in(NOT_SENT),
        Message.id > first_held.scalar_subquery(),
    )
    return db.scalars(told.limit(1)).first() is not None


def set_late_menu(db: Session, gateway: Gateway, conversation: Conversation) -> None:
    """Let 1 mean: read what was held back."""
    service.set_menu(db=db, vault=gateway.vault, conversation=conversation, choices=[("1", steps.READ_LATE)])


def wait_after(attempts: int) -> timedelta:
    """How long until the next try after so many."""
    doublings = min(max(attempts - 1, 0), 10)
    return min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY)


def is_late(gateway: Gateway, since: datetime) -> bool:
    """Whether a reply to what came then may no longer be pushed with its content."""
    return utc_now() - since > timedelta(minutes=gateway.settings.late_reply_minutes)
