"""The web chat without its HTTP: a message in, replies out, repeats told, danger first."""

from __future__ import annotations

import secrets
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook import answering, door, metrics, steps, turns
from webhook.cases import service as cases
from webhook.channels.incoming_text import clean
from webhook.channels.messages import Draft, web_replies
from webhook.conversations import return_phrases, service
from webhook.conversations.content import Content
from webhook.conversations.models import Conversation, Message
from webhook.database import DatabaseUnavailable, utc_now
from webhook.door import Arrival
from webhook.gateway import Gateway
from webhook.spool import SpoolUnavailable
from webhook.steps import Context
from webhook.turns import Turn
from webhook.words import gentle

PROVIDER = "web"
KINDS = frozenset({"answer", "safety", "question", "choice", "menu", "notice", "error"})
LOOK_AGAIN_SECONDS = 0.25
CALENDAR_NAME, CALENDAR_TYPE = "dates.ics", "text/calendar"

Shown = dict[str, Any]
"""A message as the browser gets it."""


class SessionNotLive(Exception):
    """The token is not ours, its time is over, or its session was ended."""


class TextTooLong(Exception):
    """The text is longer than a message may be."""


class TooMany(Exception):
    """This session has said too much in too little time."""


class CannotRemember(Exception):
    """Neither the database nor the local journal took the message: it must be sent again."""


@dataclass(frozen=True)
class Said:
    """The replies to one message, and whether something is left for after the answer (the journal)."""

    messages: list[Shown]
    drain: bool = False


def return_to(gateway: Gateway, words: str) -> tuple[str, list[Shown]]:
    """A new session in the conversation those words open; the one before is closed. Raises PhraseNotKnown.

    Nothing of before is said: the worker asks for it. The welcome is kept, so that what comes after it can be asked for
    without what came before. Raises DatabaseUnavailable.
    """
    with gateway.database.unit_of_work() as db:
        returned = return_phrases.come_back(db=db, vault=gateway.vault, words=words)
        said = gentle("return_welcome", lang=returned.language or "en")
        welcome = service.record_replies(
            db=db,
            vault=gateway.vault,
            conversation_id=returned.conversation_id,
            replies=web_replies([Draft("notice", said.text, said.language, said.direction)], ()),
        )
    gateway.jobs.erase()
    return returned.token, [shown_row(gateway, message) for message in welcome]


def open_session(gateway: Gateway, language: str | None = None) -> tuple[str, list[Shown]]:
    """A new session's token and the first message. Works without the database.

    `language` is that of the page: it holds until the worker's own words show another.
    """
    try:
        with gateway.database.unit_of_work() as db:
            token, conversation = service.open_web_session(db=db, vault=gateway.vault)
            conversation.language = language or conversation.language
    except DatabaseUnavailable:
        token = service.new_token(gateway.vault, now=utc_now())
    return token, [shown_now(draft) for draft in _welcome(language or "en")]


def choose_language(gateway: Gateway, token: str, language: str) -> None:
    """The worker chose a language: it holds until another is chosen. Raises SessionNotLive and DatabaseUnavailable."""
    if not service.is_genuine(gateway.vault, token, now=utc_now()):
        raise SessionNotLive
    with gateway.database.unit_of_work() as db:
        conversation = _conversation(db, gateway, token)
        conversation.language, conversation.language_chosen = language, True
        cases.follow_language(db=db, conversation=conversation)


def _welcome(lang: str) -> list[Draft]:
    said = gentle("greeting", "greeting_danger", lang=lang)
    privacy = gentle("greeting_privacy", lang=lang)
    ask = gentle("greeting_ask", lang=lang)
    return [Draft("notice", each.text, each.language, each.direction) for each in (said, privacy, ask)]


@dataclass(frozen=True)
class Heard:
    """A message in which no danger now was found, ready to be answered."""

    arrival: Arrival
    context: Context


