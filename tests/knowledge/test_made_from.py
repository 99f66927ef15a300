"""What a translation was made from: stamped, stale, served with the English beside it, and read by a speaker."""

from __future__ import annotations

from datetime import datetime

import pytest

from knowledge import safety
from knowledge.__main__ import main
from knowledge.answer_page import SHORT
from knowledge.answers import answer
from knowledge.checks import check_words
from knowledge.files import ROOT, forget
from knowledge.made_from import is_reviewed, made_from, part_hash
from knowledge.page_words import page_words
from knowledge.phrases import phrase
from knowledge.render import answer_text, help_text, more_parts, section_text, why_text
from knowledge.rules.outcome import vocabulary
from knowledge.safety_file import FOLDER as SAFETY
from knowledge.stamping import NotInPack, stamp

MONDAY = datetime(2026, 11, 23, 9, 0)
ENGLISH = "answers/en/minimum_wage.yml"
URDU = {"You_must_get_at_least": "Kam az kam milna chahiye", "The_law_says_so.": "Qanoon yeh kehta hai."}


@pytest.fixture
def urdu(tree):
    """The small tree with one stamped Urdu answer."""
    tree.translate("minimum_wage", "ur", **URDU)
    tree.write("phrases/ur.yml", "not_reviewed: Kisi ne nahin dekha.\n")
    tree.stamp("ur")
    return tree


def said(tree, make=answer_text, form="long"):
    return make("minimum_wage", "ur", form, MONDAY, root=tree.root)


def test_a_translation_has_its_own_words_and_the_sources_of_the_english(urdu):
    own, english = (answer("minimum_wage", lang, urdu.root) for lang in ("ur", "en"))
    assert own.answer.startswith("Kam az kam")
    assert (own.sources, own.related, own.guidance) == (english.sources, english.related, english.guidance)


@pytest.mark.parametrize("part", ["sources: [law]", "related: [sick_pay]", "guidance: []", "colour: red"])
def test_a_translation_may_not_bring_what_is_taken_from_the_english(urdu, part):
    urdu.change("answers/ur/minimum_wage.yml", "topic: minimum_wage", f"topic: minimum_wage\n{part}")
    assert any("is not known here" in fault for fault in urdu.faults())


@pytest.mark.parametrize("form", ["short", "long"])
def test_a_fresh_translation_stands_alone(urdu, form):
    made = said(urdu, form=form)
    assert (made.lang, made.beside) == ("ur", None)
    assert "£12.71" in made.text


@pytest.mark.parametrize("form", ["short", "long"])
def test_what_is_stale_is_served_with_the_english_beside_it(urdu, form):
    urdu.change(ENGLISH, "You must get at least", "Your boss must pay you at least")
    made = said(urdu, form=form)
    assert made.text.startswith("Kam az kam")
    assert made.beside == answer_text("minimum_wage", "en", form, MONDAY, root=urdu.root)


def test_only_what_holds_a_stale_part_brings_the_english(urdu):
    urdu.change(ENGLISH, "The law says so.", "The law is clear.")
    assert said(urdu, why_text).beside is not None
    assert said(urdu, help_text).beside is None
    assert said(urdu, form=SHORT).beside is None


def test_a_part_that_the_english_gained_makes_the_whole_translation_stale(urdu):
    urdu.change(ENGLISH, "meaning: [This holds for you.]", "meaning: [This holds for you., It holds for all.]")
    assert said(urdu, form=SHORT).beside is not None


def test_a_section_that_only_the_english_has_is_given_in_english(urdu):
    urdu.change(ENGLISH, "sections: [", "sections: [{id: news, title: News, text: [Something new.]}, ")
    assert "news" in more_parts("minimum_wage", "ur", root=urdu.root)
    made = section_text("minimum_wage", "news", "ur", at=MONDAY, root=urdu.root)
    assert (made.lang, made.beside) == ("en", None)


def test_a_translation_that_was_never_stamped_counts_as_stale(tree):
    tree.translate("minimum_wage", "ur", **URDU)
    assert said(tree).beside is not None


def test_how_words_are_broken_into_lines_makes_nothing_stale():
    assert part_hash("You must  get\n it.") == part_hash("You must get it.")
    assert part_hash("You must get it.") != part_hash("You may get it.")


