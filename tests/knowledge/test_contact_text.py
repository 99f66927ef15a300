from __future__ import annotations

from datetime import datetime

import pytest

from knowledge.contact_text import cost_text, help_line, hours_text, open_text, reach_text
from knowledge.contacts import ContactNotKnown, contact


def acas(tree):
    return contact("acas", root=tree.root)


def test_hours_are_grouped_by_days_that_are_alike(tree):
    tree.change("contacts.yml", 'wed: "08:00-18:00"', 'wed: "10:00-12:00, 13:30-17:00"')
    assert hours_text(acas(tree), root=tree.root) == (
        "Monday and Tuesday, 8am to 6pm; Wednesday, 10am to noon and 1:30pm to 5pm; Thursday and Friday, 8am to 6pm"
    )


def test_hours_of_every_day_are_said_so(tree):
    assert hours_text(acas(tree), root=tree.root) == "Monday to Friday, 8am to 6pm"
    assert hours_text(contact("emergency", root=tree.root), root=tree.root) == "Open day and night, every day."


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T09:00", "Open now."),
        ("2026-11-23T07:00", "Closed now. Opens today at 8am."),
        ("2026-11-22T12:00", "Closed now. Opens tomorrow at 8am."),
        ("2026-11-21T12:00", "Closed now. Opens on Monday at 8am."),
        ("2026-12-25T12:00", "Closed now. Opens on Tuesday at 8am."),
    ],
)
def test_open_or_closed_is_said_with_the_next_opening(tree, moment, expected):
    assert open_text(acas(tree), datetime.fromisoformat(moment), root=tree.root) == expected


def test_unknown_hours_are_never_called_open_or_closed(tree):
    text = (tree.root / "contacts.yml").read_text()
    start, end = text.index("  hours: {mon"), text.index("  bank_holidays")
    tree.write("contacts.yml", text[:start] + "  hours: unknown,\n" + text[end:])
    unknown = acas(tree)
    assert unknown.open_at(datetime(2026, 11, 23, 9, 0)) is None
    assert open_text(unknown, datetime(2026, 11, 23, 9, 0), root=tree.root) == ""
    assert hours_text(unknown, root=tree.root) == "We do not know its opening hours."


def test_the_long_line_says_all_and_the_short_one_the_number(tree):
    monday = datetime(2026, 11, 23, 9, 0)
    assert help_line(acas(tree), "Free advice about pay.", monday, root=tree.root) == (
        "Acas: 07700 900123, acas.example. Free advice about pay. Monday to Friday, 8am to 6pm. Open now. "
        "Free to call. Interpreters are available."
    )
    assert help_line(acas(tree), "", monday, form="short", root=tree.root) == "Acas: 07700 900123. Open now."


@pytest.mark.parametrize("end", [".", "?", "\u0964", "\u06d4", "\u061f"])
def test_a_sentence_that_has_ended_gets_no_point_behind_it(tree, end):
    monday = datetime(2026, 11, 23, 9, 0)
    line = help_line(acas(tree), f"\u0938\u0932\u093e\u0939{end}", monday, root=tree.root)
    assert f"acas.example. \u0938\u0932\u093e\u0939{end} Monday" in line


def test_a_contact_without_a_number_is_reached_on_the_web(tree):
    assert reach_text(acas(tree), root=tree.root) == "Acas on 07700 900123"
    tree.change("contacts.yml", 'number: "07700 900123", ', "")
    assert reach_text(acas(tree), root=tree.root) == "Acas at acas.example"
    assert cost_text(acas(tree), root=tree.root) == ""


def test_an_unknown_contact_is_not_known(tree):
    with pytest.raises(ContactNotKnown):
        contact("nobody", root=tree.root)
