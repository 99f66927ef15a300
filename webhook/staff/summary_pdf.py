"""A summary as one page of PDF."""

from __future__ import annotations

from fpdf import FPDF

SIZES = (11, 10, 9, 8, 7)
"""Sizes of letters, in points: the largest with which it fits on one page is taken."""
UNPRINTABLE = "?"


def summary_pdf(text: str) -> bytes:
    """The text on one A4 page. Letters that PDF's own fonts do not have become question marks."""
    for size in SIZES:
        document = _set(text, size)
        if document.pages_count == 1:
            break
    return bytes(document.output())


def _set(text: str, size: int) -> FPDF:
    document = FPDF(format="A4")
    document.set_title("Summary")
    document.set_margins(20, 18, 20)
    document.set_auto_page_break(True, margin=15)
    document.add_page()
    document.set_font("Helvetica", size=size)
    printable = text.encode("latin-1", "replace").decode("latin-1")
    document.multi_cell(0, size * 0.45, printable)
    if UNPRINTABLE in printable and UNPRINTABLE not in text:
        document.ln(3)
        document.set_font("Helvetica", "I", size)
        document.multi_cell(0, size * 0.45, "Some words are in a script that this page cannot show. Ask for the text.")
    return document
