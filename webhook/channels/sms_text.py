"""Text as a phone network carries it: alphabet, segments, and long replies cut where a reader would cut them.

Pure functions. Sources: 3GPP TS 23.038 (the GSM 7 bit alphabet, its extension table, 160/153 septets and 70/67
UTF-16 units) and Twilio's limit of 1,600 characters for one message on SMS and WhatsApp.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from knowledge import gsm7

Alphabet = Literal["GSM-7", "UCS-2"]

MESSAGE_LIMIT = 1600
"""The most characters Twilio takes in one message (error 21617 beyond it)."""
UCS2_ALONE = 70
UCS2_IN_PARTS = 67

# Word processors and phones put these in; each has a twin in the GSM alphabet, and one of them alone would turn a
# whole text into UCS-2 and so more than double what it costs to send.
_TWINS = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u02bc": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
        "\u2026": "...", "\u2022": "-",
        "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ",
        "\t": " ", "\u2028": "\n", "\u2029": "\n",
        "\u200b": None, "\u2060": None, "\ufeff": None, "\u00ad": None,
    }
)  # fmt: skip
# Joiners and direction marks carry meaning in Persian, Sinhala or Arabic, and none in a text of Latin letters.
_JOINERS_AND_MARKS = re.compile("[\u200c\u200d\u200e\u200f\u202a-\u202e\u2066-\u2069\ufe0f]")

_LINK = r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:uk|org|com|net)(?:/\S*)?"
_NUMBER = r"[+£]?\(?\d[\d()]*(?:[ .,:/-]\d[\d()]*)*"
_ATOM = re.compile(rf"{_LINK}|{_NUMBER}|\S+")
_SENTENCE_END = re.compile(r"(?<=[.!?\u0964\u0965\u061f\u06d4\u3002\uff01\uff1f])[\"')\]]*\s+")


def normalise(text: str) -> str:
    """The same words with quotes, dashes and spaces as the GSM alphabet has them and without invisible characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_TWINS)
    if not _needs_joiners(text):
        text = _JOINERS_AND_MARKS.sub("", text)
    return text


def _needs_joiners(text: str) -> bool:
    return any(ch.isalpha() and not unicodedata.name(ch, "").startswith(("LATIN", "GREEK", "CYRILLIC")) for ch in text)


def alphabet(text: str) -> Alphabet:
    """The alphabet a network will use: GSM-7 when every character is in it or its extension table, else UCS-2."""
    return "UCS-2" if gsm7.not_in_alphabet(text) else "GSM-7"


def units(text: str) -> int:
    """Length as the network counts it: septets in GSM-7 (two for an extended character), UTF-16 units in UCS-2."""
    return gsm7.septets(text) if alphabet(text) == "GSM-7" else _length(text)


def segments(text: str) -> int:
    """How many SMS segments the text takes, as the sender is billed; 0 for an empty text.

    An extended character or a surrogate pair is never cut in two by a segment's end.
    """
    if not text:
        return 0
    if alphabet(text) == "GSM-7":
        return gsm7.segments(text)
    if _length(text) <= UCS2_ALONE:
        return 1
    count, used = 1, 0
    for character in text:
        if used + _utf16(character) > UCS2_IN_PARTS:
            count, used = count + 1, 0
        used += _utf16(character)
    return count


def split(text: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """The text as messages of at most `limit` characters, cut at lines, then sentences, then words.

    A telephone number, an amount or a link stays in one piece; only a single piece longer than `limit` is cut.
    Characters are counted as UTF-16 units, the strictest reading of the limit. Words lose nothing: joined by white
    space the messages are the text again.
    """
    text = text.strip()
    if not text:
        return []
    if _length(text) <= limit:
        return [text]
    messages: list[str] = []
    current = ""
    for piece, gap in _pieces(text, limit):
        joined = f"{current}{gap}{piece}" if current else piece
        if _length(joined) <= limit:
            current = joined
            continue
        if current:
            messages.append(current)
        current = piece
    if current:
        messages.append(current)
    return messages


def _pieces(text: str, limit: int) -> list[tuple[str, str]]:
    """(piece, the gap that stood before it), each piece within the limit, as large as it can be."""
    pieces: list[tuple[str, str]] = []
    for paragraph, gap in _cut(text, re.compile(r"\n+")):
        if _length(paragraph) <= limit:
            pieces.append((paragraph, gap))
            continue
        for number, (sentence, inner) in enumerate(_cut(paragraph, _SENTENCE_END)):
            before = gap if number == 0 else inner
            pieces.extend([(sentence, before)] if _length(sentence) <= limit else _words(sentence, before, limit))
    return pieces


def _cut(text: str, border: re.Pattern[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    start, gap = 0, ""
    for match in border.finditer(text):
        # Closing quotes belong to the sentence, only the white space is the gap.
        space = match.group().lstrip("\"')]")
        end = match.end() - len(space)
        if text[start:end].strip():
            found.append((text[start:end].strip(), gap))
            gap = space if "\n" in space else " "
        start = match.end()
    if text[start:].strip():
        found.append((text[start:].strip(), gap))
    return found


def _words(sentence: str, gap: str, limit: int) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    end = 0
    for match in _ATOM.finditer(sentence):
        before = sentence[end : match.start()]
        end = match.end()
        if pieces and not before:  # "(0300 123 1100)." is one piece with its brackets and its full stop
            pieces[-1] = (pieces[-1][0] + match.group(), pieces[-1][1])
        else:
            pieces.append((match.group(), gap if not pieces else " "))
    return [small for piece, before in pieces for small in _hard_cut(piece, before, limit)]


def _hard_cut(piece: str, gap: str, limit: int) -> list[tuple[str, str]]:
    if _length(piece) <= limit:
        return [(piece, gap)]
    parts, current = [], ""
    for ch in piece:
        if _length(current) + _utf16(ch) > limit:
            parts.append(current)
            current = ""
        current += ch
    parts.append(current)
    return [(part, gap if number == 0 else "") for number, part in enumerate(parts)]


def _length(text: str) -> int:
    return len(text) + sum(1 for ch in text if ord(ch) > 0xFFFF)


def _utf16(ch: str) -> int:
    return 2 if ord(ch) > 0xFFFF else 1
