"""The steps of ordinary talk: what cannot be read, the dialogue, and the gentle question after an answer."""

from __future__ import annotations

from dataclasses import replace

from knowledge import gentle as gentle_questions
from knowledge.answer_words import answer_word
from understanding.questions import asks
from understanding.risk_levels import CONCERN, HIGH, Sign
from webhook.channels.incoming_text import has_words
from webhook.channels.messages import Choice, Draft
from webhook.logs import logger
from webhook.rasa_client import Answer, Question, RasaUnavailable
from webhook.stepping.context import ALARMING, GENTLE, OURS, Context, Order
from webhook.stepping.deleting import ask_delete, erase
from webhook.stepping.switched_off import without_switched_off
from webhook.words import gentle

log = logger(__name__)

OFFER = "sharing/offer"
"""What the dialogue is told when the gateway has it offer the sharing choice."""
PERSON_ASKED = "person_asked"
"""Kept by the dialogue when the worker asks for a person: it opens a case, and is not kept itself."""
CHECK_OPEN = "check_open"
"""Kept by the dialogue while a rights check is under way."""
_WORDS_FOR_MEDIA = {"audio": "voice_note", "sticker": "sticker", "place": "sticker"}


def nothing_to_read(context: Context) -> bool:
    """Voice notes, pictures, stickers, places and emoji alone: a kind word on what can be read here."""
    if context.known.intent or has_words(context.text):
        return False
    context.say(_WORDS_FOR_MEDIA.get(context.media_kind, "picture") if context.media else "empty_message")
    context.status = "answered_no_words"
    return True


def gentle_answer(context: Context) -> bool:
    """The answer to the gentle question, by number or in a word. Anything else lets the question go, unasked again."""
    asked = context.known.gentle
    if not asked.get("waits"):
        return False
    context.notes["gentle"] = {**asked, "waits": False}
    if context.known.silent:  # whoever holds the phone now may not know what was asked
        return False
    intent = context.known.intent or ""
    word = intent[len(GENTLE) :] if intent.startswith(GENTLE) else None
    if word is None and not intent:
        word = answer_word(context.text, context.language)
    found = gentle_questions.question(str(asked.get("id")))
    if word not in ("yes", "no", "skip") or found is None:
        return False
    outcome = found.outcome(word)
    if outcome == HIGH:
        sign = Sign(found.shows, gentle(f"gentle_{found.id}", lang="en").text + " " + word.capitalize() + ".", HIGH)
        context.risk_level, context.signs = HIGH, (sign, *context.signs)
        return False
    context.say("gentle_thanks" if outcome != CONCERN else "gentle_later")
    context.status = "answered_gentle"
    return True


def dialogue(context: Context) -> bool:
    """Rasa: topic, check, choice or small talk; then the sharing choice, where it is due and was not offered yet."""
    if (context.known.intent or "").startswith(OURS):
        # The gateway's own choice that no step above took: its question is over.
        context.say("choice_not_known")
        context.status = "answered_choice_over"
        return True
    due = context.known.level in ALARMING and not context.known.silent and choice_is_due(context)
    if context.known.check_open and due and not context.known.intent:
        ask_beside_choice(context)
    else:
        ask_dialogue(context)
    if not context.status.startswith("answered_delete"):
        context.status = "answered_dialogue"
    if context.keep.get(PERSON_ASKED) or due:
        try:
            offer_choice(context)
        except RasaUnavailable as fault:
            if not context.drafts:
                raise
            # The answer itself is there.
            log.warning("choice_not_offered", reason=fault.reason)
    return False


def concern(context: Context) -> bool:
    """After the answer one gentle question in words of events, chosen by the sign. Asked once in a conversation."""
    known = context.known
    answered = context.status == "answered_dialogue" and any(draft.kind == "answer" for draft in context.drafts)
    taken = (
        known.gentle
        or known.choice_open
        or known.check_open
        or context.keep.get(CHECK_OPEN)
        or known.level in ALARMING
        or context.keep.get(PERSON_ASKED)
    )
    if context.risk_level != CONCERN or not answered or taken:
        return False
    found = gentle_questions.for_signs(tuple(sign.id for sign in context.signs))
    said = gentle("gentle_why", f"gentle_{found.id}", lang=context.answers_in)
    choices = tuple(
        Choice(gentle(key, lang=context.answers_in).text, GENTLE + word)
        for key, word in (("button_affirm", "yes"), ("button_deny", "no"), ("button_skip", "skip"))
    )
    without_choices(context)
    context.reply(Draft("question", said.text, said.language, said.direction, None, choices))
    context.notes["gentle"] = {"id": found.id, "waits": True}
    return True


def ask_dialogue(context: Context) -> None:
    """What Rasa says to the message. Raises RasaUnavailable."""
    answer = _ask(context, context.question(context.text, context.known.intent))
    wishes = answer.keep.get("delete_asked"), answer.keep.get("delete_requested")
    if wishes[1] and context.known.delete_asked:
        erase(context)
        return
    if any(wishes):  # nothing is erased that was not asked back here
        ask_delete(context)
        return
    context.reply(*without_switched_off(context, answer.replies))
    context.keep = {**context.keep, **answer.keep}
    if context.known.check_paused:
        context.notes["check_paused"] = None


def ask_beside_choice(context: Context) -> None:
    """The answer, if something is asked, in the middle of a check whose question gives way to the sharing choice.

    What is said is no answer to that question: it is asked again when the worker goes on. Raises RasaUnavailable.
    """
    context.holds = asks(context.text)
    if context.holds:
        ask_dialogue(context)


def choice_is_due(context: Context) -> bool:
    """Whether the sharing choice was neither offered yet nor is under way."""
    known = context.known
    return not (known.choice_offered or known.choice_open or context.keep.get("choice_open"))


def offer_choice(context: Context) -> None:
    """Let the dialogue offer the sharing choice, once in a conversation. Raises RasaUnavailable."""
    known = context.known
    if not choice_is_due(context):
        return
    if any(order in (Order.ERASE, Order.ASK_DELETE) for order in context.orders):
        return
    answer = _ask(context, context.question("", OFFER))
    without_choices(context)
    context.reply(*answer.replies)
    context.keep = {**context.keep, **answer.keep}
    context.notes["choice_offered"] = True
    if known.check_paused:
        context.notes["check_paused"] = None


def _ask(context: Context, question: Question) -> Answer:
    if context.dialogue is None:
        raise RasaUnavailable("no_dialogue")
    return context.dialogue.ask(question)


def without_choices(context: Context) -> None:
    """Take the choices from what was said before in this turn: the numbers belong to the question that follows."""
    context.drafts[:] = [replace(draft, choices=()) for draft in context.drafts]
