from __future__ import annotations

import pytest

from knowledge import gsm7


def test_a_pound_sign_is_one_and_a_euro_sign_two():
    assert gsm7.septets("£12.71") == 6
    assert gsm7.septets("€12") == 4


@pytest.mark.parametrize(
    ("text", "expected"), [("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("a" * 460, 4)]
)
def test_segments_hold_160_alone_and_153_in_parts(text, expected):
    assert gsm7.segments(text) == expected


def test_an_extended_character_is_not_cut_in_two():
    text = "a" * 152 + "€" + "a" * 152
    assert gsm7.septets(text) == 306
    assert gsm7.segments(text) == 3


def test_characters_outside_the_alphabet_are_named_once():
    assert gsm7.not_in_alphabet("it’s “so” so’") == ("’", "“", "”")
    with pytest.raises(ValueError, match="GSM-7"):
        gsm7.septets("नमस्ते")
