"""What happens while a worker waits at the door: is there danger now, and if so the fixed words, at once.

Nothing here needs Rasa, the worker, a translator or the database. What happened is written to the local journal first
and reaches the database when that can be reached.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webhook import metrics, spool_records, steps
from webhook.cases import service as cases
from webhook.channels.messages import phone_replies, web_replies
from webhook.conversations import service
from webhook.conversations.content import Content
from webhook.conversations.models import Conversation, Message
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen
from webhook.spool import Handler, SpoolRecord
from webhook.stepping.context import Reading
from webhook.steps import Channel, Context, Known

log = logger(__name__)

WORDS = "words"
"""The kind of journal record that holds what was said at the door."""
PATIENCE_SECONDS = 0.05
"""How long the door waits to learn what the database knows of a person in danger."""

_recalling = ThreadPoolExecutor(max_workers=4, thread_name_prefix="recall")


@dataclass(frozen=True)
class Arrival:
    """A genuine message as it came in. Its repr shows neither words nor number."""

    channel: Channel
    pseudonym: str
    provider: str
    provider_id: str
    text: str = field(repr=False)
    received_at: datetime
    media: int = 0
    media_kind: str = ""
    number: str | None = field(default=None, repr=False)
    session: str | None = field(default=None, repr=False)

    def content(self) -> Content:
        """What is kept of it. The kind of its media stands where a reply has its topic."""
        return Content(text=self.text, topic=self.media_kind or None, media=self.media)


def look(gateway: Gateway, arrival: Arrival) -> Context:
    """Language, risk and, in an emergency, the fixed words: the steps that need nothing but memory."""
    context = steps.run(_fresh(arrival, Known()), steps.AT_THE_DOOR)
    if context.risk_level != "emergency":
        return context
    known = recall(gateway, arrival)
    if known == Known():
        return context
    again = steps.run(_fresh(arrival, known, context.reading), steps.AT_THE_DOOR)
    if again.risk_level == "emergency":
        return again
    # Seen once is seen: a language chosen long ago does not take the danger back.
    return steps.run(_fresh(arrival, Known(opted_out=known.opted_out)), steps.AT_THE_DOOR)


def _fresh(arrival: Arrival, known: Known, read_before: Reading | None = None) -> Context:
    return Context(
        text=arrival.text,
        channel=arrival.channel,
        pseudonym=arrival.pseudonym,
        media=arrival.media,
        media_kind=arrival.media_kind,
        known=known,
        read_before=read_before,
    )


def recall(gateway: Gateway, arrival: Arrival) -> Known:
    """Language and opt-out, if the database tells them at once; else nothing is known."""

    def ask() -> Known:
        with gateway.database.unit_of_work(read_only=True) as db:
            opted_out = service.is_opted_out(db=db, channel=arrival.channel, pseudonym=arrival.pseudonym)
            conversation = service.find(db=db, pseudonym=arrival.pseudonym)
            if conversation is None:
                return Known(opted_out=opted_out)
            return Known(
                language=conversation.language, language_chosen=conversation.language_chosen, opted_out=opted_out
            )

    asked = _recalling.submit(ask)
    try:
        return asked.result(timeout=PATIENCE_SECONDS)
    except Exception as fault:  # noqa: BLE001 - whatever keeps the database from telling must not keep the words back
        asked.cancel()
        log.info("not_recalled", error=type(fault).__name__)
        return Known()


def reply_uids(gateway: Gateway, arrival: Arrival, count: int) -> list[str]:
    """Names for the replies to this message that are the same at every repeat."""
    cause = f"{arrival.provider}\x00{arrival.pseudonym}\x00{arrival.provider_id}"
    return [
        hmac.new(
            gateway.vault.session_key, f"{cause}\x00{place}".encode("utf-8", "replace"), hashlib.sha256
        ).hexdigest()[:32]
        for place in range(count)
    ]


def replies_of(context: Context) -> list[service.Reply]:
    """What is said at the door, as the channel shows it. There are no buttons: a menu needs the database."""
    return web_replies(context.drafts, ()) if context.channel == "web" else phone_replies(context.drafts)


def write_down_emergency(gateway: Gateway, arrival: Arrival, context: Context) -> bool:
    """Alert, message and words to the local journal, the alert first; to memory where the disk takes nothing.

    False when it could not be kept at all.
    """
    metrics.count(metrics.MESSAGES_IN, channel=arrival.channel, outcome="answered" if context.drafts else "silent")
    metrics.count(metrics.RISKS_SEEN, channel=arrival.channel, risk="emergency")
    replies = replies_of(context)
    who: dict[str, Any] = {
        "channel": arrival.channel,
        "pseudonym": arrival.pseudonym,
        "provider": arrival.provider,
        "provider_id": arrival.provider_id,
    }
    try:
        spool_records.spool_alert(
            gateway.spool,
            level="emergency",
            opted_out=context.known.opted_out,
            raised_at=arrival.received_at,
            language=context.language,
            signs=cases.shown(arrival.text, context.risk_level, context.signs),
            **who,
        )
        write_down(gateway, arrival, risk="emergency", answered=True)
        say = [{"kind": reply.kind, "content": reply.content.dump()} for reply in replies]
        body = {
            **who,
            "replies": say,
            "uids": reply_uids(gateway, arrival, len(replies)),
            "menu": context.unlisted,
            "language": context.language if context.language_sure else None,
        }
        record_id = f"words-{reply_uids(gateway, arrival, 1)[0]}"
        gateway.spool.write(WORDS, body, record_id=record_id, urgent=True, or_hold=True)
    except Exception as fault:  # noqa: BLE001 - the words are given even when they can be written down nowhere
        log.critical("emergency_not_written_down", error=type(fault).__name__)
        return False
    return True


def keep(
    db: Session, gateway: Gateway, conversation: Conversation, arrival: Arrival, lease: str | None = None
) -> Message | None:
    """Keep a message in the database, and with it the job to answer it; None when it was kept before."""
    return service.record_inbound(
        db=db,
        vault=gateway.vault,
        conversation=conversation,
        provider=arrival.provider,
        provider_id=arrival.provider_id,
        content=arrival.content(),
        received_at=arrival.received_at,
        lease=lease,
    )


def write_down(gateway: Gateway, arrival: Arrival, *, risk: str = "none", answered: bool = False) -> None:
    """Keep a message in the local journal while the database is away. Raises SpoolFull, SpoolUnavailable."""
    spool_records.spool_inbound(
        gateway.spool,
        gateway.vault,
        channel=arrival.channel,
        pseudonym=arrival.pseudonym,
        provider=arrival.provider,
        provider_id=arrival.provider_id,
        content=arrival.content(),
        number=arrival.number,
        session=arrival.session,
        answered=answered,
        risk=risk,
        received_at=arrival.received_at,
    )


def handlers(gateway: Gateway) -> dict[str, Handler]:
    """How every kind of journal record is taken over into the database."""

    def take_words(db: Session, record: SpoolRecord) -> None:
        body = record.body
        conversation = service.find(db=db, pseudonym=body["pseudonym"])
        if conversation is None:
            return
        cause = service.seen(
            db=db, provider=body["provider"], provider_id=body["provider_id"], conversation=conversation
        )
        service.record_replies(
            db=db,
            vault=gateway.vault,
            conversation_id=conversation.id,
            replies=[service.Reply(each["kind"], Content.load(each["content"])) for each in body["replies"]],
            in_reply_to=cause.id if cause else None,
            provider=body["provider"],
            uids=body["uids"],
            now=record.at,
        )
        _remember(db, gateway, conversation, body["menu"], body["language"])

    return {**spool_records.handlers(gateway.vault), WORDS: take_words}


def _remember(
    db: Session, gateway: Gateway, conversation: Conversation, menu: Sequence[Sequence[str]], lang: str | None
) -> None:
    if menu:
        choices = [(title, intent) for title, intent in menu]
        service.set_menu(db=db, vault=gateway.vault, conversation=conversation, choices=choices)
    if lang and conversation.language is None:
        conversation.language = lang
    with suppress(CannotOpen):  # then a check's question is not asked again, and no more is lost
        if service.kept(vault=gateway.vault, conversation=conversation).get("check_open"):
            service.keep(db=db, vault=gateway.vault, conversation=conversation, values={"check_paused": True})