def test_stamping_again_does_not_hide_what_is_stale(urdu):
    urdu.change(ENGLISH, "The law says so.", "The law is clear.")
    urdu.stamp("ur")
    assert said(urdu, why_text).beside is not None


def test_a_file_or_a_part_that_is_named_is_stamped_anew(urdu):
    urdu.change(ENGLISH, "The law says so.", "The law is clear.")
    urdu.change(ENGLISH, "This holds for you.", "It holds for you.")
    assert stamp("ur", ["answers/minimum_wage#why"], root=urdu.root) == ("answers/minimum_wage",)
    assert said(urdu, why_text).beside is None
    assert said(urdu).beside is not None
    stamp("ur", ["answers/minimum_wage"], root=urdu.root)
    assert said(urdu).beside is None


@pytest.mark.parametrize("name", ["answers/payslip", "poems/ode", "answers/minimum_wage#nonsense"])
def test_what_is_not_there_cannot_be_stamped(urdu, name):
    with pytest.raises(NotInPack):
        stamp("ur", [name], root=urdu.root)
    assert main(["--root", str(urdu.root), "stamp", "ur", name]) == 1


def test_the_stale_command_names_language_file_and_part(urdu, capsys):
    urdu.change(ENGLISH, "The law says so.", "The law is clear.")
    main(["--root", str(urdu.root), "stale", "--on", "2026-11-22"])
    assert capsys.readouterr().out.splitlines() == ["translation ur answers/minimum_wage: why"]


def test_what_no_speaker_has_read_says_so_once_an_answer(urdu):
    assert said(urdu).text.endswith("Kisi ne nahin dekha.")
    assert said(urdu, form=SHORT).text.count("Kisi ne nahin dekha.") == 1
    assert "Kisi ne" not in said(urdu, why_text).text


def test_a_reader_with_name_and_day_takes_the_line_away_until_the_words_change(urdu):
    arguments = ["--root", str(urdu.root), "reviewed", "ur", "answers/minimum_wage", "--by", "A. Reader"]
    assert main([*arguments, "--on", "2026-12-01"]) == 0
    forget()
    review = made_from("ur", urdu.root)["answers/minimum_wage"].reviewed_by
    assert review is not None
    assert (review.name, str(review.on)) == ("A. Reader", "2026-12-01")
    assert "Kisi ne" not in said(urdu).text
    urdu.change("answers/ur/minimum_wage.yml", "Qanoon yeh", "Yeh qanoon")
    assert "Kisi ne" in said(urdu).text


def test_what_is_not_stamped_cannot_be_recorded_as_read(tree):
    tree.translate("minimum_wage", "ur", **URDU)
    assert main(["--root", str(tree.root), "reviewed", "ur", "answers/minimum_wage", "--by", "A. Reader"]) == 1


def test_the_english_needs_no_reader(tree):
    assert is_reviewed("answers/minimum_wage", "en", {}, root=tree.root)
    assert "checked these words" not in answer_text("minimum_wage", at=MONDAY, root=tree.root).text


def test_a_stale_sentence_is_followed_by_the_english_and_a_stale_button_gives_way_to_it(tree):
    tree.write("phrases/ur.yml", "open_now: Khula hai.\nbutton_menu: Fehrist\nthanks: Shukriya.\n")
    tree.stamp("ur")
    tree.change("phrases/en.yml", "open_now: Open now.", "open_now: It is open now.")
    tree.change("phrases/en.yml", "button_menu: Menu", "button_menu: All choices")
    assert phrase("open_now", "ur", root=tree.root) == "Khula hai. It is open now."
    assert phrase("button_menu", "ur", root=tree.root) == "All choices"
    assert phrase("thanks", "ur", root=tree.root) == "Shukriya."


def test_a_stale_word_of_a_page_is_not_shown_alone(tree):
    tree.write("page_words/en.yml", "home_private_chat: The chat is private.\nsend: Send\nask: Your question\n")
    tree.write("page_words/ur.yml", "home_private_chat: Chat niji hai.\nsend: Bhejein\nask: Aap ka sawal\n")
    tree.stamp("ur")
    tree.change("page_words/en.yml", "is private.", "is private, with limits.")
    tree.change("page_words/en.yml", "send: Send", "send: Send now")
    words = page_words("ur", root=tree.root)
    assert words["home_private_chat"] == "Chat niji hai. The chat is private, with limits."
    assert (words["send"], words["ask"], words.lang) == ("Send now", "Aap ka sawal", "ur")


