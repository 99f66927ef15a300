from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.ngrams import Ngrams, NgramShape
from understanding.normal_text import normal, plain
from understanding.sentences import MOST, sentences


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I DON\u2019T know", "i don't know"),
        ("heeeelp meeee", "heelp mee"),
        ("paid £12.50 in 2026", "paid £00.00 in 0000"),
        ("  two\n\n lines ", "two lines"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_different_keyboards_write_the_same(text: str, wanted: str) -> None:
    assert normal(text) == wanted


@pytest.mark.parametrize("text", ["മലയാളം", "मुझे मदद चाहिए", "ਤਨਖਾਹ", "ක්‍රමය"])
def test_indic_marks_and_joiners_stay(text: str) -> None:
    assert normal(text) == text
    assert plain(text) == text


@pytest.mark.parametrize(
    ("one", "other"), [("20 hours rule", "48 hours rule"), ("12.07%", "25,000"), ("1000", "10000")]
)
def test_numbers_are_told_apart(one: str, other: str) -> None:
    assert plain(one) != plain(other)
    ngrams = Ngrams.learn([one, other] * 2, NgramShape(numbers=True, fewest_texts=2))
    left, right = ngrams.vectors([one, other]).toarray()
    assert left @ right < 0.95


@given(st.text(max_size=200))
def test_normal_text_is_its_own_normal_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_questions_one_after_the_other_are_told_apart() -> None:
    text = "My boss lost the licence. What happens to me?Also they dont pay travel time, is that ok"
    assert sentences(text) == [
        "My boss lost the licence.",
        "What happens to me?",
        "Also they dont pay travel time, is that ok",
    ]


def test_a_fragment_joins_its_neighbour() -> None:
    assert sentences("Hello sir. I have no payslip since May. Thanks.") == [
        "Hello sir. I have no payslip since May. Thanks."
    ]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert sentences("I see Mrs. Brown at 9 a day") == ["I see Mrs. Brown at 9 a day"]


def test_the_danda_and_the_urdu_question_mark_end_a_sentence() -> None:
    assert len(sentences("मुझे पैसे नहीं मिले। क्या यह कानूनी है।")) == 2
    assert len(sentences("میری تنخواہ نہیں ملی؟ کیا یہ قانونی ہے؟")) == 2


def test_a_story_without_full_stops_is_cut_into_runs() -> None:
    parts = sentences(" ".join(f"word{number}" for number in range(150)))
    assert 4 <= len(parts) <= MOST
    assert all(len(part.split()) <= 40 for part in parts)


@given(st.text(max_size=400))
def test_no_word_of_a_text_is_lost_in_its_sentences(text: str) -> None:
    parts = sentences(text)
    assert len(parts) <= MOST
    assert sum(c.isalnum() for c in "".join(parts)) == sum(c.isalnum() for c in text)
