from __future__ import annotations

from datetime import date

import pytest

from knowledge.staff import StaffPageNotKnown, staff_page, staff_page_ids


def test_every_page_for_professionals_can_be_shown():
    for page_id in staff_page_ids():
        page = staff_page(page_id, date(2026, 11, 21))
        assert page.sections
        assert not [said for said in page.texts() if "{" in said]


def test_an_unknown_page_is_not_known():
    with pytest.raises(StaffPageNotKnown):
        staff_page("../answers/en/minimum_wage")
