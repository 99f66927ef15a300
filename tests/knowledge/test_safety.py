"""The fixed safety words: what stands first, how long they are, and that they need nothing when they are wanted."""

from __future__ import annotations

import pytest

from knowledge import gsm7, safety
from knowledge.contacts import contact
from knowledge.files import ROOT

LANGUAGES = sorted(path.stem for path in (ROOT / "safety").glob("*.yml"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_emergency_number_stands_alone_on_the_first_line(lang: str) -> None:
    words = safety.words(lang)
    for message in (*words.first, *words.second):
        assert message.split("\n")[0] == contact("emergency").number


def test_the_first_message_says_all_that_must_be_said_first() -> None:
    (first,) = safety.words("en").first
    assert str(contact("modern_slavery_helpline").number) in first
    assert "If you cannot speak, call from a mobile. Listen, then press 55." in first
    assert "This chat cannot call for you." in first


def test_each_english_message_fits_three_text_messages() -> None:
    words = safety.words("en")
    assert all(gsm7.segments(message) <= 3 for message in (*words.first, *words.second))


@pytest.mark.parametrize("lang", ["xx", "und", "", "../en"])
def test_a_language_without_words_gets_the_english_ones(lang: str) -> None:
    assert safety.words(lang) == safety.words("en")


def test_the_words_are_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_disk(*_: object, **__: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr("pathlib.Path.read_text", no_disk)
    assert safety.words("en").first[0].startswith("999\n")