def hear(
    gateway: Gateway, token: str, text: str, client_id: str | None, allows: Callable[[str], bool] | None = None
) -> Said | Heard:
    """Take a worker's message: in danger the words at once, else the message for `reply`. Needs memory only.

    Danger is read first: neither the length of a message nor how many came before keeps the words from it. What is too
    long is read for it in parts.
    Raises SessionNotLive, TextTooLong and TooMany (when `allows` says so).
    """
    now = utc_now()
    most = gateway.settings.message_max_characters
    if not service.is_genuine(gateway.vault, token, now=now):
        raise SessionNotLive
    arrival = Arrival(
        channel="web",
        pseudonym=service.web_pseudonym(gateway.vault, token),
        provider=PROVIDER,
        provider_id=client_id or secrets.token_hex(16),
        text=clean(text[:most]),
        received_at=now,
        session=token,
    )
    rest = [text[start : start + most] for start in range(most, len(text), most)]
    for part in (arrival, *(replace(arrival, text=clean(each)) for each in rest)):
        context = door.look(gateway, part)
        if context.risk_level == "emergency":
            return _emergency(gateway, part, context)
    if rest:
        raise TextTooLong
    if allows is not None and not allows(token):
        raise TooMany
    return Heard(arrival, context)


def reply(gateway: Gateway, heard: Heard) -> Said:
    """Answer a message; the same `client_id` again gives the same replies. Raises SessionNotLive and CannotRemember."""
    try:
        taken = _receive(gateway, heard.arrival)
    except DatabaseUnavailable:
        return _spooled(gateway, heard.arrival, heard.context)
    if isinstance(taken, Turn):
        taken.context.read_before = heard.context.reading
        return _answered(gateway, taken)
    return _repeated(gateway, taken, heard.context)


def _emergency(gateway: Gateway, arrival: Arrival, context: Context) -> Said:
    """The words are given whatever else fails; writing it down comes first only because it is quick."""
    door.write_down_emergency(gateway, arrival, context)
    replies = door.replies_of(context)
    uids = door.reply_uids(gateway, arrival, len(replies))
    messages = [shown(uid, reply.sender, reply.kind, reply.content) for uid, reply in zip(uids, replies, strict=True)]
    return Said(messages, drain=True)


def _receive(gateway: Gateway, arrival: Arrival) -> Turn | int:
    """Keep the message under a lease of our own; its id when it was kept before."""
    lease = secrets.token_hex(16)
    with gateway.database.unit_of_work() as db:
        conversation = _conversation(db, gateway, arrival.session or "")
        message = door.keep(db, gateway, conversation, arrival, lease)
        if message is not None:
            turn = turns.read(db, gateway, message, lease)
            if turn is not None:
                return turn
        known = service.seen(db=db, provider=PROVIDER, provider_id=arrival.provider_id, conversation=conversation)
        if known is None:
            raise SessionNotLive
        return known.id


def _conversation(db: Session, gateway: Gateway, token: str) -> Conversation:
    found = service.session_conversation(db=db, token=token)
    if found is None:
        # Handed out while the database was away, perhaps; an ended one stays ended.
        found = service.adopt_web_session(db=db, vault=gateway.vault, token=token)
    if found is None or found.erased_at is not None:
        raise SessionNotLive
    return found


def _answered(gateway: Gateway, turn: Turn) -> Said:
    """Answer now. If the database goes away meanwhile, the message waits there and comes back with its lease."""
    try:
        replies = answering.answer_or_put_off(gateway, turn)
        if replies is None:
            return _repeated(gateway, turn.message_id, turn.context, patience=0)
        said = [shown_row(gateway, message) for message in replies]
        if turn.context.shown_once:
            said.append(shown_now(Draft("notice", turn.context.shown_once, turn.context.drafts[-1].lang)))
        return Said(said)
    except DatabaseUnavailable:
        return Said(_in_trouble(turn.context))


def _in_trouble(context: Context) -> list[Shown]:
    """A calm apology, and before it the words for danger where the message shows any: they need only memory."""
    steps.failed(context, "error_database")
    return [shown_now(draft) for draft in context.drafts]


