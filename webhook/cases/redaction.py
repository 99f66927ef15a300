"""Masking who somebody is in what they wrote: names, numbers, addresses, documents, accounts, links.

What an officer needs to understand stays: money, hours, ages, lengths of time, dates (but dates of birth). It is
done by rules, and misses some; it errs towards masking too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from webhook.cases.redaction_marks import Mark, merged, plain
from webhook.cases.redaction_names import is_also_a_word, name_marks, name_words
from webhook.cases.redaction_numbers import number_marks
from webhook.cases.redaction_places import address_marks, online_marks

__all__ = ["Mark", "marks", "redact", "redact_all", "redact_part"]

LEARNED = frozenset({"phone", "e-mail", "document", "bank", "handle", "link", "address"})
"""What is masked again wherever it stands in the same conversation, also in our own words."""


def marks(text: str) -> list[Mark]:
    """Everything in a text that could tell who somebody is, in order and without overlaps."""
    read = plain(text)
    found = [*online_marks(read), *address_marks(read), *number_marks(read), *name_marks(read)]
    return merged(found)


def redact(text: str) -> str:
    """The text with each such thing replaced by its kind in square brackets: "call [phone]"."""
    found = marks(text)
    return _replaced(text, merged([*found, *_again(text, name_words(plain(text), found))]))


def redact_part(part: str, whole: str) -> str:
    """A part of a message, redacted with what the whole message tells: a name's "my name is" may stand outside it."""
    at = whole.find(part)
    if at < 0 or not part:
        return redact(part)
    found = marks(whole)
    found = merged([*found, *_again(whole, name_words(plain(whole), found))])
    end = at + len(part)
    inside = [Mark(max(m.start, at) - at, min(m.end, end) - at, m.kind) for m in found if m.start < end and m.end > at]
    return _replaced(part, inside)


def redact_all(texts: Sequence[tuple[str, bool]]) -> list[str]:
    """Redact the messages of one conversation together; each is a text and whether a person wrote it.

    A name or number given once is masked in all of them. Our own words keep the helplines' numbers they hold.
    """
    by_person = [marks(text) if written else [] for text, written in texts]
    names: set[str] = set()
    learned: set[str] = set()
    for (text, written), found in zip(texts, by_person, strict=True):
        if written:
            names |= name_words(plain(text), found)
            learned |= {text[m.start : m.end].strip() for m in found if m.kind in LEARNED}
    said = []
    for (text, _), found in zip(texts, by_person, strict=True):
        again = [*_again(text, names), *_exactly(text, learned)]
        said.append(_replaced(text, merged([*found, *again])))
    return said


def _again(text: str, names: Iterable[str]) -> list[Mark]:
    """Where names that were given stand again, as whole words. Ordinary words: only as they were written."""
    listed = list(names)
    read = plain(text)
    found: list[Mark] = []
    for also_words in (False, True):
        words = sorted((name for name in listed if is_also_a_word(name) is also_words), key=len, reverse=True)
        if not words or (also_words and not (words := [word for word in words if word[:1].isupper()])):
            continue
        pattern = re.compile(
            r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.NOFLAG if also_words else re.IGNORECASE
        )
        found += [Mark(match.start(), match.end(), "name") for match in pattern.finditer(read)]
    return found


def _exactly(text: str, learned: Iterable[str]) -> list[Mark]:
    found: list[Mark] = []
    for value in learned:
        at = text.find(value) if len(value) > 3 else -1
        while at >= 0:
            found.append(Mark(at, at + len(value), "withheld"))
            at = text.find(value, at + len(value))
    return found


def _replaced(text: str, found: Sequence[Mark]) -> str:
    said, at = [], 0
    for mark in found:
        said += [text[at : mark.start], f"[{mark.kind}]"]
        at = mark.end
    return "".join([*said, text[at:]])
