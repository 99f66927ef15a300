"""Asking Rasa: one private HTTP call a message, with time limits, and errors without a word of the worker's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from webhook.channels.messages import Draft

_ROOT = "/webhooks/gateway"
_LARGEST = 512 * 1024


class RasaUnavailable(Exception):
    """Rasa is down, too slow, or gave an answer that is none. `reason` says which, never the content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Question:
    """One message as Rasa gets it. `intent` is set only from a button the gateway itself offered."""

    sender: str
    text: str
    language: str
    channel: str
    form: str
    intent: str | None = None
    risk_level: str = "none"
    signs: Sequence[str] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    # The vectors of `text` where they are known already (`understanding.encoded`): Rasa need not make them again.
    vectors: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The body of the call, as the bot's channel reads it."""
        return {
            "sender": self.sender,
            "text": self.text,
            "intent": self.intent,
            "vectors": self.vectors,
            "metadata": {
                **self.more,
                "language": self.language,
                "channel": self.channel,
                "form": self.form,
                "risk": {"level": self.risk_level, "signs": list(self.signs)},
            },
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What Rasa says, and what its actions ask the gateway to keep."""

    replies: tuple[Draft, ...]
    keep: Mapping[str, Any]


class RasaClient:
    """A connection to one Rasa server. `timeout` is the whole patience for an answer, in seconds."""

    def __init__(
        self, base: str, token: str, timeout: float = 8.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._http = httpx.Client(
            base_url=base.rstrip("/"),
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(timeout, connect=min(timeout, 2.0)),
            transport=transport,
            trust_env=False,
        )

    def ask(self, question: Question, timeout: float | None = None) -> Answer:
        """Send one message and read the replies. Raises RasaUnavailable; an answer without replies is one too."""
        response = self._call("POST", f"{_ROOT}/webhook", json=question.as_json(), timeout=timeout)
        try:
            data = response.json()
            replies = tuple(Draft.from_rasa(entry) for entry in data["messages"])
            keep = data.get("keep") or {}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise RasaUnavailable("answer_unreadable") from None
        if not replies:
            raise RasaUnavailable("answer_empty")
        if not isinstance(keep, Mapping):
            raise RasaUnavailable("answer_unreadable")
        return Answer(replies, keep)

    def forget(self, sender: str) -> None:
        """Erase the tracker of one conversation. Raises RasaUnavailable when it is not confirmed."""
        self._call("DELETE", f"{_ROOT}/conversations/{sender}")

    def ready(self) -> bool:
        """Whether Rasa runs and has loaded a model."""
        try:
            self._call("GET", f"{_ROOT}/ready", timeout=2.0)
        except RasaUnavailable:
            return False
        return True

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _call(
        self,
        method: str,
        path: str,
        json: Any = None,
        timeout: float | None = None,
    ) -> httpx.Response:
        limit = self._http.timeout if timeout is None else httpx.Timeout(timeout, connect=min(timeout, 2.0))
        try:
            response = self._http.request(method, path, json=json, timeout=limit)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            # "from None": httpx's own errors hold the request, and the request holds the worker's words.
            raise RasaUnavailable(type(fault).__name__) from None
        if response.status_code not in (200, 204):
            raise RasaUnavailable(f"status_{response.status_code}")
        if len(response.content) > _LARGEST:
            raise RasaUnavailable("answer_too_large")
        return response
