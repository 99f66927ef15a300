"""What an action says: messages in the form the gateway reads, and what the conversation remembers of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from knowledge.languages import LanguageNotKnown, language

Kind = Literal["answer", "question", "choice", "menu", "notice", "error"]


@dataclass(frozen=True)
class Button:
    """A choice: its words, and the intent the gateway will send when it is taken."""

    title: str
    intent: str


@dataclass(frozen=True)
class Message:
    """One message. `keep` is what the gateway is asked to keep."""

    kind: Kind
    text: str
    lang: str = "en"
    topic: str | None = None
    buttons: Sequence[Button] = ()
    keep: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The custom payload as Rasa passes it on."""
        data: dict[str, Any] = {
            "kind": self.kind,
            "text": self.text,
            "lang": self.lang,
            "dir": _direction(self.lang),
            "topic": self.topic,
            "buttons": [{"title": each.title, "intent": each.intent} for each in self.buttons],
        }
        if self.keep:
            data["keep"] = self.keep
        return data


@dataclass(frozen=True)
class Reply:
    """The messages of one turn, in order, and the slots that change. A slot that is not named stays as it is,
    but for what was pending: a question of ours that was not answered is forgotten."""

    messages: Sequence[Message]
    slots: dict[str, Any] = field(default_factory=dict)
    keep: dict[str, Any] = field(default_factory=dict)
    """What the gateway is asked to keep though nothing is said."""


def _direction(lang: str) -> str:
    try:
        return language(lang).dir
    except LanguageNotKnown:
        return "ltr"
