from __future__ import annotations

import pytest

from knowledge.situations import SituationNotKnown, situation, situations_in_text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("and if I am on a zero-hours contract?", ("zero_hours",)),
        ("What about ZERO HOUR people", ("zero_hours",)),
        ("I'm an agency worker on nights", ("agency", "night_work")),
        ("my visa has expired", ("no_permission",)),
        ("I don't work there any more", ("left_the_job",)),
        ("im 19", ("under_21",)),
        ("I am on a student visa", ("student_visa",)),
        ("the temperature is low", ()),
        ("", ()),
    ],
)
def test_situations_are_found_in_what_people_say(words, expected):
    assert situations_in_text(words) == expected


def test_english_words_count_in_every_language():
    assert situations_in_text("main zero hours par hoon", "ur") == ("zero_hours",)


def test_an_unknown_situation_is_not_known():
    with pytest.raises(SituationNotKnown):
        situation("on_the_moon")
