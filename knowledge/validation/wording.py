"""What may not stand in words a worker reads: typed figures, promises, long sentences, loud marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.gsm7 import not_in_alphabet
from knowledge.placeholders import without_placeholders

LONGEST_SENTENCE = 25
LONGEST_BUTTON = 24
_ALLOWED_DIGITS = re.compile(r"\bP(?:45|60)s?\b")
_DIGIT = re.compile(r"\S*\d\S*")
_NUMBER = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen"
)
_UNIT = "second|minute|hour|day|week|fortnight|month|year|pound|pence|penny|percent|per cent"
_NUMBER_WITH_UNIT = re.compile(
    rf"\b(?:{_NUMBER})(?:[\s-]+(?:and|{_NUMBER}))*[\s-]+(?:(?:working|calendar|full|whole|clear)\s+)?(?:{_UNIT})s?\b",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"\byou (?:will|are going to) be safe\b|\byou are safe\b|\bvisa (?:is|will be|stays?) safe\b"
    r"|\b(?:we|they|will|be|is|it) (?:keep|kept|stays?|remains?) (?:this |it |that |everything )?(?:a )?secret\b"
    r"|\bguarantees?\b"
    r"|\b(?:completely|totally|fully|100%) (?:safe|confidential|anonymous|private)\b"
    r"|\byou (?:will not|cannot|won't|can't) be deported\b|\bwill (?:not|never) lose your visa\b"
    r"|\bnobody will (?:ever )?(?:know|find out)\b"
    r"|\bwill (?:not|never) (?:reach|tell|be told to|be passed to|be shared with|go to) the home office\b",
    re.IGNORECASE,
)
_NO_PROMISE = re.compile(
    r"\b(?:cannot|can not|can't|do not|does not|never|nobody can|no one can|no-one can|nobody|no one|not)\b"
    r"[^.]{0,40}\b(?:promise|guarantee|keep|say)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!])[\"')]*\s+|\n+")


def wording_reasons(text: str, lang: str = "en", *, figures_typed: bool = False) -> Iterator[str]:
    """Why these words may not stand as they are. `figures_typed`: may figures be typed in them (in a registry)?"""
    if "!" in text:
        yield "an exclamation mark"
    if not figures_typed:
        yield from _typed_figures(_ALLOWED_DIGITS.sub("", without_placeholders(text, "()")), lang)
    if lang == "en":
        yield from _english_reasons(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [each.strip() for each in _SENTENCE_END.split(text) if each.strip()]


def _typed_figures(bare: str, lang: str) -> Iterator[str]:
    for found in _DIGIT.finditer(bare):
        yield f'a digit is typed: "{found.group()}" (name a figure or a contact)'
    for found in _NUMBER_WITH_UNIT.finditer(bare) if lang == "en" else ():
        yield f'a figure is typed in words: "{found.group()}" (name a figure)'


def _english_reasons(text: str) -> Iterator[str]:
    odd = not_in_alphabet(text)
    if odd:
        yield f"characters that a plain text message has not: {' '.join(odd)}"
    for sentence in sentences(without_placeholders(text, "_")):
        words = len(sentence.split())
        if words > LONGEST_SENTENCE:
            yield f'a sentence of {words} words: "{sentence[:60]}..."'
        for found in _PROMISES.finditer(sentence):
            if not _NO_PROMISE.search(sentence):
                yield f'a promise: "{found.group()}"'
