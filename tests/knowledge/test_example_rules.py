"""Examples beside the small knowledge base, broken one by one."""

from __future__ import annotations

from itertools import combinations

import pytest

from knowledge.files import ROOT, read_yaml
from knowledge.validation import validate
from knowledge.validation.example_texts import text_reasons
from knowledge.validation.likeness import folded, near_pairs
from knowledge.validation.template_rules import near_in, opening_reasons, template_reasons

BOUNDS = """
floors:
  en: {topic: 3, check: 1, move: 1, follow_up: 1, out_of_scope: 1}
  other: {topic: 1, check: 1, move: 1, follow_up: 1, out_of_scope: 1}
chosen_only: []
drama_numbers: ["07700900"]
"""
TOPICS = """version: "3.1"
nlu:
- intent: ask/minimum_wage
  examples: |
    - min wage
    - how much must they give for one hour of care
    - my friend gets 12.71, me 11
- intent: ask/sick_pay
  examples: |
    - ill today
    - flu again and boss says no money
    - who pays me when I am in bed
- intent: ask/payslip
  examples: |
    - no slip
    - what is this code on the paper
    - slip is only a photo, is that allowed
"""
MOVES = """version: "3.1"
nlu:
- intent: greet
  examples: |
    - hi
- intent: thank
  examples: |
    - thanks
- intent: start_check/pay
  examples: |
    - work out my pay
- intent: follow_up/more
  examples: |
    - more
"""
RISK = """
language: en
level: high
examples:
  - {text: they locked me in, sign: locked_in, about: self, when: now}
"""
NLU, MOVES_FILE, RISK_FILE = "../data/nlu/en/work.yml", "../data/nlu/en/moves.yml", "../data/risk/en/high.yml"
EVALUATION = "../tests/languages/en/work.jsonl"


@pytest.fixture
def examples(tree):
    tree.write("examples.yml", BOUNDS)
    locked_in = "{level: high, tied_to: [debt], officer: Is locked in., worker: You are locked in.}"
    tree.change("signs.yml", "\nsigns:\n", f"\nsigns:\n  locked_in: {locked_in}\n")
    tree.change("signs/en.yml", "\nsigns:\n", "\nsigns:\n  locked_in: [locked in]\n")
    tree.write(NLU, TOPICS)
    tree.write(MOVES_FILE, MOVES)
    tree.write(RISK_FILE, RISK)
    tree.write(EVALUATION, '{"id": "1", "text": "what is the lowest pay", "topic": "ask/minimum_wage"}\n')
    return tree


def test_sound_examples_have_no_fault(examples):
    assert examples.faults() == []


def test_a_tree_without_examples_is_not_asked_for_them(tree):
    assert tree.faults() == []


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (NLU, "ask/payslip", "ask/moon", "ask/moon: is not in topics.yml"),
        (NLU, "    - no slip\n", "", "ask/payslip: 2 examples, at least 3"),
        (NLU, "no slip", "Min  wage?", "\"Min  wage?\" stands under ask/minimum_wage too"),
        (NLU, "no slip", "What is this code, on the paper?", "stands twice"),
        (NLU, "- no slip", "no slip", "a line does not begin with '- '"),
        (NLU, "no slip", "how is it sick pay if the law says so ok", None),
        (NLU, "min wage", "they said you must get at least £12.71 an hour now", "has the words of the answer"),
        (NLU, "no slip", "he\u2019s got no slip", "U+2019 (right single quotation mark)"),
        (NLU, "no slip", "no \u200bslip", "U+200B"),
        (NLU, "no slip", "no \u200dslip", "U+200D"),
        (NLU, "no slip", "no [slip](thing)", "the character ["),
        (NLU, "no slip", "/greet", "begins with a slash"),
        (NLU, "no slip", "boss is on 07912 34" + "5678 all day", "a telephone number"),
        (NLU, "no slip", "boss is on 07700 900456 all day", None),
        (NLU, "no slip", "is 07700 900123 acas or a fake", None),
        (RISK_FILE, "sign: locked_in", "sign: moonlight", "the sign moonlight is not in signs.yml"),
        (RISK_FILE, "level: high", "level: dreadful", "level: must be one of none, concern, high, emergency"),
        (RISK_FILE, "about: self", "about: me", "about: must be one of"),
        (RISK_FILE, "language: en", "language: ur", "language: says ur"),
        (RISK_FILE, "they locked me in,", "\u201cthey\u201d locked me in,", "U+201C"),
        (EVALUATION, '"text"', '"words"', "line 1: has no text of a message"),
        ("examples.yml", "topic: 3", "topic: many", "must be a whole number"),
        ("examples.yml", "chosen_only: []", "chosen_only: [moon]", "chosen_only: moon is not in topics.yml"),
    ],
)  # fmt: skip
def test_a_broken_example_is_told_with_its_path(examples, name, old, new, expected):
    examples.change(name, old, new)
    faults = examples.faults()
    if expected is None:
        assert faults == []
    else:
        path = name.removeprefix("../") if name.startswith("../") else f"knowledge/{name}"
        assert any(fault.startswith(path) and expected in fault for fault in faults), "\n".join(faults)


