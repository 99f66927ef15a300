"""Whose units an answer counts in."""

from __future__ import annotations

import pytest

from knowledge.said.language import language_of_units


@pytest.mark.parametrize(
    ("said", "lang", "told"),
    [
        ("5 din 8 ghante", "en", "hi"), ("8 घंटे", "ro", "hi"), ("48 de ore", "en", "ro"), ("3 luni", "hi", "ro"),
        ("£12 an hour", "en", "en"), ("12 an hour", "hi", "hi"), ("40 hours a week", "ro", "ro"), ("8 ore", "ro", "ro"),
        ("12", "en", "en"), ("a lot to do", "en", "en"), ("I may do 8 or 10", "en", "en"),
    ],
)  # fmt: skip
def test_only_units_behind_a_number_tell_another_language(said: str, lang: str, told: str) -> None:
    assert language_of_units(said, lang) == told
