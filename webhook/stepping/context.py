"""One message on its way through the steps: what was known before it, and what the steps have found."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from knowledge.phrase_book import ENGLISH
from understanding.encoded import Encoded
from understanding.risk_levels import EMERGENCY, HIGH, Risk, Sign, highest
from webhook.channels.messages import Choice, Draft, Kind
from webhook.rasa_client import Answer, Question
from webhook.switches.off import Off
from webhook.words import gentle

Channel = Literal["web", "sms", "whatsapp"]
OURS = "gateway/"
"""Intents that begin so are the gateway's own choices and never go to Rasa."""
READ_LATE = OURS + "read"
DELETE_YES = OURS + "delete"
DELETE_NO = OURS + "keep"
SAFETY_AGAIN = OURS + "safety"
SAFETY_MORE = OURS + "safety_more"
TAKE_BACK = OURS + "take_back"
RETURN_PHRASE = OURS + "return_phrase"
CALENDAR = OURS + "calendar"
GENTLE = OURS + "gentle/"
"""Followed by yes, no or skip: the answer to the gentle question."""
ALARMING = (HIGH, EMERGENCY)
"""Levels that bring a conversation before SHOP."""


class Order(enum.Enum):
    """What the turn must do besides replying."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    ASK_DELETE = "ask_delete"
    ERASE = "erase"
    READ_LATE = "read_late"
    TAKE_BACK = "take_back"
    RETURN_PHRASE = "return_phrase"
    NOTE_JOKE = "note_joke"


@dataclass(frozen=True)
class CaseSoFar:
    """What the worker may know of the case their conversation has."""

    reference: str
    choice: str
    """One of `webhook.cases.enums.Choice`."""
    read: bool
    """Whether an officer has read that choice: then it can no longer be taken back."""


@dataclass(frozen=True)
class Known:
    """What was known of the conversation before this message. `risk` and `gentle` are kept between messages."""

    language: str | None = None
    language_chosen: bool = False
    language_talk: Mapping[str, Any] = field(default_factory=dict)
    """What is remembered of offering another language: see `stepping/languages.py`."""
    opted_out: bool = False
    delete_asked: bool = False
    intent: str | None = None
    """What the message means as a choice from the last menu."""
    said: str | None = None
    """What was typed where it was such a choice: its number or its payload."""
    level: str = "none"
    """The highest level reached."""
    risk: Mapping[str, Any] = field(default_factory=dict)
    """What earlier messages showed, as `understanding.conversation_risk` writes it."""
    gentle: Mapping[str, Any] = field(default_factory=dict)
    """The gentle question that was asked: its id, and whether it still waits for its answer."""
    high_words_given: bool = False
    choice_offered: bool = False
    choice_open: bool = False
    """The dialogue is in the middle of the sharing choice."""
    check_open: bool = False
    """The dialogue is in the middle of a rights check."""
    check_waits: bool = False
    """A rights check was begun and is not finished: it is taken up when the worker asks."""
    check_paused: bool = False
    """The last words were safety words, in the middle of a check: what comes now is no answer to its question."""
    calendar: str | None = field(default=None, repr=False)
    """The dates of the last check as the text of a calendar file."""
    silent: bool = False
    """The worker comes back after a silence: nothing of before is spoken of first."""
    case: CaseSoFar | None = None
    off: Off = field(default_factory=Off)
    """What is switched off: words for danger never are."""
    language_off_told: str | None = None
    """The language of which it was said that it is switched off."""
    taken_over: bool = False
    """An officer talks to the worker in place of the service."""


class Dialogue(Protocol):
    """Where the dialogue runs."""

    def ask(self, question: Question) -> Answer:
        """Reply to one message. Raises RasaUnavailable."""


@dataclass(frozen=True)
class Reading:
    """What danger a text shows, in which language it was read, and its vectors."""

    encoded: Encoded = field(repr=False)
    language: str
    found: Risk = field(repr=False)


@dataclass
class Context:
    """One message on its way through the steps, and what they found."""

    text: str
    channel: Channel
    pseudonym: str = ""
    media: int = 0
    message: str = ""
    """The message's id."""
    received_at: datetime | None = None
    media_kind: str = ""
    """`audio`, `picture`, `sticker`, `place` or nothing."""
    known: Known = field(default_factory=Known)
    dialogue: Dialogue | None = None

    language: str = "en"
    """What is written in: the conversation's language."""
    language_sure: bool = False
    spoken: str | None = None
    """The language of this message itself, where it shows plainly."""
    either: tuple[str, ...] = ()
    """The two languages this message may be in, where its letters cannot tell."""
    risk_level: str = "none"
    """What this message itself shows."""
    found: Risk | None = None
    """The same as it was read."""
    encoded: Encoded | None = field(default=None, repr=False)
    """What was read for danger, with its vectors."""
    read_before: Reading | None = field(default=None, repr=False)
    """What the door read in this very message: it costs most of what a message costs here, and is not done twice."""
    sum_reached: bool = False
    """With this message the conversation as a whole first reaches high."""
    signs: tuple[Sign, ...] = ()
    earlier_signs: tuple[Sign, ...] = ()
    """The strong signs of earlier messages, where it is their sum that reaches high; without their words."""
    drafts: list[Draft] = field(default_factory=list)
    unlisted: list[tuple[str, str]] = field(default_factory=list)
    """Choices whose numbers the text itself tells: title and intent."""
    orders: list[Order] = field(default_factory=list)
    keep: Mapping[str, Any] = field(default_factory=dict)
    """What the dialogue asks to keep."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What the steps themselves keep with the conversation; None forgets a name."""
    holds: bool = False
    """Something is asked after the dialogue's answer: a check's own question may not follow it."""
    shown_once: str | None = field(default=None, repr=False)
    """What is shown in this one answer on the web and kept nowhere."""
    status: str = "unanswered"
    """Family and reason, joined by an underscore: `answered_…`, `silent_…`, `error_…`."""

    @property
    def form(self) -> str:
        """How long an answer may be on this channel: `long` or `short`."""
        return "long" if self.channel == "web" else "short"

    @property
    def answers_in(self) -> str:
        """The language of everything but words for danger: English in place of one that is switched off."""
        return ENGLISH if self.language in self.known.off.languages else self.language

    @property
    def level(self) -> str:
        """The level that is acted upon: of this message, or of the sum where it reaches high now."""
        return highest([self.risk_level, HIGH if self.sum_reached else "none"])

    @property
    def alarms(self) -> bool:
        """Whether this turn brings the conversation before SHOP."""
        return self.level in ALARMING

    def reply(self, *drafts: Draft) -> None:
        """Add to what is said."""
        self.drafts.extend(drafts)

    @property
    def reading(self) -> Reading | None:
        """What was read in this message, for who reads it again; None where a part of the reading failed."""
        if self.encoded is None or self.found is None:
            return None
        return Reading(self.encoded, self.spoken or self.language, self.found)

    def say(self, *keys: str, choices: Sequence[tuple[str, str]] = (), kind: Kind | None = None) -> None:
        """Add sentences of the gateway's own; `choices` are keys of button words with the intents behind them."""
        said = gentle(*keys, lang=self.answers_in)
        lines = tuple(Choice(gentle(key, lang=self.answers_in).text, intent) for key, intent in choices)
        self.reply(
            Draft(kind or ("choice" if lines else "notice"), said.text, said.language, said.direction, None, lines)
        )

    def question(self, text: str, intent: str | None) -> Question:
        """The message, or a choice of the gateway's own, as Rasa gets it."""
        case = self.known.case
        more: dict[str, Any] = {"paused": True} if self.known.check_paused else {}
        if self.holds:
            more["hold"] = True
        if case:
            more["case"] = {"reference": case.reference, "choice": case.choice, "read": case.read}
        return Question(
            sender=self.pseudonym,
            text=text,
            intent=intent,
            language=self.answers_in,
            channel=self.channel,
            form=self.form,
            risk_level=self.risk_level,
            signs=tuple(sign.id for sign in self.signs),
            more=more,
            vectors=self.encoded.written() if self.encoded and self.encoded.text == text and not intent else None,
        )