@pytest.mark.parametrize(
    ("intent", "example"), [("greet", "hi"), ("follow_up/more", "more"), ("start_check/pay", "work out my pay")]
)
def test_an_intent_without_any_example_is_a_fault(examples, intent, example):
    examples.change(MOVES_FILE, f"    - {example}\n", "")
    assert examples.faults() == [f"data/nlu/en: {intent}: 0 examples, at least 1"]


def test_an_offered_language_without_any_file_is_a_fault(examples):
    for name in (NLU, MOVES_FILE):
        (examples.root / name).unlink()
    assert "data/nlu/en: ask/sick_pay: 0 examples, at least 3" in examples.faults()


def test_digits_tell_two_examples_apart(examples):
    examples.change(NLU, "    - no slip\n", "    - is 11.44 ok\n    - is 12.21 ok\n    - is 12.71 ok?\n")
    assert examples.faults() == []


def test_an_intent_that_only_a_button_gives_needs_no_examples_and_may_have_none(examples):
    examples.change("examples.yml", "chosen_only: []", "chosen_only: [greet]")
    assert examples.faults() == ["data/nlu/en/moves.yml: greet: is only chosen from a button"]
    examples.change(MOVES_FILE, "- intent: greet\n  examples: |\n    - hi\n", "")
    assert examples.faults() == []


def test_a_language_that_is_not_offered_is_only_noted_when_it_has_too_few(examples):
    examples.write("../data/nlu/ur/work.yml", "nlu:\n- intent: greet\n  examples: |\n    - salam\n")
    report = validate(examples.root)
    assert not [fault for fault in report.faults if "nlu" in fault.path]
    assert any(note.startswith("data/nlu/ur: 6 intents have too few examples") for note in report.notes)


def test_a_folder_of_an_unknown_language_is_a_fault(examples):
    examples.write("../data/nlu/xx/work.yml", "nlu:\n- intent: greet\n  examples: |\n    - saluton\n")
    assert "data/nlu/xx: the language xx is not in languages.yml" in examples.faults()


def test_the_same_words_in_two_languages_are_no_repeat(examples):
    examples.write("../data/nlu/ur/work.yml", "nlu:\n- intent: thank\n  examples: |\n    - hi\n")
    assert examples.faults() == []


def test_one_text_of_danger_under_two_levels_is_a_fault(examples):
    examples.write("../data/risk/en/none.yml", RISK.replace("high", "none").replace("they", "They"))
    assert examples.faults() == ['data/risk/en/none.yml: "They locked me in" stands as high too']


@pytest.mark.parametrize("name", ["high", "emergency"])
def test_a_text_of_danger_twice_in_a_level_is_a_fault(examples, name):
    line = "  - {text: they locked me in!}\n"
    examples.write(f"../data/risk/en/{name}_more.yml", RISK + line)
    assert any("stands twice" in fault for fault in examples.faults())


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (EVALUATION, '{"text": "Who pays me when I am in bed?"}\n'),
        ("../tests/languages/en/ordinary.txt", "Rain again.\nWho pays me, when I am in bed\n"),
    ],
)
def test_a_text_that_is_learned_and_judged_is_a_fault(examples, path, content):
    examples.write(path, content)
    where = path.removeprefix("../")
    assert examples.faults() == [f'data/nlu/en/work.yml: "who pays me when i am in bed" stands in {where} too']


def test_a_text_of_danger_that_is_judged_is_a_fault(examples):
    examples.write(EVALUATION, '{"text": "They locked me in"}\n')
    assert examples.faults() == [f'data/risk/en/high.yml: "they locked me in" stands in {EVALUATION[3:]} too']


def test_anybody_may_write_the_same_three_words(examples):
    examples.write(EVALUATION, '{"text": "Min wage"}\n{"text": "ill today"}\n')
    assert examples.faults() == []


