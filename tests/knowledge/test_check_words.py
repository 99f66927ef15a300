"""The words of the checks are held to the rules, and to the same wording as every answer."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from knowledge.check_text import finding_text
from knowledge.checks import CheckNotKnown, check_words, worded_checks
from knowledge.files import ROOT
from knowledge.rules.outcome import Finding, Outcome, names, vocabulary
from knowledge.validation.check_rules import vocabulary_reasons

PAY = "checks/en/pay.yml"


@pytest.fixture
def pay_tree(tree):
    """The small tree with the real words of the pay check, and the figures and contacts they name."""
    for name in ("figures", "contacts.yml", "sources.yml"):
        source, target = ROOT / name, tree.root / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)
    tree.write(PAY, (ROOT / PAY).read_text(encoding="utf-8"))
    return tree


def pay_faults(tree) -> list[str]:
    return [fault for fault in tree.faults() if PAY in fault]


def test_the_real_words_are_sound_in_the_small_tree_too(pay_tree):
    assert pay_faults(pay_tree) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("check: pay", "check: pray", "check: says pray"),
        ("  at_or_above:\n", "  over_the_moon:\n", "outcomes: at_or_above: is missing"),
        ("  at_or_above:\n", "  over_the_moon:\n", "outcomes: over_the_moon: is not known to the rule"),
        ("  less_tips:", "  less_tops:", "sums: less_tips: is missing"),
        ("  sleep_in: On", "  slept_in: On", "notes: sleep_in: is missing"),
        ("  sleep_in:\n", "  slept_in:\n", "questions: sleep_in: is missing"),
        ('"Waiting: {result}."', '"Waiting: {reward}."', "sums.hours_waiting: the rule does not give {reward}"),
        ("ask: Are you an apprentice?", "ask: Are you {rate}?", "questions.apprentice: {rate} is not given"),
        ("The lowest legal rate is {rate}. This", "The lowest is 12.71. This", 'a digit is typed: "12.71."'),
        ("Keep your payslips and a note of your hours.", "Keep them!", "an exclamation mark"),
        ("again: {absurd:", "again: {odd:", "questions.age.again: absurd: is missing"),
        ("uniform: Uniform or shoes", "uniform: Uniform or shoes for the work", "characters, at most 24"),
        ("{contact: acas, for: Can tell you the rate", "{contact: nobody, for: Can tell you the rate", "nobody is not"),
        ("  - minimum_wage_law\n", "  - hearsay\n", "sources: hearsay is not known"),
        ("intro: >-\n", "intro: >-\n  {minimum_wage.age_99}\n", "there is no figure minimum_wage.age_99"),
    ],
)
def test_a_fault_in_the_words_is_told(pay_tree, old, new, expected):
    pay_tree.change(PAY, old, new)
    assert any(expected in fault for fault in pay_faults(pay_tree)), pay_faults(pay_tree)


def test_a_file_for_a_check_nobody_knows_is_told(pay_tree):
    pay_tree.write("checks/en/weather.yml", "check: weather")
    assert any("the check weather is not in topics.yml" in fault for fault in pay_tree.faults())


def test_a_rule_without_words_is_told(pay_tree):
    (pay_tree.root / PAY).unlink()
    assert f"knowledge/{PAY}: the rule has no words" in pay_tree.faults()


@pytest.mark.parametrize("check", worded_checks())
def test_the_words_give_every_key_of_their_rule(check):
    rule = vocabulary(check)
    assert rule is not None
    assert list(vocabulary_reasons(check_words(check), rule)) == []


def test_a_name_that_a_rule_stops_giving_is_found():
    rule = vocabulary("leave")
    assert rule is not None
    poorer = replace(rule, sums={**rule.sums, "full_year": names("week")})
    assert list(vocabulary_reasons(check_words("leave"), poorer)) == ["sums.full_year: the rule does not give {weeks}"]


def test_a_language_without_words_is_told_in_english():
    assert check_words("pay", "ur").lang == "en"
    with pytest.raises(CheckNotKnown):
        check_words("weather", "ur")


def test_a_check_without_a_rule_has_no_vocabulary():
    assert vocabulary("weather") is None


def test_a_finding_without_sums_is_told_too():
    class Sky(Outcome):
        OLD = "cannot_tell_old_rates"

    said = finding_text("pay", Finding(Sky.OLD, date(2022, 3, 1)))
    assert said.sums == ()
    assert "too old for us" in said.answer
