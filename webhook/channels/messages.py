"""What goes to a worker, in one form for every channel, and how each channel shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from webhook.channels import sms_text

Kind = Literal["answer", "safety", "question", "choice", "menu", "notice", "error"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Button:
    """One choice. `intent` is for Rasa and never leaves the gateway; the worker's side sees an opaque `payload`."""

    title: str
    intent: str
    payload: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the worker. `dir` is the direction of its script, "ltr" or "rtl"."""

    kind: Kind
    text: str
    lang: str = "en"
    dir: str = "ltr"
    topic: str | None = None
    buttons: tuple[Button, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Plain data, to be kept (encrypted) in the database; `from_data` reads it."""
        buttons = [{"title": b.title, "intent": b.intent, "payload": b.payload} for b in self.buttons]
        return {
            "kind": self.kind,
            "text": self.text,
            "lang": self.lang,
            "dir": self.dir,
            "topic": self.topic,
            "buttons": buttons,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Reply:
        """A reply from plain data, ours or Rasa's. Raises ValueError when it is not one."""
        text, kind = data.get("text"), data.get("kind", "answer")
        if not isinstance(text, str) or kind not in KINDS:
            raise ValueError("not a reply")
        buttons = [_button(entry) for entry in data.get("buttons") or []]
        topic = data.get("topic")
        return cls(
            kind=kind,
            text=text,
            lang=str(data.get("lang") or "en"),
            dir="rtl" if data.get("dir") == "rtl" else "ltr",
            topic=topic if isinstance(topic, str) else None,
            buttons=tuple(buttons),
        )


def _button(data: Any) -> Button:
    if not isinstance(data, Mapping) or not isinstance(data.get("title"), str):
        raise ValueError("not a button")
    return Button(str(data["title"]), str(data.get("intent") or ""), str(data.get("payload") or ""))


def phone_texts(replies: Sequence[Reply]) -> list[str]:
    """The replies as messages for SMS or WhatsApp, in order, each within Twilio's limit.

    The numbers of the choices run on over all the replies of one turn, as `numbered` counts them.
    """
    texts: list[str] = []
    for reply, start in numbered(replies):
        lines = [f"{number}. {button.title}" for number, button in enumerate(reply.buttons, start=start)]
        texts.extend(sms_text.split(sms_text.normalise("\n".join([reply.text, *lines]))))
    return texts


def numbered(replies: Sequence[Reply]) -> list[tuple[Reply, int]]:
    """Each reply with the number its first button has."""
    found, start = [], 1
    for reply in replies:
        found.append((reply, start))
        start += len(reply.buttons)
    return found


def with_payloads(replies: Sequence[Reply], payloads: Sequence[str]) -> list[Reply]:
    """The replies with an opaque payload on each button, in order."""
    left = iter(payloads)
    return [replace(r, buttons=tuple(replace(b, payload=next(left)) for b in r.buttons)) for r in replies]
