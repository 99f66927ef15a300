"""Every body that a case can go to says plainly what it may do with what it is told."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.hand_ons import BodyNotKnown, bodies, body

DAY = date(2026, 11, 21)


def test_every_body_has_its_purpose_its_acts_and_its_data_said_for_the_day() -> None:
    for each in bodies(DAY).values():
        for said in (each.purpose, each.does, each.data):
            assert said
            assert "{" not in said


@pytest.mark.parametrize(
    ("name", "with_identity", "needed"),
    [
        ("police", False, False),
        ("police", True, True),
        ("sponsor_compliance", False, True),
        ("home_office", False, True),
        ("nrm_referral", False, True),
        ("duty_to_notify", False, False),
        ("duty_to_notify", True, True),
    ],
)
def test_identity_and_the_home_office_need_the_workers_own_yes(name: str, with_identity: bool, needed: bool) -> None:
    assert body(name, DAY).needs_consent(with_identity) is needed


def test_every_part_of_the_home_office_is_marked_as_such() -> None:
    for each in bodies(DAY).values():
        assert each.home_office == each.data.startswith(("Home Office.", "Uses what it gets for immigration"))


def test_a_body_that_is_not_listed_is_not_known() -> None:
    with pytest.raises(BodyNotKnown):
        body("moonlight", DAY)
