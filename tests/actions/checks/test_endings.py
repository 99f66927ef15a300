"""What a check says when it ends: the finding with its sums, the day of each figure, what to do, who can help."""

from __future__ import annotations

import random

import pytest

from knowledge.figures import value
from knowledge.formats import date_text, figure_text
from knowledge.phrases import phrase
from knowledge.questions.draft import Draft, questions_by_name
from knowledge.questions.every_check import CHECKS
from knowledge.questions.following import DONE
from knowledge.rules.outcome import vocabulary
from tests.actions.checks.under_way import TODAY, UnderWay

LONGEST_SMS = 1600


def underpaid(form: str = "long") -> UnderWay:
    """Paid for 160 hours at £10.50, worked 180 and travelled 25, with a uniform to pay."""
    way = UnderWay("pay", form=form, channel="web" if form == "long" else "sms")  # type: ignore[arg-type]
    way.say(
        "worker", "1 to 31 October 2026", "so much an hour", "10 quid 50", "160", "180", "10", "travel", "that is all"
    )
    way.say("25", "none", "uniform", "that is all", "£40", "none", "30", "no", "no")
    assert way.end == DONE
    return way


def test_the_pay_check_tells_the_answer_the_sums_and_the_day_of_each_figure() -> None:
    words = underpaid().words
    rate = value("minimum_wage.age_21_and_over", TODAY)
    for line in (
        "Your pay seems too low. It comes to £8.41 an hour as the law counts it.",
        f"The lowest legal rate is {figure_text(rate)}.",
        "Paid: 160 hours at £10.50 is £1,680.",
        "Uniform: less £40.",
        "Travel between visits: 25 hours.",
        "£1,640 for 195 hours is £8.41 an hour.",
        f"{figure_text(rate)}, since {date_text(rate.start)}.",
        phrase("heading_do"),
        phrase("heading_help"),
    ):
        assert line in words, line


def test_on_a_phone_the_answer_comes_first_and_the_sums_in_a_message_of_their_own() -> None:
    first, second = (message.text for message in underpaid("short").messages)
    assert "Your pay seems too low." in first
    assert "Acas" in first
    assert second.startswith(phrase("check_heading_sums"))
    assert len(first) < LONGEST_SMS


def test_somebody_on_a_sponsored_visa_gets_the_visas_own_test_too() -> None:
    way = UnderWay("pay")
    way.say(
        "worker", "September 2026", "yearly", "£24k", "37.5", "160", "none", "none", "none", "none", "none", "30", "no"
    )
    way.say("yes", "3 Jan 2026", "skip", "each month", "dunno", "none")
    assert [message.text.split("\n")[0] for message in way.messages][1] == phrase("check_heading_visa")
    assert "too low for your visa" in way.messages[1].text


@pytest.mark.parametrize("label", ["self-employed", "volunteer"])
def test_who_may_not_be_a_worker_is_told_that_at_once(label: str) -> None:
    way = UnderWay("pay")
    assert "We cannot tell." in way.say(label)
    assert way.end == DONE


def test_the_age_in_place_of_a_birthday_and_no_age_at_all() -> None:
    way = UnderWay("pay")
    way.say("worker", "October 2026", "an amount each time", "£1,650", "140", "none", "none", "none", "none", "none")
    way.say("dunno", "dunno", "no", "no")
    assert "We cannot tell without your age." in way.words


def test_a_spell_of_sickness_across_the_change_of_law_says_so() -> None:
    way = UnderWay("sick_pay")
    way.say("employed", "1 April 2026", "20 April 2026", "monday to friday", "£400", "no", "no", "yes", "dunno")
    assert way.end == DONE
    assert date_text(value("sick_pay.changed_on").day) in way.words


def test_dates_can_be_kept_as_a_file_on_the_web_and_not_on_a_phone() -> None:
    said = ("my own letter", "that is all", "10 November 2026", "9 January 2027", "dunno")
    on_the_web, on_a_phone = UnderWay("sponsor_timeline"), UnderWay("sponsor_timeline", "short", "sms")
    for way in (on_the_web, on_a_phone):
        way.say(*said)
        assert "9 January 2027" in way.words
    assert phrase("button_check_dates") in on_the_web.titles
    assert phrase("button_check_dates") not in on_a_phone.titles


def test_a_date_of_the_visa_needs_its_year_and_one_in_a_letter_is_the_nearest() -> None:
    way = UnderWay("sponsor_timeline")
    way.say("my own letter", "that is all", "1 September 2026")
    assert "End date in your letter: 1 November 2026." in way.say("1 november")
    assert phrase("check_year_needed") in way.say("5 march")
    assert way.end is None
    way.say("5 march 2028")
    assert way.end == DONE


def test_danger_now_ends_the_questions_on_a_situation_with_who_to_call() -> None:
    way = UnderWay("situation")
    words = way.say("/check/now/hurt_now")
    assert way.end == DONE
    assert "999" in words
    assert CHECKS["situation"].signs(way.draft.answers, TODAY) == ("violence_now",)


def test_a_choice_that_is_no_sign_is_a_whole_answer() -> None:
    way = UnderWay("situation")
    assert "How you are now: I am all right now." in way.say("/check/now/fine")
    assert "Passport and papers: I have them." in way.say("I have them")


def test_what_was_done_already_in_an_offer_is_a_sign() -> None:
    way = UnderWay("job_offer")
    way.say("yes", "finding me the job", "that is all", "£5,000", "an agent abroad", "yes")
    assert "illegal_fee" in CHECKS["job_offer"].signs(way.draft.answers, TODAY)


ANSWERS = (
    "12",
    "5",
    "50",
    "2 November 2026",
    "2 November 2023",
    "October 2026",
    "5 March 2028",
    "£300",
    "120, 98",
    "dunno",
)


def progress(draft: Draft) -> tuple[object, ...]:
    """What a message may have moved."""
    return dict(draft.answers), draft.open, draft.picked


@pytest.mark.parametrize("check", CHECKS)
def test_every_question_of_the_rule_is_asked_by_some_way_through_the_check(check: str) -> None:
    rule = vocabulary(check)
    assert rule is not None
    wanted, chance = set(rule.questions), random.Random(check)
    asked: set[str] = set()
    for _ in range(200):
        way = UnderWay(check)
        while not way.end and not wanted <= asked:
            question = questions_by_name(CHECKS[check], way.draft)[way.draft.open or ""]
            asked.add(question.worded)
            buttons = [f"/{button.intent}" for message in way.messages for button in message.buttons]
            before = way.draft
            for said in (chance.choice(buttons or ANSWERS), *ANSWERS):
                way.say(said)
                if way.end or progress(way.draft) != progress(before):
                    break
    assert wanted - asked == set()


def test_a_question_says_on_a_screen_which_it_is_and_not_in_a_text_message() -> None:
    words = UnderWay("leave").say("1 January")
    assert "Question 2" in words.splitlines()
    assert "Question" not in UnderWay("leave", form="short", channel="sms").say("1 January")
