"""Every sign of danger leads an officer to the guidance on it."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.files import ROOT, read_yaml
from knowledge.sign_guidance import SignNotListed, sign_guidance, sign_ids

DAY = date(2026, 11, 21)


@pytest.mark.parametrize("sign", sign_ids())
def test_every_sign_has_words_for_an_officer_and_guidance(sign: str) -> None:
    guidance = sign_guidance(sign, DAY)
    assert guidance.said
    assert guidance.pages
    assert guidance.indicators or any(page == "service_users" for page, _ in guidance.pages)
    for indicator in guidance.indicators:
        assert "{" not in indicator.what_to_do + indicator.look_for


def test_every_reference_of_the_signs_but_those_of_the_ilo_has_guidance() -> None:
    sources = {name for name in read_yaml(ROOT / "signs.yml")["sources"] if not name.startswith("ilo_")}
    assert set(read_yaml(ROOT / "sign_guidance.yml")) == sources


def test_a_sign_that_is_not_listed_is_not_known() -> None:
    with pytest.raises(SignNotListed):
        sign_guidance("moonlight", DAY)
