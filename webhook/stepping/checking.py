"""The step of what a rights check was told: its signs of danger count as those of any message."""

from __future__ import annotations

from datetime import datetime, timezone

from knowledge.rules.sign_levels import SignNotKnown, level_of, level_together
from understanding.conversation_risk import FIRST_HIGH, after
from understanding.risk_levels import EMERGENCY, HIGH, Risk, Sign
from webhook.logs import logger
from webhook.rasa_client import RasaUnavailable
from webhook.stepping.context import Context
from webhook.stepping.danger import high_words, say_safety_words, take_up_signs
from webhook.stepping.languages import safety_languages
from webhook.stepping.reading import state_before
from webhook.stepping.talking import CHECK_OPEN, choice_is_due, offer_choice

log = logger(__name__)

SIGNS_TOLD = "signs_told"
"""What the dialogue tells of a check under way: the signs in its answers so far, by their ids."""


def told_in_check(context: Context) -> bool:
    """New signs raise the risk: an emergency gets its words alone, a strong sign its words and the choice."""
    before = state_before(context)
    seen = {one.sign for one in before.seen}
    told = (_sign(name, context) for name in context.keep.get(SIGNS_TOLD) or () if name not in seen)
    new = tuple(sign for sign in told if sign is not None)
    if not new:
        return False
    level = level_together(sign.id for sign in new)
    at = context.received_at or datetime.now(timezone.utc)
    now, brought = after(before, Risk(level, new), context.message, at)
    context.notes["risk"] = now.as_dict()
    take_up_signs(context, new, level)
    context.sum_reached = context.sum_reached or FIRST_HIGH in brought
    if level == EMERGENCY:
        context.drafts.clear()
        say_safety_words(context)
        if context.keep.get(CHECK_OPEN):  # its question gave way to the words: what comes next does not answer it
            context.notes["check_paused"] = True
        context.status = "answered_emergency"
        return True
    if context.level != HIGH:
        return False
    _say_high_words(context)
    return True


def _say_high_words(context: Context) -> None:
    """The words first. Where the choice follows, an open question of the check waits until the worker goes on."""
    words = high_words(*safety_languages(context), first_time=not context.known.high_words_given)
    after_words = [] if choice_is_due(context) and context.keep.get(CHECK_OPEN) else list(context.drafts)
    context.drafts[:] = [*words, *after_words]
    context.notes["high_words"] = True
    context.status = "answered_high"
    try:
        offer_choice(context)
    except RasaUnavailable as fault:
        log.warning("choice_not_offered", reason=fault.reason)


def _sign(name: object, context: Context) -> Sign | None:
    """The sign, with the worker's answer as its words; None for a name that is no sign."""
    try:
        return Sign(str(name), context.text, level_of(str(name)))
    except SignNotKnown:
        log.error("sign_not_known")
        return None
