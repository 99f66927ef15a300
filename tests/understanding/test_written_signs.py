"""Written signs read in many texts at once."""

from __future__ import annotations

import pytest

from understanding import written_signs
from understanding.risk import SIGNS, patterns_in
from understanding.written_signs import read_all

TEXTS = [
    ("he locked me in the house", "en"),
    ("what is the minimum wage", "en"),
    ("my manager keeps my passport", "en"),
    ("मेरा पासपोर्ट मैनेजर के पास है", "hi"),
    ("", "en"),
]


def test_other_processes_read_what_this_one_reads_and_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = patterns_in(SIGNS)
    assert patterns
    here = [patterns.read(*text) for text in TEXTS]
    assert [bool(reading.signs) for reading in here[:3]] == [True, False, True]
    assert read_all(patterns, TEXTS) == here
    monkeypatch.setattr(written_signs, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(written_signs, "_AT_ONCE", 1)
    assert read_all(patterns, TEXTS) == here
