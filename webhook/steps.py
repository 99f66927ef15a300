"""The steps of one message, as one literal list. The first that must stop, stops.

Whether a message is genuine (signature, session) and new (the provider's id, unique in the database) is settled where
it comes in, before anything here: see `public/chat.py` and `public/twilio.py`. What a step decides is written down by
`turns.py`; no step touches the database, so that those up to `emergency` work with everything else down.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from knowledge import safety
from understanding import language as languages
from understanding import risk as risks
from webhook.channels.incoming_text import has_words
from webhook.channels.messages import Choice, Draft, Kind
from webhook.keywords import Keyword, keyword
from webhook.logs import logger
from webhook.rasa_client import Answer, Question, RasaUnavailable
from webhook.words import apology, gentle

log = logger(__name__)

Channel = Literal["web", "sms", "whatsapp"]
OURS = "gateway/"
"""Intents that begin so are the gateway's own choices and never go to Rasa."""
READ_LATE = OURS + "read"
DELETE_YES = OURS + "delete"
DELETE_NO = OURS + "keep"
SAFETY_AGAIN = OURS + "safety"
SAFETY_MORE = OURS + "safety_more"


class Order(enum.Enum):
    """What the turn must do besides replying."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    ASK_DELETE = "ask_delete"
    ERASE = "erase"
    READ_LATE = "read_late"


@dataclass(frozen=True)
class Known:
    """What was known of the conversation before this message."""

    language: str | None = None
    language_chosen: bool = False
    opted_out: bool = False
    delete_asked: bool = False
    intent: str | None = None
    """What the message means as a choice from the last menu."""


class Dialogue(Protocol):
    """Where the dialogue runs."""

    def ask(self, question: Question) -> Answer:
        """Reply to one message. Raises RasaUnavailable."""


@dataclass
class Context:
    """One message on its way through the steps, and what they found."""

    text: str
    channel: Channel
    pseudonym: str = ""
    media: int = 0
    media_kind: str = ""
    """`audio`, `picture`, `sticker`, `place` or nothing."""
    known: Known = field(default_factory=Known)
    dialogue: Dialogue | None = None

    language: str = "en"
    language_sure: bool = False
    risk_level: str = "none"
    signs: tuple[risks.Sign, ...] = ()
    drafts: list[Draft] = field(default_factory=list)
    unlisted: list[tuple[str, str]] = field(default_factory=list)
    """Choices whose numbers the text itself tells: title and intent."""
    orders: list[Order] = field(default_factory=list)
    keep: Mapping[str, Any] = field(default_factory=dict)
    status: str = "unanswered"
    """Family and reason, joined by an underscore: `answered_…`, `silent_…`, `error_…`."""

    def reply(self, *drafts: Draft) -> None:
        """Add to what is said."""
        self.drafts.extend(drafts)

    def say(self, *keys: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        """Add sentences of the gateway's own; `choices` are keys of button words with the intents behind them."""
        said = gentle(*keys, lang=self.language)
        lines = tuple(Choice(gentle(key, lang=self.language).text, intent) for key, intent in choices)
        kind: Kind = "choice" if lines else "notice"
        self.reply(Draft(kind, said.text, said.language, said.direction, None, lines))


def language(context: Context) -> bool:
    """Which language: the chosen one, else the guess, else the one before."""
    known = context.known
    if known.language and known.language_chosen:
        context.language, context.language_sure = known.language, True
        return False
    context.language = known.language or "en"
    try:
        guess = languages.guess(context.text, keep=known.language)
    except Exception as fault:  # noqa: BLE001 - a fault here must not keep the danger from being read
        log.error("language_not_read", error=type(fault).__name__)
        return False
    if guess.language != "und":
        context.language, context.language_sure = guess.language, guess.sure
    return False


def risk(context: Context) -> bool:
    """What danger the message shows: read from every genuine message, keywords and choices too."""
    try:
        found = risks.assess(context.text, language=context.language)
    except Exception as fault:  # noqa: BLE001 - a fault in reading the danger must not cost the worker the answer
        log.error("risk_not_read", error=type(fault).__name__)
        return False
    context.risk_level, context.signs = found.level, found.signs
    return False


