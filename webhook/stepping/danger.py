"""The steps for danger: the fixed words for an emergency, and those for a strong sign of exploitation."""

from __future__ import annotations

from itertools import cycle

from knowledge import safety
from knowledge.safety import SafetyWords
from understanding.questions import asks
from understanding.risk_levels import Sign, highest
from webhook.channels.messages import Draft
from webhook.logs import logger
from webhook.rasa_client import RasaUnavailable
from webhook.stepping.context import OURS, SAFETY_AGAIN, SAFETY_MORE, Context
from webhook.stepping.languages import safety_languages
from webhook.stepping.switched_off import channel_is_off
from webhook.stepping.talking import ask_beside_choice, ask_dialogue, choice_is_due, offer_choice

log = logger(__name__)


def emergency(context: Context) -> bool:
    """Fixed words, 999 first, from memory. After STOP nothing is sent, but the alert is still raised."""
    if context.risk_level != "emergency":
        return False
    context.status = "answered_emergency"
    if context.known.check_open:
        context.notes["check_paused"] = True
    if context.known.opted_out:
        context.status = "silent_emergency_opted_out"
        return True
    say_safety_words(context)
    return True


def high(context: Context) -> bool:
    """A strong sign: the first time the words and the choice, later one line. A question is answered as well.

    The words need nothing but memory. Where the dialogue does not answer, the worker still has them.
    """
    if context.level != "high":
        return False
    context.reply(*high_words(*safety_languages(context), first_time=not context.known.high_words_given))
    context.notes["high_words"] = True
    context.status = "answered_high"
    try:
        _answer_too(context)
        offer_choice(context)
    except RasaUnavailable as fault:
        log.warning("dialogue_did_not_answer", reason=fault.reason)
    except Exception as fault:  # whatever else is broken must not take the words back
        log.error("nothing_beside_the_words", exc_info=fault)
    return True


def high_words(language: str, beside: str | None = None, *, first_time: bool = True) -> list[Draft]:
    """The words for a strong sign; for a further one the one line. From memory."""
    words = safety.words(language, beside)
    return _drafts(words, words.high if first_time else words.high_again)


def _answer_too(context: Context) -> None:
    """The answer, if something is asked; what the worker says in the middle of a choice goes on to it."""
    intent = context.known.intent
    if (intent is not None and intent.startswith(OURS)) or channel_is_off(context):
        return
    if context.known.check_open and not intent and choice_is_due(context):
        ask_beside_choice(context)
    elif intent or context.known.choice_open or context.known.check_open or asks(context.text):
        ask_dialogue(context)


def say_safety_words(context: Context, second: bool = False) -> None:
    """The fixed safety words. On SMS the second message comes when 2 is sent, elsewhere at once."""
    words = safety.words(*safety_languages(context))
    on_sms = context.channel == "sms"
    signs = tuple(sign.id for sign in context.signs)
    first = words.first_for(signs, second_on_request=on_sms)
    texts = words.second if on_sms and second else first if on_sms else (*first, *words.second)
    context.reply(*_drafts(words, texts))
    if on_sms:
        context.unlisted += [("1", SAFETY_AGAIN), ("2", SAFETY_MORE)]


def take_up_signs(context: Context, signs: tuple[Sign, ...], level: str) -> None:
    """Signs told to a question of ours, beside what the message itself showed."""
    context.signs = (*context.signs, *signs)
    context.risk_level = highest([context.risk_level, level])


def _drafts(words: SafetyWords, texts: tuple[str, ...]) -> list[Draft]:
    """Every part is said in the same languages, one message each and in the same order."""
    return [
        Draft("safety", text, language, direction)
        for text, (language, direction) in zip(texts, cycle(words.spoken), strict=False)
    ]
