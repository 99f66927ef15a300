"""The alphabet of a text, its segments, and where a long one is cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.channels import sms_text


@pytest.mark.parametrize(
    ("text", "alphabet", "segments"),
    [
        ("", "GSM-7", 0),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        ("£12.71", "GSM-7", 1),
        ("क" * 70, "UCS-2", 1),
        ("क" * 71, "UCS-2", 2),
        ("क" * 134, "UCS-2", 2),
        ("क" * 135, "UCS-2", 3),
        ("😀" * 35, "UCS-2", 1),
        ("😀" * 36, "UCS-2", 2),
        ("`", "UCS-2", 1),
    ],
)
def test_segments_are_counted_as_the_network_counts_them(text: str, alphabet: str, segments: int) -> None:
    assert sms_text.alphabet(text) == alphabet
    assert sms_text.segments(text) == segments


def test_an_extended_character_is_not_cut_by_the_end_of_a_segment() -> None:
    # 152 + the two septets of the euro sign do not fit 153, so it moves on and the second part overflows.
    text = "a" * 152 + "€" + "a" * 152
    assert sms_text.units(text) == 306
    assert sms_text.segments(text) == 3


def test_a_surrogate_pair_is_not_cut_by_the_end_of_a_segment() -> None:
    assert sms_text.segments("क" * 66 + "😀" + "क" * 66) == 3


def test_curly_quotes_dashes_and_invisible_characters_do_not_make_a_text_ucs2() -> None:
    text = sms_text.normalise(
        "\ufeffDon\u2019t pay \u2013 it\u2019s \u201cillegal\u201d\u2026\u200b call\u00a0Acas\u200e"
    )
    assert text == "Don't pay - it's \"illegal\"... call Acas"
    assert sms_text.alphabet(text) == "GSM-7"


def test_joiners_stay_where_a_script_needs_them() -> None:
    persian = "می\u200cخواهم"
    assert sms_text.normalise(persian) == persian
    sinhala = "ශ්\u200dරී"
    assert sms_text.normalise(sinhala) == sinhala


def test_a_long_text_is_cut_at_sentences() -> None:
    sentence = "You must be paid for travel between two visits."
    messages = sms_text.split(" ".join([sentence] * 60))
    assert len(messages) > 1
    assert all(message.endswith(".") and message.startswith("You") for message in messages)


def test_paragraphs_stay_together_when_they_fit() -> None:
    paragraphs = ["First. " * 100, "Second. " * 100]
    messages = sms_text.split("\n\n".join(p.strip() for p in paragraphs), limit=1000)
    assert [m.split(".")[0] for m in messages] == ["First", "Second"]


@pytest.mark.parametrize(
    "whole",
    [
        "0300 123 1100",
        "+44 7700 900 123",
        "(0121) 569-2266",
        "https://www.gov.uk/pay-and-work-rights?a=1",
        "www.gov.uk/report",
        "£12,345.67",
        "modernslaveryhelpline.org",
    ],
)
@pytest.mark.parametrize("before", range(0, 40, 3))
def test_numbers_and_links_stay_whole_wherever_the_cut_falls(whole: str, before: int) -> None:
    text = ("word " * 30 + "x" * before + " ") + whole + ", " + "word " * 30
    messages = sms_text.split(text, limit=100)
    assert any(whole in message for message in messages)


def test_hindi_is_cut_at_its_own_full_stop() -> None:
    sentence = "आपको हर घंटे का पूरा वेतन मिलना चाहिए।"
    messages = sms_text.split(" ".join([sentence] * 10), limit=100)
    assert all(message.endswith("।") for message in messages)


def test_one_word_longer_than_a_message_is_cut_without_losing_a_letter() -> None:
    word = "😀" * 1000
    messages = sms_text.split(word)
    assert "".join(messages) == word
    assert all(len(m.encode("utf-16-le")) // 2 <= sms_text.MESSAGE_LIMIT for m in messages)


@given(st.text(max_size=400), st.integers(min_value=10, max_value=90))
def test_no_message_is_over_the_limit_and_no_word_is_lost(text: str, limit: int) -> None:
    messages = sms_text.split(text, limit)
    assert all(0 < len(m) + sum(ord(c) > 0xFFFF for c in m) <= limit for m in messages)
    assert re.sub(r"\s", "", "".join(messages)) == re.sub(r"\s", "", text)


@given(st.text(max_size=300))
def test_a_segment_count_never_understates_the_units(text: str) -> None:
    part = 153 if sms_text.alphabet(text) == "GSM-7" else 67
    assert sms_text.segments(text) >= -(-sms_text.units(text) // (160 if part == 153 else 70))
