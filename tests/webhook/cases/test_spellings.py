"""Finding a value again, however it was written."""

from __future__ import annotations

import pytest

from webhook.cases.spellings import spelling


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Lakshmi Canarywala", "it is LAKSHMI-canarywala here"),
        ("07700 900456", "ring +44 7700-900-456 at night"),
        ("+44 7700 900456", "07700900456"),
        ("Asha ... Kumar", "asha, kumar"),
        ("सूरजमुखी", "शब्द सूरजमुखी है"),
    ],
)
def test_a_value_is_found_in_other_spellings(value: str, text: str) -> None:
    pattern = spelling([value])
    assert pattern is not None
    assert pattern.search(text)


def test_a_part_of_another_word_is_not_the_value() -> None:
    pattern = spelling(["Asha"])
    assert pattern is not None
    assert not pattern.search("Natasha, ashamed")


@pytest.mark.parametrize("values", [["..."], ["-", "--", " , "], ["", "  "], []])
def test_what_says_nothing_is_found_nowhere(values: list[str]) -> None:
    assert spelling(values) is None
    pattern = spelling([*values, "Asha"])
    assert pattern is not None
    assert pattern.sub("#", "I am Asha. He keeps it!") == "I am #. He keeps it!"
