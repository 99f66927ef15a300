"""The steps of one message, as one literal list. The first that must stop, stops.

Whether a message is genuine (signature, session) and new (the provider's id, unique in the database) is settled where
it comes in, before anything here: see `public/chat.py` and `public/twilio.py`. What a step decides is written down by
`turns.py`; no step touches the database, so that those up to `emergency` work with everything else down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from understanding.risk_levels import HIGH
from webhook.channels.messages import Draft
from webhook.logs import logger
from webhook.rasa_client import RasaUnavailable
from webhook.stepping.checking import told_in_check
from webhook.stepping.context import (
    ALARMING,
    DELETE_NO,
    DELETE_YES,
    READ_LATE,
    SAFETY_AGAIN,
    SAFETY_MORE,
    Channel,
    Context,
    Dialogue,
    Known,
    Order,
)
from webhook.stepping.danger import emergency, high, high_words
from webhook.stepping.language_steps import language_choice, language_offer, languages_asked, told_in_english
from webhook.stepping.languages import safety_languages
from webhook.stepping.orders import keywords
from webhook.stepping.reading import conversation, language, risk
from webhook.stepping.switched_off import switched_off
from webhook.stepping.taken_over import taken_over
from webhook.stepping.talking import concern, dialogue, gentle_answer, nothing_to_read
from webhook.words import apology

__all__ = [
    "ALARMING", "AT_THE_DOOR", "DELETE_NO", "DELETE_YES", "READ_LATE", "SAFETY_AGAIN", "SAFETY_MORE", "STEPS",
    "Channel", "Context", "Dialogue", "Known", "Order", "Step", "failed", "run",
]  # fmt: skip

log = logger(__name__)

Step = Callable[[Context], bool]

STEPS: tuple[Step, ...] = (
    language,
    risk,
    conversation,
    emergency,
    keywords,
    language_choice,
    taken_over,
    gentle_answer,
    high,
    switched_off,
    nothing_to_read,
    dialogue,
    languages_asked,
    told_in_check,
    told_in_english,
    concern,
    language_offer,
)
AT_THE_DOOR: tuple[Step, ...] = (language, risk, emergency)
"""What is done while the worker waits at the door: it needs neither database, worker nor Rasa."""


def run(context: Context, steps: Sequence[Step] = STEPS) -> Context:
    """Take a message through the steps. Never raises: what fails becomes a calm sentence, and the message waits."""
    try:
        for step in steps:
            if step(context):
                break
    except RasaUnavailable as fault:
        log.warning("dialogue_did_not_answer", reason=fault.reason)
        failed(context, "error_dialogue")
    except Exception as fault:
        log.error("step_failed", exc_info=fault)
        failed(context, "error_step")
    return context


def failed(context: Context, status: str) -> None:
    """A calm sentence and who can help, in place of whatever was begun; the words for danger stay, and come first."""
    context.drafts[:] = _words_for_danger(context)
    context.orders.clear()
    context.unlisted.clear()
    context.keep = {}
    context.notes.clear()
    said = apology(context.answers_in)
    context.reply(Draft("error", said.text, said.language, said.direction))
    context.status = status


def _words_for_danger(context: Context) -> list[Draft]:
    """Those that were said, or those that a strong sign calls for. They need only memory."""
    said = [draft for draft in context.drafts if draft.kind == "safety"]
    if said or context.level != HIGH:
        return said
    try:
        return high_words(*safety_languages(context), first_time=not context.known.high_words_given)
    except Exception as fault:  # then the apology, which has the numbers too, is all there is
        log.error("no_words_for_danger", exc_info=fault)
        return []