CHECK = """
check: pay
title: Check my pay
intro: I ask about your pay.
questions: {amount: {name: Pay, ask: How much was it?, help: A guess is fine., choices: {a: A lot, b: A little}}}
outcomes: {low: {answer: It is low., meaning: [So it is.], do: [Ask for more.], help: [{contact: acas, for: Advice.}]}}
sums: {}
notes: {}
"""


@pytest.fixture
def check(tree):
    """The small tree with a check in English and in Urdu."""
    tree.write("checks/en/pay.yml", CHECK + "sources: [law]\n")
    own = (
        CHECK.replace("How much was it?", "Kitni thi?").replace("A lot", "Bahut").replace("for: Advice.", "for: Salah.")
    )
    tree.write("checks/ur/pay.yml", own.replace("So it is.", "Yeh hai."))
    tree.stamp("ur")
    return tree


def test_a_check_has_its_own_words_and_the_sources_of_the_english(check):
    words = check_words("pay", "ur", check.root)
    assert (words.lang, words.sources) == ("ur", ("law",))
    assert words.questions["amount"].ask == "Kitni thi?"
    assert words.outcomes["low"].help == (("acas", "Salah."),)


def test_a_stale_part_of_a_check_has_the_english_after_it_and_a_stale_button_is_english(check):
    check.change("checks/en/pay.yml", "How much was it?", "How much did you get?")
    check.change("checks/en/pay.yml", "A lot", "Very much")
    question = check_words("pay", "ur", check.root).questions["amount"]
    assert (question.ask, question.choices["a"]) == ("Kitni thi? How much did you get?", "Very much")


def test_a_part_that_the_english_check_gained_is_there_in_english(check):
    check.change("checks/en/pay.yml", "{a: A lot", "{c: Nothing, a: A lot")
    check.change("checks/en/pay.yml", "[So it is.]", "[So it is., It must be more.]")
    words = check_words("pay", "ur", check.root)
    assert list(words.questions["amount"].choices.values()) == ["Nothing", "Bahut", "A little"]
    assert words.outcomes["low"].meaning == ("So it is.", "It must be more.")


def test_a_question_that_the_rule_and_the_english_gained_is_no_fault_of_the_translation(check):
    rule = vocabulary("pay")
    assert rule is not None
    gained = min(rule.questions)
    check.change("checks/en/pay.yml", "{amount:", f"{{{gained}: {{name: X, ask: What is it?, help: It is X.}}, amount:")
    faults = [fault for fault in check.faults() if "checks/ur/pay.yml" in fault]
    assert not any(f"questions: {gained}: is missing" in fault for fault in faults), faults


def test_a_language_without_a_check_is_asked_in_english(check):
    assert check_words("pay", "fa", check.root) == check_words("pay", "en", check.root)


def test_stale_safety_words_are_a_fault_and_other_stale_words_a_note(urdu):
    for lang in ("en", "ur"):
        urdu.write(f"safety/{lang}.yml", (ROOT / "safety" / f"{lang}.yml").read_text("utf-8"))
    for name in ("contacts.yml",):
        urdu.write(name, (ROOT / name).read_text("utf-8"))
    urdu.stamp("ur")
    assert not any("has changed" in fault for fault in urdu.faults())
    urdu.change("safety/en.yml", "Then call the Modern", "Now call the Modern")
    urdu.change(ENGLISH, "The law says so.", "The law is clear.")
    told = [fault for fault in urdu.faults() if "has changed" in fault]
    assert told == ["knowledge/safety/ur.yml: first: made from an English that has changed"]


def test_reviewed_safety_words_stand_alone_until_the_english_changes(monkeypatch):
    monkeypatch.setattr(safety, "is_reviewed", lambda *_, **__: True)
    monkeypatch.setattr(safety, "stale_parts", lambda *_, **__: ())
    assert len(safety._load()["hi"].first) == 1
    monkeypatch.setattr(safety, "stale_parts", lambda *_, **__: ("first",))
    assert len(safety._load()["hi"].first) == 2


def test_every_safety_file_of_the_real_tree_is_recorded():
    for path in sorted((ROOT / SAFETY).glob("*.yml")):
        assert path.stem == "en" or SAFETY in made_from(path.stem), path.stem
