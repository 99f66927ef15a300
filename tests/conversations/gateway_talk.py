"""A conversation through the gateway's own steps, the real Rasa and the real actions. Only the database is played.

What is kept between two messages is what `webhook/turns.py` keeps; a typed number is a choice of the last menu.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from tests.conversations.clockwork import let_pass
from tests.conversations.servers import TOKEN, TRACKER_KEY, Servers
from webhook import steps
from webhook.channels.messages import choices_of
from webhook.conversations.menus import read_number
from webhook.rasa_client import RasaClient
from webhook.steps import Context, Known

_PATIENCE_SECONDS = 60
_FLAGS = ("choice_offered", "choice_open", "check_open", "check_waits", "check_paused")


@dataclass
class GatewayTalk:
    """A worker and what the gateway remembers of them."""

    servers: Servers
    channel: Literal["web", "sms"] = "web"
    language: str = "en"
    sender: str = field(default_factory=lambda: f"talk-{uuid4().hex}")
    kept: dict[str, Any] = field(default_factory=dict)
    level: str = "none"
    silent: bool = False
    last: Context | None = None

    @property
    def words(self) -> str:
        """Everything said last."""
        return "\n".join(draft.text for draft in self._last.drafts)

    @property
    def kinds(self) -> list[str]:
        """The kinds of what was said last."""
        return [draft.kind for draft in self._last.drafts]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The last menu: title and intent."""
        return [*choices_of(self._last.drafts), *self._last.unlisted] if self.last else []

    @property
    def _last(self) -> Context:
        assert self.last is not None, "nothing was said yet"
        return self.last

    def say(self, text: str) -> str:
        """Send a message as the worker types it, and give what is said to it."""
        number = read_number(text)
        menu = self.choices
        chosen = menu[number - 1] if number is not None and 0 < number <= len(menu) else None
        known = Known(
            language=self.language,
            language_chosen=True,
            intent=chosen[1] if chosen else None,
            said=text if chosen else None,
            level=self.level,
            risk=self.kept.get("risk") or {},
            gentle=self.kept.get("gentle") or {},
            high_words_given=bool(self.kept.get("high_words")),
            calendar=self.kept.get("calendar"),
            silent=self.silent,
            **{name: bool(self.kept.get(name)) for name in _FLAGS},
        )
        rasa = RasaClient(f"http://127.0.0.1:{self.servers.rasa_port}", TOKEN, timeout=_PATIENCE_SECONDS)
        context = Context(chosen[0] if chosen else text, self.channel, self.sender, known=known, dialogue=rasa)
        try:
            self.last = steps.run(context)
        finally:
            rasa.close()
        assert not self.last.status.startswith("error"), (text, self.last.status)
        assert "error" not in self.kinds, (text, self.words)
        self.kept |= {**self.last.keep, **self.last.notes}
        self.level = self.last.level if self.last.alarms else self.level
        self.silent = False
        return self.words

    def choose(self, title: str) -> str:
        """Send the number of the choice of that title."""
        titles = [each for each, _ in self.choices]
        return self.say(str(titles.index(title) + 1))

    def be_silent(self, minutes: float) -> None:
        """Let so many minutes pass."""
        let_pass(self.servers.tracker_db, TRACKER_KEY, self.sender, minutes)
        self.silent = True
        self.kept |= {"check_open": False, "check_paused": False}
