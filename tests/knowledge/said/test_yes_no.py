"""Yes, no and "I do not know", in the ways people say them."""

from __future__ import annotations

import pytest

from knowledge.said.yes_no import is_unknown, yes_or_no


@pytest.mark.parametrize(
    "said", ["yes", "Yeah they do", "yep", "sure", "of course", "I have to", "yes!", "I do", "ok", "usually"]
)
def test_many_wordings_are_a_yes(said: str) -> None:
    assert yes_or_no(said) is True


@pytest.mark.parametrize(
    "said", ["no", "nope", "no never", "I don't", "they dont", "not really", "never", "I'm not", "nobody"]
)
def test_many_wordings_are_a_no(said: str) -> None:
    assert yes_or_no(said) is False


@pytest.mark.parametrize("said", ["yes and no", "10", "maybe", "what", "my manager said so"])
def test_what_is_neither_is_neither(said: str) -> None:
    assert yes_or_no(said) is None


@pytest.mark.parametrize(
    "said", ["dunno", "no idea", "I don't know", "not sure sorry", "skip", "can't remember", "maybe", "pass"]
)
def test_many_wordings_say_that_it_is_not_known(said: str) -> None:
    assert is_unknown(said)


@pytest.mark.parametrize("said", ["not sure but about 10", "no", "10", "maybe 12 hours", "I know it"])
def test_an_answer_that_is_only_unsure_is_still_an_answer(said: str) -> None:
    assert not is_unknown(said)
