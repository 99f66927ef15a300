"""What a worker orders with one word or by one of the gateway's own choices."""

from __future__ import annotations

from dataclasses import replace

from webhook.keywords import Keyword, keyword
from webhook.stepping.context import (
    CALENDAR,
    DELETE_NO,
    DELETE_YES,
    READ_LATE,
    RETURN_PHRASE,
    SAFETY_AGAIN,
    SAFETY_MORE,
    TAKE_BACK,
    Context,
    Order,
)
from webhook.stepping.danger import say_safety_words
from webhook.stepping.deleting import ask_delete, erase, erase_in_silence

CHOOSE = "sharing/choose"
"""What the dialogue is told when the worker asks for the sharing choice."""
SHARE = "sharing/choose/share"
GO_ON = "check/go_on"
"""What the dialogue is told when the worker goes on with a check."""


def keywords(context: Context) -> bool:
    """STOP and its kin, START, HELP, DELETE, when they are the whole message; and the gateway's own choices.

    The words for the sharing choice become its intents: they are asked for in the same way on every channel.
    """
    known = context.known
    # Of a choice from a menu what was typed counts: the words on its button are ours, and are no order.
    order = keyword(known.said or context.text, context.channel, known.opted_out)
    if order is Keyword.START:
        context.orders.append(Order.OPT_IN)
        context.say("started")
        context.status = "answered_start"
        return True
    if known.opted_out and order is Keyword.DELETE:
        erase_in_silence(context)
        return True
    if known.opted_out:
        context.status = "silent_opted_out"
        return True
    if order is Keyword.STOP:
        context.orders.append(Order.OPT_OUT)
        context.status = "silent_stop"
        return True
    if order is Keyword.HELP or known.intent in (SAFETY_AGAIN, SAFETY_MORE):
        say_safety_words(context, second=known.intent == SAFETY_MORE)
        context.status = "answered_help"
        return True
    intent = None if known.intent else _asked_of_the_dialogue(order, context)
    if intent is not None:
        context.known = replace(known, intent=intent)
        return False
    return _deletes(context, order) or _takes_back(context, order) or _reads(context)


def _asked_of_the_dialogue(order: Keyword | None, context: Context) -> str | None:
    """The intent of a word that the dialogue acts on. In the middle of a check "share" may be an answer to it."""
    if order is Keyword.CHOICE:
        return CHOOSE
    if order is Keyword.SHARE:
        return None if context.known.check_open else SHARE
    return GO_ON if order is Keyword.GO_ON and context.known.check_waits else None


def _deletes(context: Context, order: Keyword | None) -> bool:
    known = context.known
    if known.intent == DELETE_YES or (order is Keyword.DELETE and known.delete_asked):
        erase(context)
        return True
    if order is Keyword.DELETE:
        ask_delete(context)
        return True
    if known.intent == DELETE_NO:
        context.say("delete_kept")
        context.status = "answered_delete_kept"
        return True
    return False


def _takes_back(context: Context, order: Keyword | None) -> bool:
    """Take a sharing back. What can be said of it is known only when it is written down: see `webhook/choices.py`."""
    if order is not Keyword.TAKE_BACK and context.known.intent != TAKE_BACK:
        return False
    context.orders.append(Order.TAKE_BACK)
    context.status = "answered_taken_back"
    return True


def _reads(context: Context) -> bool:
    known = context.known
    if known.intent == RETURN_PHRASE:
        context.orders.append(Order.RETURN_PHRASE)
        context.status = "answered_return_phrase"
        return True
    if known.intent == CALENDAR:
        context.say("check_heading_calendar" if known.calendar else "choice_not_known")
        context.drafts[-1] = replace(context.drafts[-1], file=known.calendar)
        context.status = "answered_calendar"
        return True
    if known.intent == READ_LATE:
        context.orders.append(Order.READ_LATE)
        context.status = "answered_late_read"
        return True
    return False
