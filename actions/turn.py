"""One message as an action sees it: what was meant, in which language and form, and what went before in the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from knowledge.languages import offered_languages

Form = Literal["short", "long"]

# What an earlier message of ours may have asked, kept in the slot "pending".
DELETION = "deletion"
OTHER_QUESTION = "other_question"
DID_YOU_MEAN = "did_you_mean"

DRAFT = "share_"
"""How the names of the slots begin that hold an answer of the sharing choice."""
CHECK_FORM = "check_form"
CHECK_DRAFTS = "check_drafts"
"""The slot that holds the checks that are not finished."""


@dataclass(frozen=True)
class Case:
    """What the worker may know of their case: its reference, what they chose, and whether an officer has read that."""

    reference: str
    choice: str
    read: bool = False


@dataclass(frozen=True)
class Turn:
    """`intent` is the whole name ("ask/minimum_wage"), `language` one that is offered.

    `parts_given` counts the parts of the answer on `topic` that were said so far. `first_contact`: the worker has yet
    to be told about privacy; on the web the gateway has done so when the chat was opened.
    """

    intent: str
    text: str = ""
    language: str = "en"
    form: Form = "long"
    ranking: tuple[tuple[str, float], ...] = ()
    also: tuple[str, ...] = ()
    topic: str | None = None
    parts_given: int = 0
    pending: str | None = None
    other_question: str | None = None
    first_contact: bool = False
    new_session: bool = False
    channel: str = "web"
    case: Case | None = None
    draft: Mapping[str, str] = field(default_factory=dict)
    """What was answered so far of the sharing choice (slots that begin with `share_`), in this session."""
    draft_before: Mapping[str, str] = field(default_factory=dict)
    """The same as it was left, in this session or one before."""
    choice_ended: str | None = None
    spoken: str = "en"
    """The language of the worker's own words, offered or not."""
    check: str | None = None
    """The check that was begun last in this session."""
    checks: Mapping[str, Any] = field(default_factory=dict)
    """Checks that were begun and are not finished, by name, in this session or one before."""
    check_done: Mapping[str, Any] | None = None
    """The check that was finished last in this session."""
    check_ended: str | None = None
    in_check: bool = False
    """A check is under way: its question follows whatever is answered."""
    acted: tuple[str, ...] = ()
    """What was done on this message before."""
    hold: bool = False
    """The gateway asks something itself after this: no question of a check may follow."""
    paused: bool = False
    """The last words were safety words: this message is no answer to what was asked before them."""

    @property
    def chosen(self) -> bool:
        """Whether the message was chosen from a menu, so that nothing was guessed."""
        return bool(self.intent) and len(self.ranking) <= 1

    @property
    def family(self) -> str:
        """The part of the intent before the slash."""
        return self.intent.split("/", 1)[0]

    @property
    def about(self) -> str:
        """The part of the intent after the first slash, or nothing."""
        return self.intent.partition("/")[2]

    @classmethod
    def read(cls, tracker: Any) -> Turn:
        """From rasa_sdk's tracker. What is missing or of a wrong kind gets the plain default."""
        message: Mapping[str, Any] = tracker.latest_message or {}
        metadata = message.get("metadata") or {}
        reading = message.get("reading") or {}
        ranking = tuple((str(intent), float(chance)) for intent, chance in reading.get("ranking") or ())
        named = message.get("intent") or {}
        whole = named.get("full_retrieval_intent_name") or (ranking[0][0] if ranking else named.get("name"))
        wished = str(metadata.get("language") or "en")
        slots: Mapping[str, Any] = tracker.slots or {}
        return cls(
            intent=str(whole or ""),
            text=str(message.get("text") or ""),
            language=wished if wished in {each.code for each in offered_languages()} else "en",
            form="short" if metadata.get("form") == "short" else "long",
            ranking=ranking,
            also=tuple(reading.get("also") or ()),
            topic=slots.get("topic"),
            parts_given=int(slots.get("parts_given") or 0),
            pending=slots.get("pending"),
            other_question=slots.get("other_question"),
            first_contact=metadata.get("channel") != "web" and _first_contact(tracker),
            new_session=_new_session(tracker),
            channel=str(metadata.get("channel") or "web"),
            case=_case(metadata.get("case")),
            draft={name: str(value) for name, value in slots.items() if name.startswith(DRAFT) and value is not None},
            draft_before=_draft_before(tracker),
            choice_ended=slots.get("sharing_end"),
            spoken=wished,
            check=slots.get("check"),
            checks=_checks_before(tracker),
            check_done=slots.get("check_done"),
            check_ended=slots.get("check_end"),
            in_check=(tracker.active_loop or {}).get("name") == CHECK_FORM,
            acted=_acted(tracker),
            hold=bool(metadata.get("hold")),
            paused=bool(metadata.get("paused")),
        )


def _case(told: Any) -> Case | None:
    if not isinstance(told, Mapping) or not told.get("reference"):
        return None
    return Case(str(told["reference"]), str(told.get("choice") or ""), bool(told.get("read")))


def _draft_before(tracker: Any) -> dict[str, str]:
    last: dict[str, Any] = {}
    for event in tracker.events or ():
        if event.get("event") == "slot" and str(event.get("name")).startswith(DRAFT):
            last[str(event["name"])] = event.get("value")
    return {name: str(value) for name, value in last.items() if value is not None}


def _checks_before(tracker: Any) -> dict[str, Any]:
    for event in reversed(tracker.events or ()):
        if event.get("event") == "slot" and event.get("name") == CHECK_DRAFTS:
            return dict(event.get("value") or {})
    return {}


def _acted(tracker: Any) -> tuple[str, ...]:
    """The actions that ran since the worker's last message."""
    names: list[str] = []
    for event in reversed(tracker.events or ()):
        if event.get("event") == "user":
            break
        if event.get("event") == "action":
            names.append(str(event.get("name")))
    return tuple(reversed(names))


def _first_contact(tracker: Any) -> bool:
    """Whether the worker has not yet been told about privacy, in this session or one before."""
    return not any(
        event.get("event") == "slot" and event.get("name") == "introduced" and event.get("value")
        for event in tracker.events or ()
    )


def _new_session(tracker: Any) -> bool:
    """Whether this message is the first of its session."""
    messages = 0
    for event in reversed(tracker.events or ()):
        if event.get("event") == "session_started":
            break
        messages += event.get("event") == "user"
    return messages <= 1