def test_a_text_nearly_the_same_as_a_judged_one_is_noted(examples):
    examples.write(EVALUATION, '{"text": "Who pays me when I am in my bed?"}\n')
    report = validate(examples.root)
    assert not report.faults
    assert not [note for note in report.notes if "nearly" in note]
    examples.write(EVALUATION, '{"text": "How much must they give for one hour of cares?"}\n')
    report = validate(examples.root)
    assert not report.faults
    assert any(f"data/nlu/en/work.yml and {EVALUATION[3:]} have nearly the same" in note for note in report.notes)


def test_words_swapped_in_a_template_are_near_each_other():
    made = [f"my boss has not paid me for the month of {month}" for month in ("march", "april", "may")]
    assert len(near_in(made)) == 2
    assert "2 pairs of 3 examples" in next(near_reasons_of(made))


def near_reasons_of(texts):
    return template_reasons("thank", [folded(each) for each in texts])


def test_one_near_pair_in_a_hundred_is_let_pass_and_two_are_not():
    # Words of their own for each, so that only the pairs put in are near.
    others = [
        " ".join(chr(97 + (place * step) % 26) * 4 + str(place * step) for step in (1, 3, 7, 11)) for place in range(98)
    ]
    assert list(near_reasons_of([*others, "they take my wages every week", "they take my wages every weeks"])) == []
    two = ["they take my wages every week", "they take my wages every weeks", "they take my wages every weekk"]
    assert list(near_reasons_of([*others[:97], *two]))


def test_short_texts_are_alike_by_nature():
    assert near_in(["payslip late again", "payslips late again"]) == []


def test_the_quick_search_finds_every_near_pair_that_comparing_all_finds():
    texts = [folded(line) for line in _many_lines()]
    pieces = [{each[at : at + 3] for at in range(max(1, len(each) - 2))} for each in texts]
    for percent in (50, 80):
        slow = {
            frozenset((texts[one], texts[other]))
            for one, other in combinations(range(len(texts)), 2)
            if 100 * len(pieces[one] & pieces[other]) >= percent * len(pieces[one] | pieces[other])
        }
        assert slow
        assert {frozenset((pair.one, pair.other)) for pair in near_pairs(texts, percent)} == slow
        half = len(texts) // 2
        between = {frozenset((pair.one, pair.other)) for pair in near_pairs(texts[:half], percent, texts[half:])}
        assert between == {each for each in slow if len(each & set(texts[:half])) == 1}


def _many_lines() -> list[str]:
    who, what, when = (
        ("my boss", "the agency", "our manager"),
        ("took my pay", "kept my payslip"),
        ("today", "again", ""),
    )
    return list(dict.fromkeys(f"{one} {two} {three}".strip() for one in who for two in what for three in when))


def test_three_words_that_open_too_many_examples_are_a_template():
    assert list(opening_reasons([f"can i get {what}" for what in ("leave", "sick pay", "a break")]))
    assert not list(opening_reasons(["can i get leave", "can i get pay", "no slip again today", "why is tax so big"]))


def test_openings_of_moves_are_not_counted(examples):
    examples.change(
        MOVES_FILE, "- work out my pay", "- check my pay now\n    - check my pay please\n    - check my pay again ok"
    )
    assert examples.faults() == []


@pytest.mark.parametrize("said", ["ന്‍ മലയാളം", "می‌خواهم", "nurse \U0001f469\u200d\u2695\ufe0f here"])
def test_joiners_that_a_script_needs_may_stand(said):
    assert list(text_reasons(said, (), ("07700900",))) == []


@pytest.mark.parametrize(
    "said", ["07700 900123", "+44 7700 900123", "0044 (0)7700-900123", "01 02 2026", "£12,000.50", "0700-1500"]
)
def test_numbers_for_drama_dates_money_and_hours_may_stand(said):
    assert list(text_reasons(f"so {said} ok", (), ("07700900",))) == []


@pytest.mark.parametrize(
    "said", ["0791234" + "5678", "+44 7912 34" + "5678", "+91 98765 43210", "0121 234 5678", "(0121) 234-5678"]
)
def test_numbers_of_people_may_not_stand(said):
    assert list(text_reasons(f"so {said} ok", (), ("07700900",)))


def test_english_is_held_to_the_promised_numbers():
    floor = read_yaml(ROOT / "examples.yml")["floors"]["en"]
    assert floor["topic"] >= 120
    assert min(floor["check"], floor["move"], floor["follow_up"]) >= 40
    assert floor["out_of_scope"] >= 600
