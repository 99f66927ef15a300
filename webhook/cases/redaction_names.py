"""Names: after "my name is", "I am", "this is" and their like, after titles and kin, and at the end of a letter."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import spacy
from spacy.matcher import Matcher

from webhook.cases.name_lists import (
    ABROAD,
    GIVEN,
    NEVER_NAMES,
    NOT_A_NAME,
    PARTICLES,
    PEOPLE,
    SAYS_WHO,
    TITLES,
    WORDS_TOO,
)
from webhook.cases.redaction_marks import Mark

STRONG, WEAK, TITLE, KIN = "strong", "weak", "title", "kin"
MOST_WORDS = 4
BETWEEN = frozenset([":", "-", "=", '"', "'", "(", "*", ".", "is", "mr", "mrs", "ms"])
"""What may stand between "my name is" and the name."""
MOST_BETWEEN = 3

_BE = {"LOWER": {"IN": ["is", "'s", "s", "was", "iz", "are"]}}
_WHOSE = {"LOWER": {"IN": ["my", "his", "her", "their", "our", "the", "real", "full", "your", "whose"]}}
_NAME = {"LOWER": {"IN": ["name", "names", "surname", "nickname", "firstname", "lastname", "forename"]}}
_SEPARATOR = {"ORTH": {"IN": [":", "=", "-", "is", "Is", "IS", "'s"]}}

_TRIGGERS: dict[str, list[list[dict[str, Any]]]] = {
    STRONG: [
        [_WHOSE, {"OP": "?", "IS_ALPHA": True}, {"OP": "?", "ORTH": "'s"}, _NAME, _BE],
        [_WHOSE, {"OP": "?", "IS_ALPHA": True}, _NAME, {"ORTH": {"IN": [":", "=", "-", ","]}}],
        [{"LOWER": {"IN": ["my", "full", "first", "last"]}}, {"LOWER": "names"}],
        [{"LOWER": {"IN": ["name", "surname", "names"]}}, _SEPARATOR],
        [
            {"LOWER": {"IN": ["i", "she", "he", "me"]}},
            {"LOWER": {"IN": ["am", "'m", "m", "is", "'s"]}},
            {"LOWER": "called"},
        ],
        [{"LOWER": {"IN": ["named", "nicknamed"]}}],
        [{"LOWER": "known"}, {"LOWER": "as"}],
        [{"LOWER": "i"}, {"LOWER": {"IN": ["go", "goes"]}}, {"LOWER": "by"}],
    ],
    WEAK: [
        [{"LOWER": "i"}, {"LOWER": {"IN": ["am", "'m", "m"]}}],
        [{"LOWER": {"IN": ["im", "iam"]}}],
        [{"LOWER": {"IN": ["this", "it", "here"]}}, {"LOWER": {"IN": ["is", "'s", "s"]}}],
        [{"LOWER": {"IN": ["its", "it's"]}}],
        [{"LOWER": "me"}, {"LOWER": "is"}],
    ],
    TITLE: [[{"LOWER": {"IN": sorted(TITLES)}}], [{"LOWER": {"IN": sorted(TITLES)}}, {"ORTH": "."}]],
    KIN: [
        [{"LOWER": {"IN": ["call", "calls"]}}, {"LOWER": "me"}],
        [{"LOWER": {"IN": sorted(PEOPLE)}}],
        [{"LOWER": {"IN": sorted(PEOPLE)}}, {"LOWER": {"IN": ["called", "is"]}}],
    ],
}

_LETTER = r"[^\W\d_][^\s\d.,;:!?()\[\]\"'|/\\]*"
_CAPITAL = r"[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+){0,2}"
_SIGNED = (
    re.compile(
        r"(?:regards|thanks|thank\s+you|thank\s+u|best\s+wishes|yours(?:\s+(?:sincerely|faithfully|truly))?|sincerely|cheers|"
        rf"god\s+bless(?:\s+you)?|kindly|love|signed)\s*+[,.!-]*+\s*+(?:from\s+)?(?P<name>(?-i:{_CAPITAL}))\s*+[.!x]*+\s*+$",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:^|\n|\s)[-~]\s*(?P<name>{_CAPITAL})\s*\.?\s*$"),
    re.compile(rf"^\s*(?:hi|hello|hey|dear)[,.!]?\s+(?P<name>(?-i:{_CAPITAL}))\s+here\b", re.IGNORECASE),
    re.compile(rf"^\s*(?P<name>(?-i:{_CAPITAL}))\s+(?:here|speaking|this\s+side)\b", re.IGNORECASE),
    re.compile(r"(?P<name>[A-Z][\w'-]+)\s+this\s+side\b"),
)
_ABROAD = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, ABROAD))})(?:\s*+[:=-])?\s++(?P<name>{_LETTER}(?:\s+{_LETTER}){{0,2}})",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"(?:我叫|我的名字是|我是)(?P<name>[\u4e00-\u9fff]{2,4}?)(?=$|[,。,.!!\s我在的])")

_reading = threading.Lock()


@lru_cache(maxsize=1)
def _reader() -> tuple[Any, Matcher]:
    language = spacy.blank("en")
    matcher = Matcher(language.vocab)
    for kind, patterns in _TRIGGERS.items():
        matcher.add(kind, patterns, greedy="LONGEST")
    return language, matcher


def preload() -> None:
    """Make the rules ready now: an emergency must not wait for them."""
    list(name_marks("my name is nobody"))


def name_marks(text: str) -> Iterator[Mark]:
    """The marks of names in a text that ``plain`` has prepared."""
    with _reading:  # the vocabulary grows while it reads, and several threads read at once
        language, matcher = _reader()
        tokens = language.make_doc(text)
        found = [(language.vocab.strings[kind], end) for kind, _, end in matcher(tokens)]
        words = [(token.text, token.idx) for token in tokens]
    shouted = _shouted(text)
    for kind, end in found:
        taken = _taken(words, end, kind, shouted)
        if taken:
            yield Mark(taken[0][1], taken[-1][1] + len(taken[-1][0]), "name")
    for pattern in _SIGNED:
        for match in pattern.finditer(text):
            if match["name"].split()[0].lower() not in NOT_A_NAME | NEVER_NAMES:
                yield Mark(*match.span("name"), "name")
    for match in _ABROAD.finditer(text):
        yield _without_copula(match)
    for match in _CHINESE.finditer(text):
        yield Mark(*match.span("name"), "name")


def name_words(text: str, found: Iterable[Mark]) -> set[str]:
    """The single words of the names that were found, to be masked wherever they stand again."""
    words: set[str] = set()
    for mark in found:
        if mark.kind == "name":
            for word in re.findall(_LETTER, text[mark.start : mark.end]):
                if len(word) > 1 and word.lower() not in NOT_A_NAME | PARTICLES:
                    words.add(word)
    return words


def is_also_a_word(name: str) -> bool:
    """Whether a name is an ordinary word too (Hope, Joy), or so short that it stands in other words' place."""
    return len(name) < 3 or name.lower() in WORDS_TOO | NEVER_NAMES


