"""What the words must hold to that are an order when they are the whole message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.answer_words import bare_words
from knowledge.phrase_book import ENGLISH
from knowledge.shape import list_of, one_of, table, text
from knowledge.validation.faults import Fault, Tree

FOLDER = "keywords"
JOKE = "joke"
"""Counts inside a short message too, and orders nothing: its words may be longer."""
KINDS = ("stop", "start", "start_when_stopped", "help", "delete", "choice", "share", "take_back", "go_on", JOKE)
NETWORK = {
    "stop": ("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"),
    "start": ("start", "unstop"),
    "start_when_stopped": ("yes",),
    "help": ("help", "info"),
}
"""What Twilio acts on by itself, whatever we do: https://help.twilio.com, "Support for SMS opt-out keywords"."""
LONGEST = 40
keywords_form = table(one_of(*KINDS), list_of(text, 1), 1)


def keyword_faults(tree: Tree) -> Iterator[Fault]:
    """Every fault of the keywords. All languages are read together: a word is the same order in each."""
    meant: dict[str, tuple[str, Path]] = {}
    for path in sorted((tree.root / FOLDER).glob("*.yml"), key=lambda path: (path.stem != ENGLISH, path)):
        faults: list[Fault] = []
        data = tree.read(path, keywords_form, faults)
        yield from faults
        if data is None:
            continue
        yield from (tree.fault(path, reason) for reason in _reasons(data, path.stem == ENGLISH))
        for kind, words in data.items():
            for word in map(bare_words, words):
                before, where = meant.setdefault(word, (kind, path))
                if before != kind:
                    yield tree.fault(path, f"{kind}: {word!r} is already {before} in {tree.name(where)}")


def _reasons(data: Mapping[str, list[str]], english: bool) -> Iterator[str]:
    for kind, words in data.items():
        for word in words:
            if not bare_words(word):
                yield f"{kind}: {word!r} has neither letter nor digit"
            if len(word) > LONGEST and kind != JOKE:
                yield f"{kind}: {word!r} is longer than {LONGEST} characters, and would not be looked at"
    if english:
        yield from (f"{kind}: is missing" for kind in KINDS if kind not in data)
        for kind, acted_on in NETWORK.items():
            known = set(map(bare_words, data.get(kind, [])))
            yield from (
                f"{kind}: {word} is missing, and the network acts on it" for word in acted_on if word not in known
            )
