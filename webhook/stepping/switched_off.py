"""The step for what is switched off: a channel, the answer on a topic, a language. Danger has had its words by then."""

from __future__ import annotations

from collections.abc import Sequence

from webhook.channels.messages import Draft
from webhook.stepping.context import Context
from webhook.switches.off import LANGUAGE_OFF_TOLD
from webhook.words import gentle, with_helpers


def switched_off(context: Context) -> bool:
    """On a channel that is off: a calm word and who can help. The sharing choice goes on to its end.

    Of a language that is off it is said once that English takes its place.
    """
    if channel_is_off(context):
        context.reply(_said(context, "switched_off_channel"))
        context.status = "answered_switched_off"
        return True
    if context.answers_in != context.language and context.known.language_off_told != context.language:
        said = gentle("switched_off_language", lang=context.language)
        context.reply(Draft("notice", said.text, said.language, said.direction))
        context.notes[LANGUAGE_OFF_TOLD] = context.language
    return False


def channel_is_off(context: Context) -> bool:
    """Whether nothing is answered on this channel. A sharing choice that is open is answered to its end."""
    return context.channel in context.known.off.channels and not context.known.choice_open


def without_switched_off(context: Context, replies: Sequence[Draft]) -> list[Draft]:
    """What the dialogue says, with one calm word in place of all answers on topics that are switched off."""
    off = context.known.off.topics
    kept = [each for each in replies if each.topic not in off]
    if len(kept) == len(replies):
        return kept
    return [_said(context, "switched_off_topic"), *kept]


def _said(context: Context, key: str) -> Draft:
    said = with_helpers(key, lang=context.answers_in)
    return Draft("notice", said.text, said.language, said.direction)
