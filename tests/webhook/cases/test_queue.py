"""What is wanted of the queue, from an address that anybody may have written."""

from __future__ import annotations

import pytest

from webhook.cases.queue import Wanted


@pytest.mark.parametrize(
    ("said", "page"), [("3", 3), ("0", 1), ("-1", 1), ("two", 1), ("9" * 5000, 10_000), ("\u0663", 3), ("\u00b2", 1)]
)
def test_a_page_is_a_number_within_bounds_whatever_is_said(said: str, page: int) -> None:
    assert Wanted.read({"page": said}).page == page


def test_what_is_not_allowed_is_left_out() -> None:
    said = {"state": "open", "level": "grave", "language": "hi' OR 1", "who": "mine", "choice": ""}
    assert Wanted.read(said) == Wanted(state="open", who="mine")
    assert Wanted.read(said).address(page=2) == "state=open&who=mine&page=2"
