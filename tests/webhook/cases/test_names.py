"""Names and references of cases: random, plain, and easy to say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.cases.names import CROCKFORD, FIRST, SECOND, NotAReference, new_name, new_reference, read_reference

UNSUITABLE = (
    {"black", "white", "brown", "yellow", "dark", "pale", "fair", "slave", "boat", "harbour", "cage", "lock", "victim"}
    | {
        "lost",
        "broken",
        "poor",
        "foreign",
        "alien",
        "wild",
        "dirty",
        "cheap",
        "knife",
        "gun",
        "fire",
        "church",
        "mosque",
    }
    | {"monkey", "pig", "dog", "cow", "snake", "rat", "prison", "tower", "border"}
)


def test_the_words_are_many_plain_and_free_of_connotations() -> None:
    assert len(set(FIRST)) == len(FIRST) > 80
    assert len(set(SECOND)) == len(SECOND) > 80
    assert not {word.lower() for word in (*FIRST, *SECOND)} & UNSUITABLE
    assert all(word.isalpha() and word.istitle() for word in (*FIRST, *SECOND))


def test_a_name_has_two_different_words() -> None:
    for _ in range(200):
        first, second = new_name().split()
        assert first != second


def test_references_have_their_form_and_do_not_follow_each_other() -> None:
    drawn = [new_reference() for _ in range(500)]
    assert len(set(drawn)) == 500
    assert drawn != sorted(drawn)
    for reference in drawn:
        prefix, four, two = reference.split("-")
        assert (prefix, len(four), len(two)) == ("SW", 4, 2)
        assert set(four + two) <= set(CROCKFORD)


@pytest.mark.parametrize("said", ["SW-7K4F-9M", "sw 7k4f 9m", "sw7k4f9m", " SW-7K4F9M. "])
def test_a_reference_is_read_however_it_is_said(said: str) -> None:
    assert read_reference(said) == "SW-7K4F-9M"


def test_letters_that_look_alike_are_read_as_digits() -> None:
    assert read_reference("sw-o1l0-io") == "SW-0110-10"


@given(st.text(max_size=30))
def test_anything_else_is_no_reference(text: str) -> None:
    try:
        read = read_reference(text)
    except NotAReference:
        return
    assert read_reference(read) == read
