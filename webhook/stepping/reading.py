"""The first steps: in which language a message is, what danger it shows, and what it shows with those before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from understanding import language as languages
from understanding import memory
from understanding import risk as risks
from understanding.conversation_risk import FIRST_HIGH, ConversationRisk, StateUnreadable, after
from understanding.encoded import Encoded
from understanding.encoder import Encoder
from understanding.risk_levels import CONCERN, Risk, Sign, highest
from webhook import danger_reading
from webhook.keywords import takes_back
from webhook.logs import logger
from webhook.stepping.context import ALARMING, Context, Order
from webhook.stepping.languages import EITHER, SETTLED, count_running, remember, talk

log = logger(__name__)


def language(context: Context) -> bool:
    """Which language: the conversation's own, whatever one message is written in.

    Until the worker's words have shown one, it is the guess, or the page's. Afterwards another is only offered.
    """
    known = context.known
    context.language = known.language or "en"
    try:
        guess = languages.guess(context.text, keep=known.language)
    except Exception as fault:  # noqa: BLE001 - a fault here must not keep the danger from being read
        log.error("language_not_read", error=type(fault).__name__)
        return False
    context.spoken = guess.language if guess.sure and guess.language != "und" else None
    context.either = guess.either
    settled = known.language_chosen or talk(context).get(SETTLED)
    if context.either and not settled:
        remember(context, **{EITHER: list(context.either)})
    if known.language and (settled or context.spoken is None):
        context.language_sure = known.language_chosen
        count_running(context)
    elif guess.language != "und":
        context.language, context.language_sure = guess.language, guess.sure
        if context.spoken:
            remember(context, **{SETTLED: True, EITHER: None})
    return False


def risk(context: Context) -> bool:
    """What danger the message shows: read from every genuine message, keywords too.

    Of a choice from a menu what was typed is read: the words on its button are ours.
    """
    said = context.known.said or context.text
    language = context.spoken or context.language
    before = context.read_before
    if before is not None and before.encoded.text != said:
        before = None
    context.encoded = before.encoded if before else _encoded(said)
    if before is not None and before.language == language:
        found = before.found
    else:
        try:
            found = risks.assess(said, language=language, encoded=context.encoded)
        except Exception as fault:  # noqa: BLE001 - a fault in reading the danger must not cost the worker the answer
            log.error("risk_not_read", error=type(fault).__name__)
            danger_reading.note(danger_reading.PARTS)
            return False
        danger_reading.note(_lacking(found, context.encoded))
    context.found, context.risk_level, context.signs = found, found.level, found.signs
    return False


def _encoded(text: str) -> Encoded | None:
    try:
        return Encoded.of(text, Encoder())
    except Exception as fault:  # noqa: BLE001 - the written signs are read without vectors
        log.error("text_not_encoded", error=type(fault).__name__)
        return None


def _lacking(found: Risk, encoded: Encoded | None) -> tuple[str, ...]:
    return found.unread if encoded is not None else (*found.unread, danger_reading.VECTORS)


def warm_up() -> None:
    """Have in memory what reads language and danger, and note what of it is missing.

    Raises what written signs raise that cannot be read: nothing would be seen then.
    """
    languages.guess("warm up")
    encoded = _encoded("warm up")
    try:
        found = risks.assess("warm up", language="en", encoded=encoded)
    except Exception:
        danger_reading.note(danger_reading.PARTS)
        raise
    danger_reading.note(_lacking(found, encoded))
    memory.give_back()


def conversation(context: Context) -> bool:
    """What the message shows together with those before it; and whether it says that they were a joke.

    A joke lowers nothing: it is written down for the officer.
    """
    known, found = context.known, context.found or Risk()
    before = state_before(context)
    said_a_joke = found.joke or takes_back(context.text)
    at = context.received_at or datetime.now(timezone.utc)
    now, brought = after(before, replace(found, joke=said_a_joke), context.message, at)
    if now != before:
        context.notes["risk"] = now.as_dict()
    if FIRST_HIGH in brought and context.risk_level not in ALARMING:
        context.sum_reached = True
        shown_now = {sign.id for sign in context.signs}
        earlier = sorted(before.strong_concerns - shown_now)
        context.earlier_signs = tuple(Sign(name, "", CONCERN) for name in earlier)
    if known.level in ALARMING and said_a_joke:
        context.orders.append(Order.NOTE_JOKE)
    return False


def state_before(context: Context) -> ConversationRisk:
    """What the conversation showed so far, with this message where it was read already."""
    known = context.known
    if "risk" in context.notes:
        return ConversationRisk.from_dict(context.notes["risk"])
    try:
        state = ConversationRisk.from_dict(known.risk) if known.risk else ConversationRisk()
    except StateUnreadable:
        log.error("sum_not_read")  # what was kept may be from another version; this message still counts
        state = ConversationRisk()
    return replace(state, level=highest([state.level, known.level]))
