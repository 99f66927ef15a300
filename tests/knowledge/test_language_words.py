"""A language is asked for by any of its names, as the whole message; and every language can be spoken of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answer_words import bare_words
from knowledge.files import ROOT, read_yaml
from knowledge.language_words import Wish, language_wished, language_words, machine_mark
from knowledge.languages import LanguageNotKnown, all_languages

CODES = tuple(all_languages())


@pytest.mark.parametrize("code", CODES)
def test_every_language_is_asked_for_by_its_own_name_and_its_english_one(code: str) -> None:
    own = all_languages()[code]
    for name in (own.name, own.own_name, own.name.upper(), f"{own.own_name}!"):
        wish = language_wished(name)
        assert wish == Wish(code, plain=False), name
    for said in (f"{own.name} please", f"in {own.name}"):
        wish = language_wished(said)
        assert wish == Wish(code, plain=True), said


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_its_sentences(code: str) -> None:
    words = language_words(code)
    assert all((words.ask, words.set, words.english, machine_mark(code)))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("hindi mein", "hi"), ("română", "ro"), ("ਪੰਜਾਬੀ", "pa"), ("in romanian", "ro"), ("English please", "en"),
        ("po polsku", "pl"), ("em português", "pt"), ("tamil la", "ta"), ("بالعربي", "ar"), ("tiếng Anh", "en"),
        ("அது தமிழ்", None), ("urdu mein baat karo", "ur"), ("kwa kiswahili", "sw"), ("angrezi mein", "en"),
    ],
)  # fmt: skip
def test_people_ask_in_their_own_ways(said: str, code: str | None) -> None:
    wish = language_wished(said)
    assert (wish.language if wish else None) == code


@pytest.mark.parametrize(
    "said",
    ["no english", "my boss is romanian", "i do not speak english well", "polish carers get less", "oo", "anh", ""],
)
def test_a_sentence_about_a_language_asks_for_none(said: str) -> None:
    assert language_wished(said) is None


def test_hindi_is_no_in_tagalog() -> None:
    assert language_wished("hindi", "tl") is None
    assert language_wished("hindi po", "tl") is None
    assert language_wished("hindi", "en") is not None


def test_no_name_of_a_language_is_a_keyword_or_the_other_way_round() -> None:
    words = [
        word
        for path in sorted((ROOT / "keywords").glob("*.yml"))
        for listed in read_yaml(path).values()
        for word in listed
    ]
    assert [word for word in words if language_wished(word)] == []


def test_no_two_languages_share_a_name() -> None:
    owners: dict[str, set[str]] = {}
    for code, each in all_languages().items():
        for name in (each.name, each.own_name):
            owners.setdefault(bare_words(name), set()).add(code)
    assert {name for name, codes in owners.items() if len(codes) > 1} == set()


def test_of_another_language_nothing_is_said() -> None:
    with pytest.raises(LanguageNotKnown):
        language_words("de")


@given(text=st.text(max_size=80))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    wish = language_wished(text)
    assert wish is None or wish.language in CODES
