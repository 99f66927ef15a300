"""Orders a worker can give with one word: stop, start, help, delete. Each is the whole message or it is none.

The words of every language are read once at import, from `knowledge/keywords/<lang>.yml`: they must work with
everything else down. "stop hitting me" and "help he has a knife" are no keywords.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Mapping

from knowledge.files import ROOT, read_yaml

_FOLDER = ROOT / "keywords"
_LONGEST = 40


class Keyword(enum.Enum):
    """What the worker orders."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    DELETE = "delete"


def keyword(text: str, channel: str, opted_out: bool = False) -> Keyword | None:
    """The order that the whole message is, or None.

    `channel` is "web", "sms" or "whatsapp". In the web chat nothing is sent unasked, so STOP and START mean nothing
    there. START words count only after a STOP: "yes" is otherwise an answer, "start" a wish to begin.
    """
    if len(text) > _LONGEST:
        return None
    kind = _KINDS.get(_bare(text))
    if kind is None:
        return None
    if kind in ("start", "start_when_stopped"):
        return Keyword.START if opted_out and channel != "web" else None
    if kind == "stop" and channel == "web":
        return None
    return Keyword(kind)


def _bare(text: str) -> str:
    """Letters, marks and digits in one case, words divided by one space; everything else is dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(
        ch if unicodedata.category(ch)[0] in "LMN" else " " for ch in folded if ch not in "'\u2019\u200d\u200c"
    )
    return " ".join(kept.split())


def _load() -> Mapping[str, str]:
    kinds: dict[str, str] = {}
    for path in sorted(_FOLDER.glob("*.yml")):
        for kind, words in read_yaml(path).items():
            for word in words:
                kinds.setdefault(_bare(word), kind)
    return kinds


_KINDS = _load()
