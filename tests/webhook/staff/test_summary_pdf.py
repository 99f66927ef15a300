"""The page of a hand-on: one page, every script that workers write in, and nothing left out without saying so."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from webhook.staff.settings import StaffSettings
from webhook.staff.summary_pdf import FACES, NOTE, one_way, summary_pdf

FONTS = StaffSettings().fonts
WORDS = {
    "en": "My manager keeps my passport. He wants £500.",
    "hi": "मेरा पासपोर्ट",
    "ur": "میرا پاسپورٹ مالک کے پاس ہے",
    "ml": "എന്റെ പാസ്പോർട്ട്",
    "pa": "ਮੇਰਾ ਪਾਸਪੋਰਟ",
    "ta": "என் கடவுச்சீட்டு",
    "gu": "મારો પાસપોર્ટ",
    "bn": "আমার পাসপোর্ট",
    "te": "నా పాస్పోర్ట్",
    "si": "මගේ පාස්පෝට්",
    "ro": "Mi-a luat pașaportul",
    "bg": "Взе паспорта ми",
    "vi": "Họ giữ hộ chiếu của tôi",
    "ckb": "پاسپۆرتەکەم لای ئەوە",
    "ps": "زما پاسپورټ د هغه سره دی",
    "yo": "ìwé ìrìnnà mi",
}


def read(pdf: bytes) -> tuple[int, str, set[str]]:
    """Pages, text, and the fonts that are in the file."""
    reader = PdfReader(io.BytesIO(pdf))
    resources: list[Any] = [page["/Resources"].get_object() for page in reader.pages]
    fonts = {str(font.get_object()["/BaseFont"]) for each in resources for font in each["/Font"].get_object().values()}
    return len(reader.pages), "\n".join(page.extract_text() for page in reader.pages), fonts


def test_the_fonts_are_on_this_machine() -> None:
    assert [name for name in FACES if not (FONTS / f"{name}-Regular.ttf").is_file()] == []


@pytest.mark.parametrize("lang", WORDS)
def test_words_of_every_language_stand_on_the_page(lang: str) -> None:
    pages, text, fonts = read(summary_pdf(f"In their words:\n{WORDS[lang]}", FONTS))
    assert pages == 1
    assert "[...]" not in text
    assert "?" not in text
    assert all("Noto" in name for name in fonts)
    if lang in (
        "en",
        "ro",
        "bg",
        "vi",
        "yo",
    ):  # of joined and turned scripts the extracted letters are in another order
        assert WORDS[lang] in text


def test_urdu_among_english_stands_on_a_line_of_its_own_with_its_digits_and_quotation_marks() -> None:
    said = '"میرا پاسپورٹ 3 مہینے سے"'
    assert one_way(f"- Papers held. In their words: {said}") == ["- Papers held. In their words:", said]
    assert one_way("(the manager) میرا پاسپورٹ") == ["(the manager)", "میرا پاسپورٹ"]
    assert one_way("میرا (the manager) پاسپورٹ") == ["میرا (the manager) پاسپورٹ"]
    assert one_way("Nothing of that here, 3 times.") == ["Nothing of that here, 3 times."]
    assert one_way("") == [""]


def test_what_no_font_has_is_left_out_and_the_page_says_so() -> None:
    _, text, _ = read(summary_pdf("He said 护照 被拿走 to me.", FONTS))
    assert "He said [...] to me." in text
    assert "Some words stand in letters that this page cannot show." in text


def test_without_the_fonts_english_is_whole_and_the_rest_is_said_to_be_left_out(tmp_path: Path) -> None:
    pages, text, _ = read(summary_pdf(f"Plain £5.\n{WORDS['hi']} \N{ZERO WIDTH NON-JOINER}", tmp_path))
    assert pages == 1
    assert "Plain £5." in text
    assert NOTE.format(mark="[...]").split(".")[0] in text


def test_a_page_without_anything_left_out_says_nothing_of_it() -> None:
    assert "Some words" not in read(summary_pdf("A plain line.", FONTS))[1]


def test_a_long_summary_is_set_smaller_until_it_is_one_page() -> None:
    assert read(summary_pdf("A line of the summary.\n" * 70, FONTS))[0] == 1
