"""How an officer's words may reach a worker whose phone somebody else may hold. One pure function decides.

The rules are the design's: nothing leaves on SMS or WhatsApp unasked without a safe-contact plan; what is late never
leaves with its content; where a safe word was agreed, nothing that identifies the case is shown before it was given.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from knowledge.languages import all_languages
from knowledge.phrase_book import phrase_book
from webhook.cases.sharing import SafeContact

WINDOW = timedelta(hours=24)
"""How long after the worker's last message WhatsApp takes free text."""


class Way(enum.StrEnum):
    """What happens to the words."""

    NOW = "now"
    LINE_NOW = "line_now"
    WHEN_WORKER_WRITES = "when_worker_writes"
    WHEN_WORD_GIVEN = "when_word_given"
    NOT_AT_ALL = "not_at_all"


WORDS: dict[Way, str] = {
    Way.NOW: "The worker is there now: the words go out at once.",
    Way.LINE_NOW: (
        "One neutral line goes out now, that names no subject. The words follow when the worker asks for them."
    ),
    Way.WHEN_WORKER_WRITES: (
        "Nothing goes out now. When the worker next writes, one neutral line tells them of it, and the words follow "
        "when they ask."
    ),
    Way.WHEN_WORD_GIVEN: "Nothing is shown before the worker has given the safe word that was agreed.",
    Way.NOT_AT_ALL: "Nothing can be sent: the worker has sent STOP, or the conversation is not there any more.",
}


@dataclass(frozen=True)
class Situation:
    """What is known when an officer wants to write."""

    channel: str
    reachable: bool
    opted_out: bool
    last_inbound_at: datetime | None
    plan: SafeContact | None
    """What the worker agreed to, once an officer has read it."""
    plan_is_this_channel: bool
    word_given: bool
    """The safe word was given, and the worker has not been silent for long since."""

    def window_open(self, now: datetime) -> bool:
        """Whether WhatsApp still takes free text. Other channels have no window."""
        if self.channel != "whatsapp":
            return True
        return self.last_inbound_at is not None and now - self.last_inbound_at < WINDOW


def way_out(situation: Situation, *, now: datetime, patience: timedelta, reason: bool = False) -> Way:
    """How words may leave now. ``patience``: how long after the worker wrote they count as there.

    ``reason``: the officer has written down why the plan is set aside. It lets out the neutral line and never more.
    """
    if not situation.reachable or situation.opted_out:
        return Way.NOT_AT_ALL
    if situation.plan is not None and situation.plan.safe_word and not situation.word_given:
        return Way.WHEN_WORD_GIVEN
    if situation.channel == "web":
        return Way.NOW
    there = situation.last_inbound_at is not None and now - situation.last_inbound_at <= patience
    if there:
        return Way.NOW
    planned = situation.plan is not None and not situation.plan.is_empty and situation.plan_is_this_channel
    return Way.LINE_NOW if planned or reason else Way.WHEN_WORKER_WRITES


def is_this_channel(plan: SafeContact, channel: str) -> bool:
    """Whether the way agreed to is the one the chat is on: this chat, or a text to the same number.

    A way in words of the worker's own is not taken for it: then a reason has to be written.
    """
    named = _said("share_way_chat") if channel == "web" else _said("share_way_chat") | _said("share_way_text")
    return plan.way in named and (not plan.where or plan.where in this_number())


def this_number() -> frozenset[str]:
    """How the number of the chat is named. In every language: the choice may be older than the conversation's."""
    return _said("share_this_number")


@lru_cache(maxsize=8)
def _said(key: str) -> frozenset[str]:
    return frozenset(said for lang in all_languages() if (said := phrase_book(lang).get(key)))
