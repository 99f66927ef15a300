"""Orders a worker can give with a word: stop, start, help, delete, share. Each is the whole message or it is none.

The words of every language are read once at import, from `knowledge/keywords/<lang>.yml`: they must work with
everything else down. "stop hitting me" and "help he has a knife" are no keywords.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

from knowledge.answer_words import bare_words
from knowledge.files import ROOT, read_yaml

_FOLDER = ROOT / "keywords"
_LONGEST = 40
_LONGEST_OF_A_JOKE = 120
_JOKE = "joke"


class Keyword(enum.Enum):
    """What the worker orders."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    DELETE = "delete"
    CHOICE = "choice"
    SHARE = "share"
    TAKE_BACK = "take_back"
    GO_ON = "go_on"


def keyword(text: str, channel: str, opted_out: bool = False) -> Keyword | None:
    """The order that the whole message is, or None.

    `channel` is "web", "sms" or "whatsapp". In the web chat nothing is sent unasked, so STOP and START mean nothing
    there. START words count only after a STOP: "yes" is otherwise an answer, "start" a wish to begin.
    """
    if len(text) > _LONGEST:
        return None
    kind = _KINDS.get(bare_words(text))
    if kind is None:
        return None
    if kind in ("start", "start_when_stopped"):
        return Keyword.START if opted_out and channel != "web" else None
    if kind == "stop" and channel == "web":
        return None
    return Keyword(kind)


def spelling(order: Keyword, lang: str = "en") -> str:
    """How an order is written in a language: the first of its words."""
    return str(read_yaml(_FOLDER / f"{lang}.yml")[order.value][0])


def takes_back(text: str) -> bool:
    """Whether a short message says of what was told before that it was a joke, a mistake or a test."""
    bare = f" {bare_words(text)} "
    return len(text) <= _LONGEST_OF_A_JOKE and any(f" {phrase} " in bare for phrase in _JOKES)


def _load() -> tuple[Mapping[str, str], frozenset[str]]:
    kinds: dict[str, str] = {}
    jokes: set[str] = set()
    for path in sorted(_FOLDER.glob("*.yml")):
        for kind, words in read_yaml(path).items():
            if kind == _JOKE:
                jokes.update(bare_words(word) for word in words)
                continue
            for word in words:
                kinds.setdefault(bare_words(word), kind)
    return kinds, frozenset(jokes)


_KINDS, _JOKES = _load()