def _without_copula(match: re.Match[str]) -> Mark:
    start, end = match.span("name")
    words = match["name"].split()
    kept = next((place for place, word in enumerate(words) if place and word.lower() in NOT_A_NAME), len(words))
    length = match["name"].find(words[kept]) if kept < len(words) else end - start
    return Mark(start, start + len(match["name"][:length].rstrip()), "name")


def _taken(words: Sequence[tuple[str, int]], at: int, kind: str, shouted: bool) -> list[tuple[str, int]]:
    """The words of the name that begins at ``at``; none when it is no name."""
    for _ in range(MOST_BETWEEN):
        if at < len(words) and words[at][0].lower() in BETWEEN:
            at += 1
    if at >= len(words) or not _can_be(words[at][0], kind):
        return []
    first = words[at][0]
    if kind in (WEAK, KIN) and not _is_surely(words, at, kind, shouted):
        return []
    taken, written = [words[at]], first[:1].isupper() and not shouted
    for word in words[at + 1 : at + MOST_WORDS]:
        plain_word = word[0].lower()
        if word[0] in ("-", "'", "’") or plain_word in PARTICLES:
            taken.append(word)
        elif not word[0][:1].isalpha() or plain_word in NOT_A_NAME or (written and not word[0][:1].isupper()):
            break
        elif written or kind == STRONG or plain_word in GIVEN:
            taken.append(word)
        else:
            break
    while taken and (taken[-1][0] in ("-", "'") or taken[-1][0].lower() in PARTICLES):
        taken.pop()
    return taken


def _can_be(word: str, kind: str) -> bool:
    known = word.lower() in NOT_A_NAME or (kind != STRONG and word.lower() in NEVER_NAMES)
    return word[:1].isalpha() and not known


def _is_surely(words: Sequence[tuple[str, int]], at: int, kind: str, shouted: bool) -> bool:
    """After "I am" most words are no names: only a capital, a known name, or "from", "here" after it make one."""
    word, lowered = words[at][0], words[at][0].lower()
    after = words[at + 1][0].lower() if at + 1 < len(words) else ""
    if word[:1].isupper() and not shouted:
        return True
    if lowered in GIVEN and lowered not in WORDS_TOO:
        return True
    return (
        kind == WEAK and after in SAYS_WHO and not lowered.endswith(("ing", "ed", "ly", "ful", "less", "able", "ous"))
    )


def _shouted(text: str) -> bool:
    """Whether it is all written in capitals, so that a capital says nothing."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 12 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)
