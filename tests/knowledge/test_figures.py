from __future__ import annotations

import warnings
from datetime import date, time
from decimal import Decimal

import pytest

from knowledge.figures import FigureEnded, FigureNotKnown, FigurePastReview, figure_ids, value

WAGE = "minimum_wage.adult"
FILE = "figures/minimum_wage/adult.yml"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 4, 1), "9.5"),
        (date(2023, 3, 31), "9.5"),
        (date(2023, 4, 1), "10.42"),
        (date(2025, 1, 15), "11.44"),
        (date(2026, 3, 31), "12.21"),
        (date(2026, 4, 1), "12.71"),
        (date(2026, 11, 21), "12.71"),
    ],
)
def test_a_value_holds_from_its_start_until_the_day_before_the_next(tree, day, expected):
    held = value(WAGE, day, root=tree.root)
    assert held.number == Decimal(expected)
    assert held.start <= day


def test_a_day_before_the_first_start_is_not_known_rather_than_the_nearest_value(tree):
    with pytest.raises(FigureNotKnown, match="its first value starts on 2022-04-01"):
        value(WAGE, date(2022, 3, 31), root=tree.root)


@pytest.mark.parametrize("name", ["minimum_wage.child", "adult", "minimum_wage.", "../contacts.yml", "a/b.c", ""])
def test_a_figure_that_is_not_there_is_not_known(tree, name):
    with pytest.raises(FigureNotKnown):
        value(name, root=tree.root)


def test_a_rule_that_ended_has_no_value_from_that_day(tree):
    tree.change(FILE, "checked_on", "  2026-10-01: {value: null, source: law, sure: A}\nchecked_on")
    assert value(WAGE, date(2026, 9, 30), root=tree.root).number == Decimal("12.71")
    with pytest.raises(FigureEnded):
        value(WAGE, date(2026, 10, 1), root=tree.root)


def test_without_a_day_the_clock_decides(tree, at):
    at(date(2024, 12, 31))
    assert value(WAGE, root=tree.root).number == Decimal("11.44")


def test_use_after_the_review_date_warns_and_still_answers(tree, at):
    at(date(2027, 3, 2))
    with pytest.warns(FigurePastReview, match="2027-03-01"):
        assert value(WAGE, date(2026, 5, 1), root=tree.root).number == Decimal("12.71")


def test_use_on_the_review_date_does_not_warn(tree, at):
    at(date(2027, 3, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value(WAGE, root=tree.root)


def test_dates_and_times_are_read_as_what_they_are(tree):
    head = "description: D.\nuprated: no\nchecked_on: 2026-11-21\nreview_by: 2027-03-01\n"
    tree.write(
        "figures/visa/end.yml", head + "unit: date\nvalues: {2022-04-01: {value: 2028-07-22, source: law, sure: A}}"
    )
    tree.write(
        "figures/night/start.yml", head + "unit: time\nvalues: {2022-04-01: {value: 23:00, source: law, sure: A}}"
    )
    on = date(2026, 11, 21)
    assert value("visa.end", on, root=tree.root).day == date(2028, 7, 22)
    assert value("night.start", on, root=tree.root).value == time(23, 0)
    with pytest.raises(TypeError):
        _ = value("visa.end", on, root=tree.root).number
    assert "night.start" in figure_ids(tree.root)