def emergency(context: Context) -> bool:
    """Fixed words, 999 first, from memory. After STOP nothing is sent, but the alert is still raised."""
    if context.risk_level != "emergency":
        return False
    context.status = "answered_emergency"
    if context.known.opted_out:
        context.status = "silent_emergency_opted_out"
        return True
    say_safety_words(context)
    return True


def keywords(context: Context) -> bool:
    """STOP and its kin, START, HELP, DELETE, when they are the whole message; and the gateway's own choices."""
    known = context.known
    order = keyword(context.text, context.channel, known.opted_out)
    if order is Keyword.START:
        context.orders.append(Order.OPT_IN)
        context.say("started")
        context.status = "answered_start"
        return True
    if known.opted_out:
        context.status = "silent_opted_out"
        return True
    if order is Keyword.STOP:
        context.orders.append(Order.OPT_OUT)
        context.status = "silent_stop"
        return True
    if order is Keyword.HELP or known.intent == SAFETY_AGAIN:
        say_safety_words(context)
        context.status = "answered_help"
        return True
    if known.intent == SAFETY_MORE:
        say_safety_words(context, second=True)
        context.status = "answered_help"
        return True
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
    if known.intent == READ_LATE:
        context.orders.append(Order.READ_LATE)
        context.status = "answered_late_read"
        return True
    return False


_WORDS_FOR_MEDIA = {"audio": "voice_note", "sticker": "sticker", "place": "sticker"}


def nothing_to_read(context: Context) -> bool:
    """Voice notes, pictures, stickers, places and emoji alone: a kind word on what can be read here."""
    if context.known.intent or has_words(context.text):
        return False
    context.say(_WORDS_FOR_MEDIA.get(context.media_kind, "picture") if context.media else "empty_message")
    context.status = "answered_no_words"
    return True


def dialogue(context: Context) -> bool:
    """Rasa: topic, check, choice or small talk."""
    if context.dialogue is None:
        raise RasaUnavailable("no_dialogue")
    answer = context.dialogue.ask(
        Question(
            sender=context.pseudonym,
            text=context.text,
            intent=context.known.intent,
            language=context.language,
            channel=context.channel,
            form="long" if context.channel == "web" else "short",
            risk_level=context.risk_level,
            signs=tuple(sign.id for sign in context.signs),
        )
    )
    wishes = answer.keep.get("delete_asked"), answer.keep.get("delete_requested")
    if wishes[1] and context.known.delete_asked:
        erase(context)
        return True
    if any(wishes):  # nothing is erased that was not asked back here
        ask_delete(context)
        return True
    context.reply(*answer.replies)
    context.keep = answer.keep
    context.status = "answered_dialogue"
    return True


def erase(context: Context) -> None:
    """Order everything to be erased, and say truthfully what stays where."""
    context.orders.append(Order.ERASE)
    keys = ["delete_done", "delete_open_case"]
    context.say(*(keys if context.channel == "web" else [*keys, "delete_provider"]))
    context.status = "answered_deleted"


def ask_delete(context: Context) -> None:
    """Ask once, in neutral words, before anything is erased."""
    context.orders.append(Order.ASK_DELETE)
    context.say(
        "delete_ask", "delete_open_case", choices=[("button_delete_now", DELETE_YES), ("button_keep", DELETE_NO)]
    )
    context.status = "answered_delete_asked"


Step = Callable[[Context], bool]

STEPS: tuple[Step, ...] = (
    language,
    risk,
    emergency,
    keywords,
    nothing_to_read,
    dialogue,
)
AT_THE_DOOR: tuple[Step, ...] = STEPS[: STEPS.index(emergency) + 1]
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
    """A calm sentence and who can help, in place of whatever was begun."""
    context.drafts.clear()
    context.orders.clear()
    context.unlisted.clear()
    context.keep = {}
    said = apology(context.language)
    context.reply(Draft("error", said.text, said.language, said.direction))
    context.status = status


def say_safety_words(context: Context, second: bool = False) -> None:
    """The fixed safety words. On SMS the second message comes when 2 is sent, elsewhere at once."""
    words = safety.words(context.language)
    on_sms = context.channel == "sms"
    texts = words.second if on_sms and second else words.first if on_sms else (*words.first, *words.second)
    context.reply(*(Draft("safety", text, words.language, words.direction) for text in texts))
    if on_sms:
        context.unlisted += [("1", SAFETY_AGAIN), ("2", SAFETY_MORE)]