def _spooled(gateway: Gateway, arrival: Arrival, context: Context) -> Said:
    """The database is away: keep the message here, say so kindly; the answer comes when it is back."""
    try:
        door.write_down(gateway, arrival, risk=context.risk_level)
    except SpoolUnavailable:
        raise CannotRemember from None
    metrics.count(metrics.MESSAGES_IN, channel="web", outcome="spooled")
    return Said(_in_trouble(context), drain=True)


def _repeated(gateway: Gateway, message_id: int, context: Context, patience: float | None = None) -> Said:
    """The replies this message had, waiting a while (seconds) for them if another request is just giving them."""
    metrics.count(metrics.MESSAGES_IN, channel="web", outcome="repeated")
    until = time.monotonic() + (gateway.settings.rasa_seconds + 1 if patience is None else patience)
    while True:
        try:
            with gateway.database.unit_of_work(read_only=True) as db:
                message = db.get(Message, message_id)
                replies = service.replies_to(db=db, message_id=message_id)
                if message is None or message.answered_at is not None or replies:
                    return Said([shown_row(gateway, reply) for reply in replies])
        except DatabaseUnavailable:
            return Said(_in_trouble(context))
        if time.monotonic() >= until:
            return Said(_in_trouble(context))
        time.sleep(LOOK_AGAIN_SECONDS)


def messages_after(gateway: Gateway, token: str, after: str = "") -> list[Shown]:
    """The conversation's messages after the one named; all of them when that name is not known.

    Raises SessionNotLive and DatabaseUnavailable.
    """
    if not service.is_genuine(gateway.vault, token, now=utc_now()):
        raise SessionNotLive
    with gateway.database.unit_of_work(read_only=True) as db:
        conversation = service.session_conversation(db=db, token=token)
        if conversation is None:
            raise SessionNotLive
        rows = service.messages_after(db=db, conversation=conversation, after=_row_id(db, conversation, after))
        return [shown_row(gateway, row) for row in rows]


def _row_id(db: Session, conversation: Conversation, uid: str) -> int:
    if not (uid.isascii() and uid.isalnum()):  # no name of ours; PostgreSQL would refuse to look for some of them
        return 0
    query = select(Message.id).where(Message.uid == uid[:32], Message.conversation_id == conversation.id)
    return db.scalars(query).one_or_none() or 0


def end_session(gateway: Gateway, token: str) -> None:
    """End a session: its token opens nothing any more. Raises SessionNotLive and DatabaseUnavailable."""
    if not service.is_genuine(gateway.vault, token, now=utc_now()):
        raise SessionNotLive
    with gateway.database.unit_of_work() as db:
        if not service.end_web_session(db=db, token=token):
            adopted = service.adopt_web_session(db=db, vault=gateway.vault, token=token)
            if adopted is None or not service.end_web_session(db=db, token=token):
                raise SessionNotLive


def shown_row(gateway: Gateway, message: Message) -> Shown:
    """A stored message as the browser gets it; without words when they have expired."""
    content = service.read_content(gateway.vault, message) or Content(text="")
    return shown(message.uid, message.sender, message.kind, content)


def shown_now(draft: Draft) -> Shown:
    """A message that is stored nowhere."""
    reply = web_replies([draft], ())[0]
    return shown(secrets.token_hex(16), reply.sender, reply.kind, reply.content)


def shown(uid: str, sender: str, kind: str, content: Content) -> Shown:
    """A message in the form of the contract."""
    from_worker = sender == "worker"
    file = {"file": {"name": CALENDAR_NAME, "type": CALENDAR_TYPE, "text": content.file}} if content.file else {}
    return {
        "id": uid,
        "from": sender,
        "kind": kind if kind in KINDS else "question" if from_worker else "notice",
        "text": content.text,
        "lang": content.language,
        "dir": direction_of(content.text) if from_worker else content.direction,
        "topic": None if from_worker else content.topic,
        "buttons": [{"title": button.title, "payload": button.payload} for button in content.buttons],
        **file,
    }


def direction_of(text: str) -> str:
    """The direction of a text by its first letter that has one."""
    strong = (unicodedata.bidirectional(ch) for ch in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def newest(messages: Sequence[Shown]) -> str:
    """The name of the last message, to ask for what comes after it."""
    return str(messages[-1]["id"]) if messages else ""
