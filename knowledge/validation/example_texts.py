"""What may not stand in one example: characters no keyboard sends or Rasa takes as its own, and numbers of people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

_CURLY = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f"
_JOINERS = "\u200c\u200d"
_UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ODD = re.compile(rf"[{_CURLY}{_JOINERS}\[\]{_UNSEEN}]")
_NUMBER = re.compile(r"(?<![\w.,£$€])(?:\+|0)(?:[ ()-]{0,2}\d){8,14}(?!\d)")
_NATIONAL_LENGTHS = (10, 11)


def text_reasons(text: str, numbers: Collection[str], drama: Collection[str]) -> Iterator[str]:
    """Why the text may not stand so. `numbers` may stand as they are; `drama` is how any other must begin."""
    for name in dict.fromkeys(_name(found.group()) for found in _ODD.finditer(text) if not _joins(text, found.start())):
        yield f"the character {name} may not stand in an example"
    if text.startswith("/"):
        yield "begins with a slash, which Rasa takes as an intent"
    for found in _NUMBER.finditer(text):
        called = national(found.group())
        known = called in numbers or (len(called) in _NATIONAL_LENGTHS and called.startswith(tuple(drama)))
        if not known:
            yield "a telephone number that is neither one of ours nor one of Ofcom's for drama"


def national(number: str) -> str:
    """The digits of a telephone number as it is called within the United Kingdom; a foreign one keeps its plus."""
    digits = "".join(str(unicodedata.decimal(each)) for each in number if each.isdecimal())
    if number.lstrip().startswith("+") or digits.startswith("00"):
        abroad = digits[2:] if digits.startswith("00") else digits
        return "0" + abroad[2:].removeprefix("0") if abroad.startswith("44") else "+" + abroad
    return digits


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands where a script or a picture needs one, which is after a sign of its own."""
    before = text[max(0, place - 1) : place]
    return text[place] in _JOINERS and not before.isascii() and not before.isspace()


def _name(character: str) -> str:
    return character if character in "[]" else f"U+{ord(character):04X} ({unicodedata.name(character).lower()})"
