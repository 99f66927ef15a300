from __future__ import annotations

from datetime import datetime

import pytest

from knowledge.answers import SectionNotInAnswer, TopicNotInLanguage, topic_title
from knowledge.files import forget
from knowledge.render import (
    SituationNotInAnswer,
    answer_text,
    help_text,
    if_text,
    more_parts,
    section_text,
    situations_answered,
    source_text,
    why_text,
)
from knowledge.topics import TopicNotKnown

MONDAY = datetime(2026, 11, 23, 9, 0)


def test_the_short_form_is_the_answer_one_action_and_one_contact(tree):
    made = answer_text("minimum_wage", form="short", at=MONDAY, root=tree.root)
    assert made.text.splitlines() == [
        "You must get at least £12.71 an hour.",
        "Look at your papers about minimum_wage.",
        "Acas: 07700 900123. Open now.",
    ]
    assert (made.lang, made.dir, made.form, made.related) == ("en", "ltr", "short", ("sick_pay", "payslip"))


def test_the_long_form_answers_first_and_holds_every_part(tree):
    made = answer_text("minimum_wage", at=MONDAY, root=tree.root)
    order = [
        "You must get at least £12.71 an hour.", "What this means for you", "This holds for you.",
        "What you can do now", "- Write down your hours.", "Who can help", "Acas: 07700 900123", "The rates",
        "The rate is £12.71.",
    ]  # fmt: skip
    places = [made.text.index(words) for words in order]
    assert places == sorted(places)
    assert made.blocks[0].kind == "paragraph"


def test_figures_and_open_lines_are_those_of_the_moment_asked_for(tree):
    made = answer_text("minimum_wage", form="short", at=datetime(2025, 1, 18, 12, 0), root=tree.root)
    assert "£11.44" in made.text
    assert "Closed now. Opens on Monday at 8am." in made.text


def test_more_gives_each_part_in_turn(tree):
    parts = more_parts("minimum_wage", root=tree.root)
    assert parts == ("meaning", "do", "rates")
    texts = [section_text("minimum_wage", part, form="short", at=MONDAY, root=tree.root).text for part in parts]
    assert texts[0] == "This holds for you."
    assert texts[2] == "The rate is £12.71."
    with pytest.raises(SectionNotInAnswer):
        section_text("minimum_wage", "prices", root=tree.root)


def test_follow_ups_say_who_helps_why_whence_and_in_my_case(tree):
    assert "Acas: 07700 900123" in help_text("minimum_wage", at=MONDAY, root=tree.root).text
    assert "The law says so." in why_text("minimum_wage", at=MONDAY, root=tree.root).text
    assert (
        "Source: The rates, A ministry. Checked on 20 November 2026."
        in source_text("minimum_wage", at=MONDAY, root=tree.root).text
    )
    assert situations_answered("minimum_wage", root=tree.root) == ("zero_hours",)
    assert if_text("minimum_wage", "zero_hours", at=MONDAY, root=tree.root).text == "The same holds for you."
    with pytest.raises(SituationNotInAnswer):
        if_text("minimum_wage", "agency", root=tree.root)


def test_an_answer_without_a_reason_names_whom_to_ask(tree):
    tree.change("answers/en/minimum_wage.yml", "why: The law says so.\n", "")
    assert "Acas: 07700 900123" in why_text("minimum_wage", at=MONDAY, root=tree.root).text


def test_what_is_not_sure_is_said(tree):
    tree.change("answers/en/minimum_wage.yml", "why:", "doubt: We could not confirm it.\nwhy:")
    assert "We could not confirm it." in answer_text("minimum_wage", at=MONDAY, root=tree.root).text
    assert more_parts("minimum_wage", root=tree.root)[-1] == "doubt"


def test_a_language_without_the_answer_gets_the_english_marked_as_english(tree):
    made = answer_text("minimum_wage", "ur", at=MONDAY, root=tree.root)
    assert made == answer_text("minimum_wage", at=MONDAY, root=tree.root)
    assert (made.lang, made.dir) == ("en", "ltr")
    for part in more_parts("minimum_wage", "ur", root=tree.root):
        assert section_text("minimum_wage", part, "ur", at=MONDAY, root=tree.root).lang == "en"


def test_a_topic_without_an_answer_is_told_apart_from_an_unknown_one(tree):
    (tree.root / "answers/en/minimum_wage.yml").unlink()
    forget()
    with pytest.raises(TopicNotInLanguage):
        answer_text("minimum_wage", root=tree.root)
    with pytest.raises(TopicNotKnown):
        answer_text("weather", root=tree.root)
    with pytest.raises(TopicNotKnown):
        answer_text("../../phrases/en", root=tree.root)
    assert topic_title("minimum_wage", "ur", root=tree.root) == "Minimum wage"


def test_a_language_written_from_the_right_says_so(tree):
    tree.translate("sick_pay", "ur")
    assert answer_text("sick_pay", "ur", at=MONDAY, root=tree.root).dir == "rtl"


def test_a_form_that_is_neither_short_nor_long_is_refused(tree):
    with pytest.raises(ValueError, match="short or long"):
        answer_text("minimum_wage", form="middling", root=tree.root)
