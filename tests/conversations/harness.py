"""Conversations written down as YAML, and what each step means.

A file holds a list of conversations: `name`, optionally `form` (short or long), and `steps`. Steps of the worker:
  worker says: text            worker chooses: intent (a button)      worker sends number: n (of the last buttons)
  gateway knows: metadata that goes along from now on
  silence: minutes             kill: rasa or actions (SIGKILL; it is started again)          erase: true
and what must hold of the last reply:
  bot answers topic: id        bot kind: [kinds, in order]            bot says: words in it     bot does not say: words
  bot phrase: key              bot offers: intent or [intents]        bot keeps: mapping        bot does not keep: name
  bot keeps among others: mapping
  bot remembers: false
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from knowledge.phrases import phrase
from knowledge.render import answer_text
from tests.conversations.clockwork import kept_events, let_pass
from tests.conversations.servers import TRACKER_KEY, Servers

FOLDER = Path(__file__).parent


@dataclass
class Conversation:
    """One written conversation."""

    name: str
    steps: list[dict[str, Any]]
    form: str = "long"


@dataclass
class Talk:
    """A conversation under way: who talks, and what was said last."""

    servers: Servers
    form: str
    sender: str = field(default_factory=lambda: f"talk-{uuid4().hex}")
    messages: list[dict[str, Any]] = field(default_factory=list)
    keep: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Everything said last."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def intents(self) -> list[str]:
        """The intents behind the buttons shown last, in the order of their numbers."""
        return [button["intent"] for message in self.messages for button in message["buttons"]]

    def send(self, text: str, intent: str | None = None) -> None:
        """Send a message and take the reply, which must be one."""
        channel = "web" if self.form == "long" else "sms"
        reply = self.servers.ask(self.sender, text, intent, form=self.form, channel=channel, **self.metadata)
        assert reply.status_code == 200, (reply.status_code, reply.text)
        self.messages, self.keep = reply.json()["messages"], reply.json()["keep"]


def conversations(file: str) -> Iterator[Conversation]:
    """The conversations of one file."""
    for entry in yaml.safe_load((FOLDER / file).read_text(encoding="utf-8")):
        yield Conversation(**entry)


def play(written: Conversation, servers: Servers) -> None:
    """Play a conversation; an AssertionError names the step that did not hold."""
    talk = Talk(servers, written.form)
    for number, step in enumerate(written.steps, start=1):
        ((what, value),) = step.items()
        try:
            _STEPS[what](talk, value)
        except AssertionError as fault:
            heard = [(message["kind"], message["topic"], message["text"][:200]) for message in talk.messages]
            raise AssertionError(
                f"step {number}, {what}: {value!r}: {fault}\nheard: {heard}\n{talk.intents}"
            ) from fault


def _sends_number(talk: Talk, number: int) -> None:
    intents = talk.intents
    assert 0 < number <= len(intents), f"there are {len(intents)} choices"
    talk.send(str(number), intents[number - 1])


def _keeps_of(talk: Talk, wanted: dict[str, Any]) -> None:
    assert {name: talk.keep.get(name) for name in wanted} == wanted


def _kill(talk: Talk, name: str) -> None:
    talk.servers.kill(name)
    talk.servers.start(name)


def _erase(talk: Talk, _: object) -> None:
    assert talk.servers.call("DELETE", f"/conversations/{talk.sender}").status_code == 204


def _answers_topic(talk: Talk, topic: str) -> None:
    found = [message for message in talk.messages if message["kind"] == "answer" and message["topic"] == topic]
    assert found, "no answer on it"
    first_line = answer_text(topic, "en", talk.form).blocks[0].text
    assert first_line in found[0]["text"]


def _kinds(talk: Talk, kinds: str | list[str]) -> None:
    wanted = [kinds] if isinstance(kinds, str) else kinds
    assert [message["kind"] for message in talk.messages] == wanted


def _says(talk: Talk, words: str) -> None:
    assert words in talk.words


def _does_not_say(talk: Talk, words: str) -> None:
    assert words not in talk.words


def _phrase(talk: Talk, key: str) -> None:
    whole = phrase(key)
    pieces = [piece.partition("}")[2] if "}" in piece else piece for piece in whole.split("{")]
    assert all(piece in talk.words for piece in pieces)


def _offers(talk: Talk, intents: str | list[str]) -> None:
    wanted = [intents] if isinstance(intents, str) else intents
    assert [intent for intent in wanted if intent not in talk.intents] == []


def _keeps(talk: Talk, wanted: dict[str, Any]) -> None:
    assert talk.keep == wanted


def _does_not_keep(talk: Talk, name: str) -> None:
    assert name not in talk.keep


def _remembers(talk: Talk, wanted: bool) -> None:
    assert bool(kept_events(talk.servers.tracker_db, TRACKER_KEY, talk.sender)) is wanted


_STEPS: dict[str, Callable[[Talk, Any], None]] = {
    "worker says": lambda talk, text: talk.send(text),
    "worker chooses": lambda talk, intent: talk.send("", intent),
    "worker sends number": _sends_number,
    "gateway knows": lambda talk, known: talk.metadata.update(known),
    "silence": lambda talk, minutes: let_pass(talk.servers.tracker_db, TRACKER_KEY, talk.sender, minutes),
    "kill": _kill,
    "erase": _erase,
    "bot answers topic": _answers_topic,
    "bot kind": _kinds,
    "bot says": _says,
    "bot does not say": _does_not_say,
    "bot phrase": _phrase,
    "bot offers": _offers,
    "bot keeps": _keeps,
    "bot keeps among others": _keeps_of,
    "bot does not keep": _does_not_keep,
    "bot remembers": _remembers,
}
