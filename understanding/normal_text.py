"""One spelling for what is the same in different keyboards: quotes, marks, repeated letters, digits."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "`": "'", "\u00b4": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2026": " ", "\u00a0": " ",
        "\u200b": "", "\u00ad": "", "\ufeff": "",
    }
)  # fmt: skip
# Marks above and below Latin letters, Arabic vowel signs, hamza, madda and lengthening; and letters that no mark makes.
_MARKS = re.compile(r"[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
_BARE_LETTERS = str.maketrans("\u0254\u025b\u0253\u0257\u0199\u01b4\u0142\u0111", "oebdkyld")
# The same Malayalam and Bengali letters as older keyboards write them, and the two ways to write "my" in Malayalam.
_ONE_SPELLING = {
    "\u0d23\u0d4d\u200d": "\u0d7a", "\u0d28\u0d4d\u200d": "\u0d7b", "\u0d30\u0d4d\u200d": "\u0d7c",
    "\u0d32\u0d4d\u200d": "\u0d7d", "\u0d33\u0d4d\u200d": "\u0d7e", "\u0d15\u0d4d\u200d": "\u0d7f",
    "\u09a4\u09cd\u200d": "\u09ce",
    "\u0d7b\u0d4d\u0d31": "\u0d28\u0d4d\u0d31", "\u0d7b\u0d31": "\u0d28\u0d4d\u0d31",
}  # fmt: skip
_REPEATED = re.compile(r"([^\d])\1{2,}", re.DOTALL)
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"\s+")
_NOT_WORDS = re.compile(r"[^\w\s\u0900-\u0dff\u200c\u200d]+")


def straight(text: str) -> str:
    """Lower case, straight quotes, at most two of the same letter in a row; digits as they are written."""
    text = unicodedata.normalize("NFC", text).translate(_QUOTES).lower()
    text = unicodedata.normalize("NFC", text)
    for written, same in _ONE_SPELLING.items():
        text = text.replace(written, same)
    return _REPEATED.sub(r"\1\1", text)


def normal(text: str) -> str:
    """As `straight`, and each digit as 0, each run of spaces as one.

    The vowel signs of Indic scripts, and the joiners between their letters, stay: without them words fall together.
    Digits keep their number of places ("12.50" is "00.00"), which tells money from years.
    """
    text = _DIGITS.sub(lambda found: "0" * min(len(found.group()), 4), straight(text))
    return _SPACES.sub(" ", text).strip()


def plain(text: str) -> str:
    """`straight` without any marks: what is left is letters, numbers as they were written, and single spaces.

    "20 hours" and "48 hours" stay two things, and "12.07%" is not "1207".
    """
    return _SPACES.sub(" ", _NOT_WORDS.sub(" ", straight(text).replace("'", ""))).strip()


def unmarked(word: str) -> str:
    """A word as it is typed without marks: "ọbẹ" is "obe", "ł" is "l". The vowel signs of Indic scripts stay."""
    if word.isascii():
        return word
    bare = _MARKS.sub("", unicodedata.normalize("NFD", word)).translate(_BARE_LETTERS)
    return unicodedata.normalize("NFC", bare)
