"""The real knowledge base."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge import clock
from knowledge.answers import answered_topics
from knowledge.figures import NUMBER_UNITS, figure, figure_ids
from knowledge.languages import all_languages, offered_languages
from knowledge.phrase_book import phrase_book
from knowledge.render import answer_text
from knowledge.topics import all_checks, all_intents, all_topics
from knowledge.validation import validate

CODES = "en hi ml ur ro sn pa ta gu bn ne tl sw pl pt ar fr yo ig ha tw so te si es it bg uk lt sq fa ps ckb vi"


def test_the_real_tree_has_no_fault():
    assert [str(fault) for fault in validate().faults] == []


def test_no_topic_check_or_language_of_the_contract_is_lost():
    assert len(all_topics()) >= 64
    assert {each.id for each in all_checks()} >= {
        "pay", "breaks", "leave", "sick_pay", "sponsor_timeline", "job_offer", "situation",
    }  # fmt: skip
    assert set(CODES.split()) <= set(all_languages())
    assert len(set(all_intents())) == len(all_intents())


def test_the_languages_written_from_the_right_are_marked():
    assert {code for code, each in all_languages().items() if each.dir == "rtl"} == {"ur", "ar", "fa", "ps", "ckb"}
    assert "en" in {each.code for each in offered_languages()}


def test_every_unit_in_use_has_its_words():
    counted = {figure(name).unit for name in figure_ids()} & set(NUMBER_UNITS)
    plain = {"pounds", "percent", "number", "age", "year"}
    for unit in counted - plain:
        for number in ("one", "other"):
            assert f"unit_{unit}_{number}" in phrase_book("en")


@pytest.mark.filterwarnings("ignore::knowledge.figures.FigurePastReview")
@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 12, 25), date(2027, 1, 1)])
def test_every_answer_can_be_given_on_the_days_to_come(day):
    with clock.at(day):
        for topic in answered_topics("en"):
            for form in ("short", "long"):
                assert answer_text(topic, form=form).text
