"""What a translation must hold to, and what a language needs before it is offered."""

from __future__ import annotations

import shutil

import pytest

from knowledge.files import ROOT
from knowledge.language_quality import below_floor
from knowledge.scripts import script_reasons

OFFERED = ("dir: rtl, offered: false", "dir: rtl, offered: true")
QUALITY = """
floors: {language: 0.97, topic: 0.78, grave: 0.92, false_alarms: 0.06}
measured:
  ur: {on: 2026-11-22, language: {count: 98, of: 100}, topic: {count: 80, of: 100}, grave: {count: 28, of: 30},
    false_alarms: {count: 2, of: 90}}
"""
URDU = """
topic: minimum_wage
title: تنخواہ
answer: آپ کو کم از کم {minimum_wage.adult} فی گھنٹہ ملنا چاہیے۔
meaning: [یہ آپ کے لیے ہے۔]
do: [اپنے کاغذ دیکھیں۔, اپنے گھنٹے لکھیں۔]
help: [{contact: acas, for: مفت مشورہ۔}]
sections: [{id: rates, title: شرح, text: ["شرح {minimum_wage.adult} ہے۔"]}]
if: {zero_hours: آپ کے لیے بھی یہی ہے۔}
why: قانون یہی کہتا ہے۔
"""
NAME = "answers/ur/minimum_wage.yml"


@pytest.fixture
def urdu(tree):
    """The small tree with one sound Urdu answer."""
    tree.write(NAME, URDU)
    tree.stamp("ur")
    assert tree.faults() == []
    return tree


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{minimum_wage.adult} فی", "فی", "answer: {minimum_wage.adult} of the English is missing"),
        ("یہی کہتا", "{minimum_wage.adult} کہتا", "why: {minimum_wage.adult} is not in the English"),
        ("کم از کم {minimum", "12 {minimum", 'answer: a digit is typed: "12"'),
        ("قانون یہی کہتا ہے۔", "Qanoon yeh hi kehta hai.", "letters are arabic"),
        ("قانون یہی کہتا ہے۔", "قانون यही کہتا ہے۔", "letters of another script: devanagari"),
        ("[یہ آپ کے لیے ہے۔]", "[یہ آپ کے لیے ہے۔, اور بھی۔]", "meaning[1]: is not in the English"),
        ("why: قانون یہی کہتا ہے۔", "", "why: is missing"),
        ("contact: acas", "contact: emergency", "help: has not the contacts of the English"),
        ("title: تنخواہ", "title: کم سے کم تنخواہ کے بارے میں", "characters, at most 24"),
        ("یہ آپ کے لیے ہے۔]", "یہ آپ کے لیے ہے!]", "an exclamation mark"),
        ("do: [اپنے کاغذ دیکھیں۔", f"do: [{'ہم ' * 300}۔", "text messages, at most 10"),
    ],
)
def test_a_translation_that_is_not_as_the_english_is_a_fault(urdu, old, new, expected):
    urdu.change(NAME, old, new)
    faults = urdu.faults()
    assert any(fault.startswith(f"knowledge/{NAME}: ") and expected in fault for fault in faults), faults


def test_a_sentence_left_in_english_is_a_fault_and_a_name_is_not(tree):
    tree.change("languages.yml", "scripts: [Arab]", "scripts: [Latn]")
    tree.translate("minimum_wage", "ur", You_must_get_at_least="Ora", an_hour="fi ghanta")
    tree.stamp("ur")
    faults = [fault for fault in tree.faults() if NAME in fault]
    assert f"knowledge/{NAME}: why: is still English" in faults
    assert not any("title" in fault for fault in faults)


def test_what_the_english_gained_since_is_no_fault_of_the_translation(urdu):
    urdu.change("answers/en/minimum_wage.yml", "meaning: [This", "meaning: [It holds., This")
    urdu.refresh_page()
    assert urdu.faults() == []


def test_a_record_of_a_file_that_is_gone_is_a_fault(urdu):
    (urdu.root / NAME).unlink()
    assert any("answers/minimum_wage: there is no such file" in fault for fault in urdu.faults())


def test_a_language_is_offered_only_with_a_whole_pack(urdu):
    urdu.write("language_quality.yml", QUALITY)
    urdu.change("languages.yml", *OFFERED)
    faults = urdu.faults()
    for expected in (
        "answers/ur/sick_pay.yml: there is no answer", "phrases/ur.yml", "registers/ur.yml: all of it",
        "keywords/ur.yml: all of it",
    ):  # fmt: skip
        assert any(expected in fault for fault in faults), expected


def test_a_language_is_offered_only_above_the_floor_of_what_was_measured(urdu):
    urdu.change("languages.yml", *OFFERED)
    assert any("ur: is offered, but nothing was measured in it" in fault for fault in urdu.faults())
    urdu.write("language_quality.yml", QUALITY)
    assert list(below_floor("ur", urdu.root)) == []
    urdu.change("language_quality.yml", "{count: 80, of: 100}", "{count: 77, of: 100}")
    urdu.change("language_quality.yml", "{count: 2, of: 90}", "{count: 6, of: 90}")
    told = [fault for fault in urdu.faults() if "is offered, but" in fault]
    assert told == [
        "knowledge/language_quality.yml: ur: is offered, but false_alarms: 6 of 90 is 0.067, at most 0.06",
        "knowledge/language_quality.yml: ur: is offered, but topic: 77 of 100 is 0.770, at least 0.78",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("count: 98", "count: 101", "count: is more than of"),
        ("of: 100}, topic", "of: 0}, topic", "of: must be a whole"),
    ],
)
def test_figures_that_cannot_be_are_a_fault(tree, old, new, expected):
    tree.write("language_quality.yml", QUALITY.replace(old, new))
    assert any(expected in fault for fault in tree.faults())


def test_words_of_the_registers_hold_to_the_english_too(tree):
    tree.write("registers/ur.yml", "checks: {pay: کیا میری تنخواہ بہت زیادہ کم ہے}\nfigures: {no.such: کچھ۔}\n")
    tree.stamp("ur")
    faults = tree.faults()
    assert any("checks.pay: 31 characters, at most 24" in fault for fault in faults), faults
    assert any("figures.no.such: is not in the registers" in fault for fault in faults)


@pytest.mark.parametrize(
    ("said", "script", "sound"),
    [
        ("Home Office से बात करें और पूछें", "Deva", True),
        ('फोन पर यह कहें: "I want an interpreter, please wait for me."', "Deva", True),
        ("Helpline ko phone karein abhi", "Deva", False),
        ("Sunați la Acas și întrebați", "Latn", True),
        ("Sunați lа Acas", "Latn", False),
    ],
)
def test_letters_of_the_script_are_told_from_others(said, script, sound):
    assert (script_reasons(said, script) == []) is sound


def test_the_real_phrases_of_a_language_may_have_more_plurals_than_english(tree):
    shutil.copy(ROOT / "phrases" / "ro.yml", tree.root / "phrases" / "ro.yml")
    tree.write("languages.yml", (ROOT / "languages.yml").read_text("utf-8"))
    (tree.root / "contacts.yml").write_text((ROOT / "contacts.yml").read_text("utf-8"), "utf-8")
    assert not any("phrases/ro.yml: unit_" in fault for fault in tree.faults())
    tree.change("phrases/ro.yml", "unit_working_days_few", "unit_working_days_zero")
    assert any("unit_working_days_zero: is not in the English book" in fault for fault in tree.faults())
