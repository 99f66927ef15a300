from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.figures import FigureNotKnown, FigureValue
from knowledge.formats import UnitNotWritable, bare_number, date_text, figure_text
from knowledge.phrases import PhraseNotKnown, phrase
from knowledge.placeholders import PlaceholderMalformed, fill, placeholders_in

ON = date(2026, 11, 21)


def figure(value, unit):
    return FigureValue("a.b", value, unit, ON, "law", "A", None, "D.", ON, ON)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("12.71", "pounds", "£12.71"),
        ("9.5", "pounds", "£9.50"),
        ("25000", "pounds", "£25,000"),
        ("25775.88", "pounds", "£25,775.88"),
        ("8", "pounds", "£8"),
        ("12.07", "percent", "12.07%"),
        ("20", "working_days", "20 working days"),
        ("1", "months", "1 month"),
        ("28", "weeks", "28 weeks"),
        ("5.6", "weeks", "5.6 weeks"),
        ("48", "hours", "48 hours"),
        ("21", "age", "21"),
        ("1600", "number", "1,600"),
        ("2027", "year", "2027"),
    ],
)
def test_a_figure_is_written_with_its_unit(value, unit, expected):
    assert figure_text(figure(Decimal(value), unit)) == expected


def test_a_date_is_written_out_and_has_no_bare_number():
    assert figure_text(figure(date(2028, 7, 22), "date")) == "22 July 2028"
    assert date_text(date(2026, 4, 1)) == "1 April 2026"
    with pytest.raises(UnitNotWritable):
        bare_number(figure(date(2028, 7, 22), "date"))


def test_every_form_of_placeholder_is_filled(tree):
    said = "{minimum_wage.adult}|{minimum_wage.adult|number}|{contact.acas}|{contact.acas.number}|{contact.acas.hours}"
    assert fill(said, "en", ON, root=tree.root) == (
        "£12.71|12.71|Acas on 07700 900123|07700 900123|Monday to Friday, 8am to 6pm"
    )


def test_the_figure_of_the_day_is_taken(tree):
    assert fill("{minimum_wage.adult}", "en", date(2025, 1, 15), root=tree.root) == "£11.44"
    with pytest.raises(FigureNotKnown):
        fill("{minimum_wage.adult}", "en", date(2021, 1, 1), root=tree.root)


@pytest.mark.parametrize(
    "said", ["{", "}", "{}", "{ a.b }", "{a.b|words}", "{a.b.c}", "{contact.acas.__class__}", "{A.b}", "{0}"]
)
def test_braces_that_ask_for_nothing_known_are_refused(said):
    with pytest.raises(PlaceholderMalformed):
        placeholders_in(said)


def test_a_value_is_never_read_as_a_placeholder(tree):
    said = phrase("language_set", root=tree.root, language="{contact.acas} {language}")
    assert said == "We now write in {contact.acas} {language}."


def test_a_missing_phrase_is_not_known_and_an_untranslated_one_is_english(tree):
    with pytest.raises(PhraseNotKnown):
        phrase("no_such_phrase", root=tree.root)
    tree.write("phrases/ur.yml", "open_now: Khula hai.\n")
    tree.stamp("ur")
    assert phrase("open_now", "ur", root=tree.root) == "Khula hai."
    assert phrase("closed_now", "ur", root=tree.root) == "Closed now."
