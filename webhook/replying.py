"""An officer talks to a worker: takes over, writes, hands back. The safe-contact rules decide how words leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from knowledge.language_words import machine_mark
from knowledge.languages import language
from webhook import turns
from webhook.cases import claims, notes, officer_messages, timeline
from webhook.cases.contact import Way, way_out
from webhook.cases.enums import Act, Actor, State
from webhook.cases.models import Case
from webhook.channels.messages import Draft, phone_replies, web_replies
from webhook.conversations import service
from webhook.conversations.models import Conversation, Message
from webhook.conversations.outbound import QUEUED, SENT
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen
from webhook.words import gentle

log = logger(__name__)

LONGEST = 1500


class NothingWritten(ValueError):
    """There are no words to send."""


class CannotBeSent(Exception):
    """STOP was said, or the conversation is not there any more."""


class NotTakenOver(Exception):
    """The service still talks to the worker: take over first."""


def way(db: Session, gateway: Gateway, case: Case, *, reason: bool = False, now: datetime | None = None) -> Way:
    """How words of an officer would leave now. Raises CannotOpen."""
    moment, settings = now or utc_now(), gateway.settings
    found = officer_messages.situation(
        db=db, vault=gateway.vault, case=case, silence=timedelta(minutes=settings.silence_minutes), now=moment
    )
    return way_out(found, now=moment, patience=timedelta(minutes=settings.late_reply_minutes), reason=reason)


def take_over(db: Session, gateway: Gateway, case: Case, staff: str) -> Way:
    """Silence the service in this conversation, and tell the worker that a person is here, as far as that may be.

    ``case`` is held (``claims.hold``). Raises CannotBeSent, CannotOpen.
    """
    conversation = _conversation(db, case)
    if conversation.taken_over:
        return Way.NOW
    conversation.taken_over = True
    timeline.note(db=db, case=case, act=Act.TAKEN_OVER, actor=Actor.OFFICER, staff=staff)
    chosen = way(db, gateway, case)
    if chosen is not Way.NOT_AT_ALL:
        said = gentle("officer_here", lang=conversation.language or "en")
        # Not even the neutral line is sent for a mere notice: it waits until the worker writes.
        chosen = Way.WHEN_WORKER_WRITES if chosen is Way.LINE_NOW else chosen
        _record(db, gateway, conversation, Draft("notice", said.text, said.language, said.direction), chosen, "service")
    db.flush()
    return chosen


def say(
    db: Session, gateway: Gateway, case: Case, staff: str, words: str, reason: str = "",
    translated: tuple[str, str] | None = None,
) -> Way:  # fmt: skip
    """Write to the worker. ``reason``: why the safe-contact plan is set aside; it is kept with the case.

    ``translated``: a machine's text that the officer has seen, and its language; it goes first, marked, and the
    officer's own words follow it.

    ``case`` is held. Raises NotTakenOver, NothingWritten, ReasonMissing, CannotBeSent, CannotOpen.
    """
    conversation = _conversation(db, case)
    text = words.strip()[:LONGEST]
    if not conversation.taken_over:
        raise NotTakenOver
    if not text:
        raise NothingWritten
    chosen = way(db, gateway, case)
    if reason.strip() and chosen is Way.WHEN_WORKER_WRITES:
        notes.add(db=db, vault=gateway.vault, case=case, kind=notes.CONTACT, words=reason, staff=staff)
        chosen = way(db, gateway, case, reason=True)
    if chosen is Way.NOT_AT_ALL:
        raise CannotBeSent
    if translated is not None:
        said, lang = translated
        marked = f"{machine_mark(lang)}\n{said}"
        _record(db, gateway, conversation, Draft("notice", marked, lang, language(lang).dir), chosen, "officer")
    _record(db, gateway, conversation, Draft("notice", text, "en"), chosen, "officer")
    claims.seen_by_holder(db=db, case=case)
    timeline.note(db=db, case=case, act=Act.REPLIED, actor=Actor.OFFICER, staff=staff, way=chosen)
    case.state = State.WAITING_FOR_WORKER
    db.flush()
    return chosen


def hand_back(db: Session, gateway: Gateway, case: Case, staff: str) -> None:
    """Let the service talk to the worker again; the worker is told only while they are there. Raises CannotOpen."""
    conversation = _conversation(db, case)
    if not conversation.taken_over:
        return
    if way(db, gateway, case) is Way.NOW:
        said = gentle("officer_gone", lang=conversation.language or "en")
        _record(
            db, gateway, conversation, Draft("notice", said.text, said.language, said.direction), Way.NOW, "service"
        )
    conversation.taken_over = False
    timeline.note(db=db, case=case, act=Act.HANDED_BACK, actor=Actor.OFFICER, staff=staff)
    if case.state == State.WAITING_FOR_WORKER:
        case.state = State.OPEN
    db.flush()


def leave(db: Session, gateway: Gateway, case: Case, staff: str) -> None:
    """Hand back before a case is put back or closed, where it was taken over. What cannot be read stops nothing."""
    conversation = service.lock(db=db, conversation_id=case.conversation_id) if case.conversation_id else None
    if conversation is None or not conversation.taken_over:
        return
    try:
        hand_back(db, gateway, case, staff)
    except CannotOpen:
        log.error("plan_cannot_be_opened")  # then the worker is not told, and the service talks all the same
        conversation.taken_over = False
        timeline.note(db=db, case=case, act=Act.HANDED_BACK, actor=Actor.OFFICER, staff=staff)


def _conversation(db: Session, case: Case) -> Conversation:
    conversation = service.lock(db=db, conversation_id=case.conversation_id) if case.conversation_id else None
    if conversation is None:
        raise CannotBeSent
    return conversation


def _record(
    db: Session, gateway: Gateway, conversation: Conversation, draft: Draft, chosen: Way, sender: str
) -> Sequence[Message]:
    on_phone = conversation.channel != "web"
    replies = [
        service.Reply(each.kind, each.content, sender)
        for each in (phone_replies([draft]) if on_phone else web_replies([draft], ()))
    ]
    kept = service.record_replies(
        db=db,
        vault=gateway.vault,
        conversation_id=conversation.id,
        replies=replies,
        provider="twilio" if on_phone else "web",
        status=officer_messages.STATUS.get(chosen, QUEUED if on_phone else SENT),
    )
    if chosen is Way.LINE_NOW and not turns.is_announced(db, conversation):
        turns.offer_late(db, gateway, conversation)
    return kept
