"""A summary as PDF, on one page where it fits, in whatever scripts a worker's words are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF

SIZES = (11, 10, 9, 8, 7)
"""Sizes of letters, in points: the largest with which it fits on one page is taken."""
FACES = (
    "NotoSans", "NotoSansDevanagari", "NotoNaskhArabic", "NotoSansBengali", "NotoSansGurmukhi", "NotoSansGujarati",
    "NotoSansTamil", "NotoSansTelugu", "NotoSansMalayalam", "NotoSansSinhala", "NotoSansEthiopic", "NotoSansHebrew",
    "NotoSansThai", "NotoSansKannada", "NotoSansOriya", "NotoSansMyanmar", "NotoSansSymbols2",
)  # fmt: skip
"""Of Debian's fonts-noto-core, the first first. Only letters that stand on the page go into the file."""
WITHOUT = "Helvetica"
"""PDF's own font, for a machine without any of these. It has the letters of Western Europe only."""
LEFT_OUT = "[...]"
_GONE = "\x00"
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_FROM_THE_RIGHT = re.compile(
    rf"""(["'(\u201c\u2018]*[{_RIGHT}](?:[^A-Za-z\u00c0-\u058f\u0900-\u1fff]*[{_RIGHT}])?[^\w\s]*)"""
)
NOTE = "Some words stand in letters that this page cannot show. They are left out here: {mark}. Take the text as well."


@dataclass(frozen=True)
class Face:
    """A font of the folder, and which letters it has."""

    name: str
    path: Path
    letters: frozenset[int]


def summary_pdf(text: str, fonts: Path) -> bytes:
    """The text on A4, in the fonts of a folder. What none of them has is left out, and the page says so.

    On one page, in smaller letters where it must be; what is too long even in the smallest goes on to further pages.
    """
    faces = _faces(fonts)
    printable = _printable(text, faces)
    needed = _needed(printable, faces)
    document = _set(printable, printable != text, needed, SIZES[0])
    for size in SIZES[1:]:
        if document.pages_count == 1:
            break
        document = _set(printable, printable != text, needed, size)
    return bytes(document.output())


@lru_cache(maxsize=4)
def _faces(fonts: Path) -> tuple[Face, ...]:
    found = ((name, fonts / f"{name}-Regular.ttf") for name in FACES)
    return tuple(
        Face(name, path, frozenset(TTFont(path, lazy=True).getBestCmap())) for name, path in found if path.is_file()
    )


def _printable(text: str, faces: Sequence[Face]) -> str:
    """The text, with a mark in place of all words whose letters no font has."""
    marked = "".join(letter if _can_show(letter, faces) else _GONE for letter in text)
    return re.sub(rf"{_GONE}(?:[{_GONE} ]*{_GONE})?", LEFT_OUT, marked)


def _can_show(letter: str, faces: Sequence[Face]) -> bool:
    if not faces:
        return ord(letter) < 256
    return (
        letter in "\n\t" or unicodedata.category(letter) == "Cf" or any(ord(letter) in face.letters for face in faces)
    )


def _needed(text: str, faces: Sequence[Face]) -> list[Face]:
    """The first face, and of the others those that have a letter of the text which none before has."""
    found = list(faces[:1])
    for letter in set(text):
        if not any(ord(letter) in face.letters for face in found):
            found += [face for face in faces if ord(letter) in face.letters][:1]
    return found


def _set(text: str, left_out: bool, faces: Sequence[Face], size: int) -> FPDF:
    document = FPDF(format="A4")
    document.set_title("Summary")
    document.set_lang("en-GB")
    document.set_margins(20, 18, 20)
    document.set_auto_page_break(True, margin=15)
    document.add_page()
    for face in faces:
        document.add_font(face.name, fname=face.path)
    if faces:
        document.set_fallback_fonts([face.name for face in faces[1:]], exact_match=False)
        document.set_font(faces[0].name, size=size)
        # Joins Arabic letters, sets Indian vowel signs and turns what is written from right to left.
        document.set_text_shaping(True)
    else:
        document.set_font(WITHOUT, size=size)
    for line in chain.from_iterable(map(one_way, text.split("\n"))):
        document.multi_cell(
            0, size * 0.5, line, align="R" if _begins_right(line) else "L", new_x="LMARGIN", new_y="NEXT"
        )
    if left_out:
        document.ln(3)
        document.multi_cell(0, size * 0.5, NOTE.format(mark=LEFT_OUT), new_x="LMARGIN", new_y="NEXT")
    return document


def one_way(line: str) -> list[str]:
    """A line cut so that words written from right to left stand on lines of their own.

    Set among others, digits and quotation marks between them would be moved to the wrong side.
    """
    if _begins_right(line):
        return [line]
    parts = (part.strip() for part in _FROM_THE_RIGHT.split(line))
    return [part for part in parts if part] or [line]


def _begins_right(line: str) -> bool:
    """Whether a line's first letter belongs to a script that is written from right to left."""
    strong = (kind for letter in line if (kind := unicodedata.bidirectional(letter)) in ("L", "R", "AL"))
    return next(strong, "L") != "L"
