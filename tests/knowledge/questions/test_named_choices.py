"""Choices of the checks as people name them: by number, in the check's language, in another, without accents."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.questions.draft import Draft, asking, questions_by_name
from knowledge.questions.every_check import CHECKS
from knowledge.questions.question import Read

TODAY = date(2026, 11, 21)
REACHED = {
    "visa_paid": {"visa": True, "visa_assigned": "2026-01-03"},
    "charge": {}, "basis": {}, "more_time": {}, "work": {}, "going_out": {}, "pay_and_rest": {}, "treatment": {},
    "living": {}, "saying_no": {}, "money_owed": {}, "papers": {}, "listed": {}, "setting": {},
}  # fmt: skip


def named(check: str, question: str, said: str, lang: str, spoken: str | None = None, *picked: str) -> object:
    """What is chosen, as the check keeps it; None where nothing is."""
    draft = Draft(check, REACHED[question], picked=picked)
    asked = questions_by_name(CHECKS[check], draft)[question]
    read = asked.kind.read(said, asking(CHECKS[check], draft, asked, lang, spoken or lang, TODAY))
    return read.value if isinstance(read, Read) else None


@pytest.mark.parametrize(
    ("check", "question", "said", "lang", "chosen"),
    [
        ("pay", "visa_paid", "weekly", "ro", "more_often"), ("pay", "visa_paid", "monthly", "ro", "monthly"),
        ("pay", "visa_paid", "Each month", "hi", "monthly"), ("pay", "basis", "yearly salary", "hi", "yearly"),
        ("pay", "work", "worker", "hi", "worker"), ("sick_pay", "work", "zero hours", "ro", "zero_hours"),
        ("breaks", "setting", "care home", "hi", "care_home"),
        ("situation", "money_owed", "no", "ro", ["nothing_owed"]),
        ("situation", "going_out", "yes", "ro", ["free"]), ("situation", "going_out", "da", "ro", ["free"]),
        ("situation", "going_out", "haan", "hi", ["free"]), ("situation", "going_out", "yes", "en", ["free"]),
    ],
)  # fmt: skip
def test_a_choice_of_a_translated_check_may_be_named_in_english(
    check: str, question: str, said: str, lang: str, chosen: object
) -> None:
    assert named(check, question, said, lang) == chosen


def test_a_choice_of_a_check_in_english_may_be_named_in_the_workers_own_language() -> None:
    assert named("pay", "visa_paid", "săptămânal", "en", "ro") == "more_often"
    assert named("situation", "papers", "मेरे पास हैं", "en", "hi") == ["with_me"]


@pytest.mark.parametrize(
    ("check", "question", "said", "lang", "chosen"),
    [
        ("pay", "visa_paid", "saptamanal", "ro", "more_often"),
        ("pay", "visa_paid", "in fiecare luna", "ro", "monthly"),
        ("breaks", "setting", "camin de ingrijire", "ro", "care_home"),
        ("pay", "more_time", "asteptare si training", "ro", ["waiting", "training"]),
        ("pay", "more_time", "ट्रेनिंग और इंतज़ार", "hi", ["training", "waiting"]),
        ("pay", "charge", "कर्ज़", "hi", ["loan"]), ("breaks", "setting", "care home", "en", "care_home"),
        ("breaks", "setting", "I work in a care home", "en", "care_home"),
    ],
)  # fmt: skip
def test_accents_and_dots_may_be_left_out_and_the_languages_own_and_divides(
    check: str, question: str, said: str, lang: str, chosen: object
) -> None:
    assert named(check, question, said, lang) == chosen


@pytest.mark.parametrize(
    ("question", "said", "lang", "chosen"),
    [
        ("more_time", "1 and 3", "en", ["travel", "training"]), ("more_time", "१ और ३", "hi", ["travel", "training"]),
        ("more_time", "1 si 3", "ro", ["travel", "training"]), ("more_time", "number 2", "en", ["waiting"]),
        ("more_time", "numărul 2", "ro", ["waiting"]), ("more_time", "नंबर 2", "hi", ["waiting"]),
        ("more_time", "2 घंटे", "hi", None), ("more_time", "2 hours", "en", None), ("more_time", "2 ஆண்டு", "ta", None),
        ("more_time", "99", "en", None), ("more_time", "9" * 5000, "en", None),
    ],
)  # fmt: skip
def test_a_number_chooses_only_where_no_word_makes_it_a_number_of_something(
    question: str, said: str, lang: str, chosen: object
) -> None:
    assert named("pay", question, said, lang) == chosen


def test_numbers_are_those_of_the_choices_still_on_the_screen() -> None:
    assert named("situation", "pay_and_rest", "1 and 2", "en", None, "late") == ["too_little", "taken_off"]
    assert named("situation", "pay_and_rest", "2", "en") == ["late"]


@pytest.mark.parametrize(
    ("question", "said", "lang"),
    [
        ("living", "nu", "ro"), ("pay_and_rest", "नहीं", "hi"), ("treatment", "not well", "en"),
        ("treatment", "nu e bine", "ro"), ("treatment", "they never hit me", "en"),
        ("treatment", "nobody hits me", "en"),
        ("saying_no", "cannot", "en"), ("pay_and_rest", "nothing is taken off", "en"),
    ],
)  # fmt: skip
def test_a_denial_never_chooses_what_it_denies_and_no_alone_chooses_no_sign(
    question: str, said: str, lang: str
) -> None:
    assert named("situation", question, said, lang) in (None, [])


@pytest.mark.parametrize(("said", "lang"), [("no", "en"), ("nu", "ro"), ("नहीं", "hi"), ("nahi", "hi"), ("no", "hi")])
def test_who_says_no_to_going_out_freely_is_asked_what_holds_and_not_taken_for_having_no_sign(
    said: str, lang: str
) -> None:
    assert named("situation", "going_out", said, lang) is None
    assert named("situation", "going_out", said, lang, None, "watched") == []


@pytest.mark.parametrize(
    ("check", "question", "said", "chosen"),
    [
        ("situation", "papers", "with me", ["with_me"]), ("situation", "going_out", "none of these", []),
        ("situation", "saying_no", "can't leave", ["cannot_leave"]),
        ("situation", "pay_and_rest", "no days off", ["no_days_off"]),
        ("pay", "charge", "a fine that is not in the contract", ["fine_not_in_contract"]),
        ("job_offer", "listed", "did not find it", "not_found"), ("job_offer", "listed", "found it", "found"),
        ("situation", "treatment", "they hit me", ["hit"]), ("situation", "treatment", "they treat me well", ["well"]),
    ],
)  # fmt: skip
def test_a_denial_chooses_the_choice_that_denies(check: str, question: str, said: str, chosen: object) -> None:
    assert named(check, question, said, "en") == chosen
