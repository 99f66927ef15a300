"""The rules for signs, gentle questions and keywords: each broken file is told with its reason, all reasons at once."""

from __future__ import annotations

import pytest

from knowledge.files import ROOT, read_yaml
from knowledge.validation import keyword_rules
from knowledge.validation.sign_rules import ILO_INDICATORS
from webhook.keywords import Keyword

SIGNS, ENGLISH, GENTLE, WORDS = "signs.yml", "signs/en.yml", "gentle.yml", "keywords/en.yml"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (SIGNS, "Guidance, key signs: excessive fees", "A newspaper", "neither a place in the guidance nor an ILO"),
        (SIGNS, "ILO indicator: debt bondage", "ILO indicator: long hours", "is not one of the ILO's indicators"),
        (SIGNS, "tied_to: [fees, debt]", "tied_to: [fees]", "sources: debt: no sign is tied to it"),
        (SIGNS, "tied_to: [fees, debt]", "tied_to: [hearsay, debt]", "tied to 'hearsay', which is no source"),
        (SIGNS, "tied_to: [fees], strong", "tied_to: [], strong", "must have at least 1"),
        (
            SIGNS,
            "tied_to: [fees, debt]",
            "tied_to: [life]",
            "debt: must be tied to the guidance or to an ILO indicator",
        ),
        (SIGNS, "level: concern", "level: worrying", "level: must be one of concern, high, emergency"),
        (SIGNS, "past: debt", "past: weapon", "in the past it must be a sign of a lower level"),
        (SIGNS, "past: debt", "past: nothing", "in the past it must be a sign of a lower level"),
        (SIGNS, "worker: You paid a fee.", "worker: You paid a fee", "worker: must end with a full stop"),
        (SIGNS, "worker: You paid a fee.", "worker: You will be safe.", "a promise"),
        (SIGNS, "officer: Paid a fee., ", "", "officer: is missing"),
        (ENGLISH, "weapon: [has a knife]", "debts: [has a knife]", "debts: no such sign"),
        (ENGLISH, "  weapon: [has a knife]\n", "", "weapon: has no English phrase"),
        (ENGLISH, "i owe <boss>", "i owe <bosses>", "no word class <bosses>"),
        (
            ENGLISH,
            "boss: boss | manager",
            "boss: <chief> | manager",
            "words: '<chief> | manager': no word class <chief>",
        ),
        (ENGLISH, "subjects: he | <boss>", "subjects: he | <one>", "subjects: 'he | <one>': no word class <one>"),
        (ENGLISH, "paid (him | her) a fee", "paid (him | her a fee", "a bracket is not closed"),
        (ENGLISH, "near: angry", "near: drunk", "drunk: no such mark"),
        (ENGLISH, "becomes: weapon", "becomes: war", "war: no such sign"),
        (ENGLISH, "denials: {words: [not]}", "denials: {never: [not]}", "denials: never is not known"),
        (ENGLISH, "denials:", "slips: {a fee: fee}\ndenials:", "slips: a fee: must be one word"),
        (ENGLISH, "words: {", "colours: [red]\nwords: {", "colours: is not known here"),
        (GENTLE, "signs: [illegal_fee]", "signs: [debt]", "debt: signs: debt is no sign of concern"),
        (GENTLE, "signs: [illegal_fee]", "signs: [illness]", "illness is no sign of concern"),
        (GENTLE, "shows: debt", "shows: weapon", "shows: weapon is no sign of high level"),
        (GENTLE, "debt: {", "money: {", "the phrase gentle_money is missing"),
        (GENTLE, 'more: "yes"', "more: perhaps", "more: must be one of yes, no"),
        (WORDS, "share: [share]", "share: [share, stop]", "share: 'stop' is already stop in knowledge/keywords/en.yml"),
        (WORDS, "share: [share]", "share: ['...']", "has neither letter nor digit"),
        (
            WORDS,
            "share: [share]",
            "share: [share this with the whole team who can help me]",
            "longer than 40 characters",
        ),
        (WORDS, "share: [share]", "sharing: [share]", "sharing: the key must be one of stop"),
        (WORDS, "share: [share]\n", "", "share: is missing"),
        (WORDS, "quit, revoke", "revoke", "stop: quit is missing, and the network acts on it"),
    ],
)
def test_a_broken_file_on_danger_is_told(tree, name, old, new, expected):
    tree.change(name, old, new)
    found = tree.faults()
    assert [fault for fault in found if fault.startswith(f"knowledge/{name}: ") and expected in fault], found


def test_a_sign_brings_one_gentle_question_only(tree):
    tree.write(
        GENTLE,
        'debt: {signs: [illegal_fee], more: "yes", shows: debt}\nhurt: {signs: [illegal_fee], more: "no", shows: debt}',
    )
    assert "knowledge/gentle.yml: hurt: signs: illegal_fee already brings the question debt" in tree.faults()


def test_an_order_means_the_same_in_every_language(tree):
    tree.write("keywords/ur.yml", "help: [madad, share]")
    assert tree.faults() == ["knowledge/keywords/ur.yml: help: 'share' is already share in knowledge/keywords/en.yml"]


def test_phrases_of_a_language_that_is_not_known_are_told(tree):
    tree.write("signs/xx.yml", "signs: {weapon: [knife]}")
    assert tree.faults() == ["knowledge/signs/xx.yml: the language xx is not in languages.yml"]


@pytest.mark.parametrize("name", [SIGNS, GENTLE])
def test_a_missing_file_is_told(tree, name):
    (tree.root / name).unlink()
    assert f"knowledge/{name}: the file is not there" in tree.faults()


def test_every_fault_of_a_file_is_told_at_once(tree):
    tree.change(ENGLISH, "i owe <boss>", "i owe <bosses>")
    tree.change(ENGLISH, "paid (him | her) a fee", "paid (him")
    assert len(tree.faults()) == 2


def test_every_order_the_gateway_knows_may_stand_in_the_files_and_no_other():
    assert set(keyword_rules.KINDS) == {order.value for order in Keyword} | {"start_when_stopped", "joke"}


def test_the_signs_name_every_indicator_of_the_ilo():
    sources = read_yaml(ROOT / SIGNS)["sources"].values()
    assert {f"ILO indicator: {name}" for name in ILO_INDICATORS} <= set(sources)
