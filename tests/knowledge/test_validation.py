from __future__ import annotations

from datetime import date

import pytest

from knowledge.__main__ import main

WAGE = "answers/en/minimum_wage.yml"
FIGURE = "figures/minimum_wage/adult.yml"


def test_a_sound_tree_has_no_fault(tree):
    assert tree.faults() == []


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (FIGURE, "wage.\nunit", "wage\nunit", "description: must end with a full stop"),
        (FIGURE, "2023-04-01", "2022-04-01", "stands twice"),
        (FIGURE, "2023-04-01", "2022-03-01", "2022-03-01 does not come after 2022-04-01"),
        (FIGURE, "value: 11.44, source: law", "value: 11.44, source: hearsay", "the source hearsay is not known"),
        (FIGURE, "  2024-04-01: {value: 11.44, source: law, sure: A2}\n", "", "2024 has no start in April"),
        (FIGURE, "sure: A}", "sure: maybe}", "sure: must be A, A2, B or C"),
        (FIGURE, "value: 12.71", "value: much", "value: must be a number"),
        (FIGURE, "value: 12.71, ", "", "value: is missing"),
        (FIGURE, "unit: pounds", "unit: dollars", "unit: must be one of"),
        (FIGURE, "value: 12.71,", "value: 12.71, unchanged: true,", "says it is unchanged and is not"),
        (WAGE, "an hour.", "an hour!", "an exclamation mark"),
        (WAGE, "{minimum_wage.adult} an hour", "12.71 an hour", 'a digit is typed: "12.71"'),
        (WAGE, "The law says so.", "You have sixty days.", 'a figure is typed in words: "sixty days"'),
        (WAGE, "The law says so.", "A twenty-one day rule.", "a figure is typed in words"),
        (WAGE, "The law says so.", "You will be safe.", "a promise"),
        (WAGE, "The law says so.", "We will keep this secret.", "a promise"),
        (WAGE, "The law says so.", "We guarantee it.", "a promise"),
        (WAGE, "The law says so.", "Your visa is safe.", "a promise"),
        (WAGE, "The law says so.", "so " * 26 + "it is.", "a sentence of 28 words"),
        (WAGE, "The law says so.", "The law “says” so.", "a plain text message has not"),
        (WAGE, "The law says so.", "Pay is {minimum_wage.child}.", "there is no figure minimum_wage.child"),
        (WAGE, "The law says so.", "Call {contact.nobody}.", "there is no contact nobody"),
        (WAGE, "The law says so.", "Call {contact.acas.mood}.", "is no placeholder"),
        (WAGE, "The law says so.", "Call {name}.", "names neither a figure nor a contact"),
        (WAGE, "why: The law says so.", 'why: "Pay is {minimum_wage.adult."', "a brace stands alone"),
        (WAGE, "contact: acas", "contact: nobody", "the contact nobody is not known"),
        (WAGE, "sources: [law]", "sources: [hearsay]", "sources: hearsay is not known"),
        (WAGE, "zero_hours:", "on_the_moon:", "the situation on_the_moon is not known"),
        (WAGE, "meaning: [This holds for you.]", "", "meaning: is missing"),
        (WAGE, "do: [Look at your papers about minimum_wage., Write down your hours.]", "do: []", "at least 1"),
        (WAGE, "help: [{contact: acas, for: Free advice about pay.}]", "help: []", "help: must have at least 1"),
        (WAGE, "Look at your papers about minimum_wage., ", "", "no action of its own"),
        (WAGE, "help: [", "help: [{contact: acas, for: Again.}, ", "acas: stands twice"),
        (WAGE, "pay.}]", "pay.}, {contact: emergency, for: Danger.}]", "emergency must stand first"),
        (WAGE, "title: About minimum_wage", "title: About the lowest wage there is", "at most 24"),
        (WAGE, "{minimum_wage.adult} an hour.\nmean", "this, " + "and so on, " * 20 + "\nmean", "at most 220"),
        (WAGE, "id: rates", "id: meaning", "is the name of a part"),
        (WAGE, "topic: minimum_wage", "topic: payslip", "topic: says payslip"),
        (WAGE, "topic: minimum_wage", "topic: minimum_wage\ncolour: red", "colour: is not known here"),
        (WAGE, "It is {minimum_wage.adult} an hour.", "It is 12.71 an hour.", "guidance[0].now: a digit is typed"),
        ("topics.yml", "menu: Sick pay", "menu: Sick pay and what to do then", "at most 24"),
        ("topics.yml", "[sick_pay, payslip]", "[sick_pay, moon]", "moon is not another topic"),
        ("topics.yml", "sick_pay: {section: rights", "sick_pay: {section: wrongs", "the section wrongs is not known"),
        ("contacts.yml", "emergency:", "police:", "the contact emergency is missing"),
        ("contacts.yml", "bank_holidays: closed, ", "", "bank_holidays: is missing"),
        ("contacts.yml", "source: law,\n  checked", "source: hearsay,\n  checked", "the source hearsay is not known"),
        ("contacts.yml", 'mon: "08:00-18:00"', 'mon: "8 to 6"', "is not a span"),
        ("situations.yml", "Zero hours", "A contract with zero hours", "zero_hours: 26 characters, at most 24"),
        ("situation_words/en.yml", "zero_hours:", "on_the_moon:", "on_the_moon: is no situation"),
        ("situation_words/en.yml", "zero_hours:", "on_the_moon:", "zero_hours: is missing"),
        ("languages.yml", "dir: rtl", "dir: sideways", "dir: must be one of ltr, rtl"),
        ("phrases/en.yml", "open_now: Open now.", "open_now: Open now!", "an exclamation mark"),
        ("phrases/en.yml", "button_menu: Menu", "button_menu: The menu with all choices", "on a button"),
        ("guidance_map.yml", "paragraph: 2", "paragraph: 3", "paragraph 2 is not mapped"),
        ("guidance_map.yml", 'starts: "First"', 'starts: "Last"', 'paragraph 1: starts "First paragraph.'),
        ("guidance_map.yml", "#rates", "#prices", "the answer has no such part"),
        ("guidance_map.yml", "answers/minimum_wage#rates", "staff/nowhere", "there is no such page"),
        ("guidance_map.yml", ', because: "It is a heading."', "", "needs either to or because"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_with_its_path(tree, name, old, new, expected):
    tree.change(name, old, new)
    faults = tree.faults()
    path = f"knowledge/{name}: "
    assert any(fault.startswith(path) and expected in fault for fault in faults), "\n".join(faults)


def test_every_fault_is_told_and_they_are_sorted(tree):
    tree.change(WAGE, "The law says so.", "You will be safe!")
    tree.change("answers/en/payslip.yml", "contact: acas", "contact: nobody")
    tree.change(FIGURE, "wage.\nunit", "wage\nunit")
    faults = tree.faults()
    assert faults == sorted(faults)
    assert {fault.partition(":")[0] for fault in faults} == {
        "knowledge/answers/en/minimum_wage.yml",
        "knowledge/answers/en/payslip.yml",
        "knowledge/figures/minimum_wage/adult.yml",
    }


def test_a_figure_that_stayed_the_same_may_say_so(tree):
    tree.change(FIGURE, "2024-04-01: {value: 11.44,", "2024-04-01: {unchanged: true,")
    assert tree.faults() == []


def test_a_rule_that_began_later_needs_no_earlier_april(tree):
    tree.change(FIGURE, "  2022-04-01: {value: 9.50, source: law, sure: C}\n", "")
    assert any("2022 has no start in April" in fault for fault in tree.faults())
    tree.change(FIGURE, "uprated: every_april", "uprated: every_april\nbegan: 2023-04-01")
    assert tree.faults() == []


def test_a_figure_is_at_fault_the_day_after_its_review(tree):
    assert not any("has passed" in fault for fault in tree.faults(date(2027, 2, 21)))
    assert any(fault.endswith("review_by: 2027-03-01 has passed") for fault in tree.faults(date(2027, 3, 2)))


def test_a_topic_without_an_answer_is_a_fault_in_an_offered_language_only(tree):
    (tree.root / "answers/en/payslip.yml").unlink()
    tree.refresh_page()
    assert tree.faults() == ["knowledge/answers/en/payslip.yml: there is no answer on this topic"]


def test_a_short_form_over_three_segments_is_a_fault(tree):
    tree.change(WAGE, "Look at your papers", "Look at this. " * 30 + "Look at your papers")
    assert any("more than 3 segments" in fault for fault in tree.faults())


def test_a_figure_that_has_ended_cannot_be_used(tree):
    tree.change(FIGURE, "checked_on", "  2026-10-01: {value: null, source: law, sure: A}\nchecked_on")
    assert any("FigureEnded" in fault for fault in tree.faults())


def test_refusing_a_promise_and_advice_to_keep_a_secret_are_no_promise(tree):
    tree.change(
        WAGE, "The law says so.", "Nobody can promise that your visa is safe. Choose a word and keep it secret."
    )
    assert tree.faults() == []


def test_a_sentence_in_more_than_five_topics_is_noted_and_no_fault(tree):
    from knowledge.validation import validate

    for number in range(3):
        topic = "more_" + "abc"[number]
        tree.change(
            "topics.yml",
            "checks:",
            f"  {topic}: {{section: rights, title: M, menu: M, related: [sick_pay, payslip]}}\nchecks:",
        )
        text = (
            (tree.root / WAGE)
            .read_text()
            .replace("minimum_wage\n", topic + "\n")
            .replace("about minimum_wage", "about " + topic)
        )
        tree.write(f"answers/en/{topic}.yml", text)
    tree.refresh_page()
    report = validate(tree.root, date(2026, 11, 21))
    assert report.faults == ()
    assert any('6 topics share "This holds for you."' in note for note in report.notes)


def test_a_stale_guidance_page_is_a_fault_and_the_command_mends_it(tree, capsys):
    tree.change(WAGE, "Pay was 20,900 a year.", "Pay was less.")
    assert tree.faults() == ["docs/guidance.md: is stale: run python -m knowledge guidance"]
    assert main(["--root", str(tree.root), "guidance"]) == 0
    assert tree.faults() == []


def test_the_guidance_page_puts_unsafe_advice_first(tree):
    tree.change("answers/en/sick_pay.yml", "unsafe: null", "unsafe: It may be told to the abuser.")
    tree.refresh_page()
    page = (tree.root.parent / "docs/guidance.md").read_text()
    assert page.index("It may be told to the abuser.") < page.index("## By topic")
    assert "£12.71 an hour" in page


def test_the_command_prints_faults_and_leaves_with_one(tree, capsys):
    tree.change(FIGURE, "wage.\nunit", "wage\nunit")
    assert main(["--root", str(tree.root), "validate"]) == 1
    assert "knowledge/figures/minimum_wage/adult.yml: description: must end with a full stop" in capsys.readouterr().out


def test_a_registry_that_cannot_be_read_is_told_and_not_raised(tree):
    tree.write("topics.yml", "sections: [")
    assert [fault for fault in tree.faults() if fault.startswith("knowledge/topics.yml: ")]


def test_the_figures_command_shows_a_day_in_the_past(tree, capsys):
    assert main(["--root", str(tree.root), "figures", "--on", "2025-01-15"]) == 0
    assert "minimum_wage.adult: £11.44 (since 2024-04-01, law, A2)" in capsys.readouterr().out
    assert main(["--root", str(tree.root), "figures", "--on", "2020-01-15"]) == 0
    assert "minimum_wage.adult: not known" in capsys.readouterr().out


def test_the_stale_command_lists_what_is_overdue(tree, capsys):
    main(["--root", str(tree.root), "stale", "--on", "2027-02-22"])
    assert capsys.readouterr().out.splitlines() == ["2027-02-21 contact acas", "2027-02-21 contact emergency"]


STAFF_PAGE = """
id: bodies
title: Bodies
sections:
  - {id: first, title: First, text: ["Pay is {minimum_wage.adult}."], table: {columns: [A, B], rows: [[a, b]]}}
sources: [law]
brought_up_to_date: [{said: Old., now: "New {contact.acas.name}.", since: null, unsafe: It may do harm.}]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: bodies", "id: other", "id: says other"),
        ("[[a, b]]", "[[a]]", "a row has not a cell for each column"),
        ("{minimum_wage.adult}", "{minimum_wage.child}", "there is no figure minimum_wage.child"),
        ("[law]", "[hearsay]", "sources: hearsay is not known"),
    ],
)
def test_a_broken_page_for_professionals_is_told(tree, old, new, expected):
    tree.write("staff/bodies.yml", STAFF_PAGE.replace(old, new))
    assert any(fault.startswith("knowledge/staff/bodies.yml: ") and expected in fault for fault in tree.faults())


def test_the_map_may_point_to_a_section_of_a_page_for_professionals(tree):
    tree.write("staff/bodies.yml", STAFF_PAGE)
    main(["--root", str(tree.root), "guidance"])
    tree.change("guidance_map.yml", 'because: "It is a heading."', 'to: ["staff/bodies#first"]')
    assert tree.faults() == []
    tree.change("guidance_map.yml", "staff/bodies#first", "staff/bodies#last")
    assert any("the page has no such section" in fault for fault in tree.faults())
    assert "It may do harm." in (tree.root.parent / "docs/guidance.md").read_text()


@pytest.mark.parametrize("folder", ["spoken", "situation_words", "answer_words"])
def test_a_broken_file_of_what_people_say_is_told(tree, folder):
    tree.write(f"{folder}/ur.yml", "zero_hours: often\n")
    assert any(fault.startswith(f"knowledge/{folder}/ur.yml: zero_hours: ") for fault in tree.faults())
