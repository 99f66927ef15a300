"""What each language has, what it lacks, and the empty files of a new one."""

from __future__ import annotations

import pytest

from knowledge.__main__ import main
from knowledge.coverage import coverage
from knowledge.languages import all_languages
from knowledge.phrase_book import phrase_book


def lines(tree, capsys, *command):
    assert main(["--root", str(tree.root), *command]) == 0
    return capsys.readouterr().out.splitlines()


def test_the_matrix_has_a_line_a_language(tree, capsys):
    table = lines(tree, capsys, "coverage")
    heads = table[0].split()
    rows = {line.split()[0]: dict(zip(heads, line.split(), strict=True)) for line in table[1:3]}
    assert rows["en"]["answers"] == "100"
    assert rows["ur"]["answers"] == "-"


def test_a_share_is_never_whole_while_something_is_missing(tree, capsys):
    for topic in ("minimum_wage", "sick_pay", "payslip"):
        tree.translate(topic, "ur")
    assert lines(tree, capsys, "coverage")[2].split()[1] == "100"
    tree.write("phrases/ur.yml", "".join(f"{key}: x.\n" for key in phrase_book("en", tree.root) if key != "thanks"))
    have, needed = coverage("ur", tree.root).parts["phrases"]
    assert (needed - have, round(100 * have / needed)) == (1, 100)
    assert lines(tree, capsys, "coverage")[2].split()[3] == "99"


def test_the_holes_of_one_language_are_listed_with_what_is_stale_and_unread(tree, capsys):
    tree.translate("minimum_wage", "ur")
    told = lines(tree, capsys, "coverage", "ur")
    assert "hole answers/sick_pay: all of it" in told
    assert "hole keywords: all of it" in told
    assert "stale answers/minimum_wage: why" in told
    assert "unread answers/minimum_wage" in told
    tree.stamp("ur")
    assert "stale answers/minimum_wage: why" not in lines(tree, capsys, "coverage", "ur")


def test_words_that_the_tables_of_languages_have_are_no_hole(tree, capsys):
    tree.change("languages.yml", "ur: {name: Urdu", "ro: {name: Romanian")
    tree.write("phrases/ro.yml", "thanks: Cu drag.\n")
    told = lines(tree, capsys, "coverage", "ro")
    assert "hole phrases: goodbye" in told
    assert not any("unit_months" in each or "day_mon" in each for each in told)
    assert "hole phrases: unit_working_days_other" in told


def test_a_new_language_gets_its_line_its_folders_and_a_list_of_what_to_write(tree, capsys):
    told = lines(tree, capsys, "add-language", "ro")
    assert "write knowledge/answers/ro/minimum_wage.yml" in told
    assert "write knowledge/safety/ro.yml" in told
    assert "write data/nlu/ro/" in told
    assert any(line.startswith("write knowledge/language_words.yml") for line in told)
    added = all_languages(tree.root)["ro"]
    assert (added.name, added.own_name, added.scripts, added.dir, added.offered) == (
        "Romanian", "română", ("Latn",), "ltr", False,
    )  # fmt: skip
    assert (tree.root / "answers/ro").is_dir()


def test_a_language_that_is_there_keeps_its_line(tree, capsys):
    before = (tree.root / "languages.yml").read_text("utf-8")
    lines(tree, capsys, "add-language", "ur")
    assert (tree.root / "languages.yml").read_text("utf-8") == before


def test_a_script_from_the_right_is_known_to_be_one(tree, capsys):
    lines(tree, capsys, "add-language", "fa")
    assert (all_languages(tree.root)["fa"].dir, all_languages(tree.root)["fa"].scripts) == ("rtl", ("Arab", "Latn"))


def test_a_code_that_nobody_knows_is_refused(tree, capsys):
    assert main(["--root", str(tree.root), "add-language", "zz"]) == 1
    assert "by hand" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["pt_BR", "PT", "../ro"])
def test_a_code_that_would_break_the_registry_is_refused(tree, code):
    assert main(["--root", str(tree.root), "add-language", code]) == 1
    assert set(all_languages(tree.root)) == {"en", "ur"}


@pytest.mark.parametrize(
    "command", [["coverage", "zz"], ["stamp", "zz"], ["reviewed", "zz", "safety", "--by", "A. Reader"]]
)
def test_a_language_that_is_not_in_the_registry_is_said_calmly(tree, capsys, command):
    assert main(["--root", str(tree.root), *command]) == 1
    assert "there is no language zz" in capsys.readouterr().err


def test_the_english_has_no_record_of_what_it_was_made_from(tree):
    assert main(["--root", str(tree.root), "stamp", "en"]) == 1
    assert not (tree.root / "made_from/en.yml").exists()
