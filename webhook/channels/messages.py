"""What is about to be said to a worker, before it is shown: the same for every channel.

A draft's choices still hold the intents behind them. Only when a turn is stored do they become numbers and opaque
payloads, and only those leave the service.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from webhook.channels import sms_text
from webhook.conversations import service

Kind = Literal["answer", "safety", "question", "choice", "menu", "notice", "error"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose: its words, and the intent behind it."""

    title: str
    intent: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One message to the worker. `dir` is the direction of its script, "ltr" or "rtl"."""

    kind: Kind
    text: str
    lang: str = "en"
    dir: str = "ltr"
    topic: str | None = None
    choices: tuple[Choice, ...] = ()
    file: str | None = field(default=None, repr=False)
    """The text of a calendar file to go with it, on the web."""

    @classmethod
    def from_rasa(cls, data: Mapping[str, Any]) -> Draft:
        """A draft from one message of Rasa's answer. Raises ValueError when it is not one."""
        text, kind = data.get("text"), data.get("kind", "answer")
        if not isinstance(text, str) or not text.strip() or kind not in KINDS:
            raise ValueError("not a message")
        topic = data.get("topic")
        return cls(
            kind=kind,
            text=text,
            lang=str(data.get("lang") or "en"),
            dir="rtl" if data.get("dir") == "rtl" else "ltr",
            topic=topic if isinstance(topic, str) else None,
            choices=tuple(_choice(entry) for entry in data.get("buttons") or []),
        )


def _choice(data: Any) -> Choice:
    if not isinstance(data, Mapping) or not data.get("title") or not data.get("intent"):
        raise ValueError("not a choice")
    return Choice(str(data["title"]), str(data["intent"]))


def choices_of(drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    """Every choice of one turn, (title, intent), in the order in which they are numbered."""
    return [(choice.title, choice.intent) for draft in drafts for choice in draft.choices]


def web_replies(drafts: Sequence[Draft], menu: Sequence[service.MenuItem]) -> list[service.Reply]:
    """The drafts as the web shows them: each choice a button with its opaque payload."""
    items = iter(menu)
    replies = []
    for draft in drafts:
        buttons = tuple(service.Button(choice.title, next(items).payload) for choice in draft.choices)
        replies.append(_reply(draft, draft.text, buttons))
    return replies


def phone_replies(drafts: Sequence[Draft]) -> list[service.Reply]:
    """The drafts as SMS and WhatsApp carry them: choices as numbered lines, each message within Twilio's limit.

    Numbers run on over all the drafts of a turn, as the conversation's menu does.
    """
    replies, number = [], 0
    for draft in drafts:
        lines = [draft.text]
        for choice in draft.choices:
            number += 1
            lines.append(f"{number}. {choice.title}")
        replies += [_reply(draft, text, ()) for text in sms_text.split(sms_text.normalise("\n".join(lines)))]
    return replies


def _reply(draft: Draft, text: str, buttons: tuple[service.Button, ...]) -> service.Reply:
    content = service.Content(
        text=text, language=draft.lang, direction=draft.dir, topic=draft.topic, buttons=buttons, file=draft.file
    )
    return service.Reply(kind=draft.kind, content=content)
