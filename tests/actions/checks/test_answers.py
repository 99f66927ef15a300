"""How answers are taken in a check: repeated, refused with a reason, changed, passed over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.checks.hearing import LEFT, LEFT_AT_NOTHING
from knowledge.checks import check_words
from knowledge.phrases import phrase
from knowledge.questions.draft import questions_by_name
from knowledge.questions.every_check import CHECKS
from knowledge.questions.following import CANNOT, DONE
from tests.actions.checks.under_way import UnderWay

PAY = ("worker", "1 to 31 October 2026", "so much an hour")


def asked(check: str, question: str) -> str:
    """The words of a question."""
    return check_words(check).questions[question].ask


def pay(*said: str, spoken: str = "en") -> UnderWay:
    """The pay check, where the rate is asked for."""
    way = UnderWay("pay", spoken=spoken)
    way.say(*PAY, *said)
    return way


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("10 quid 50", "Pay for an hour: £10.50."), ("£12.71 per hour", "Pay for an hour: £12.71."),
        ("about 12", "Pay for an hour: about £12."), ("twelve pounds", "Pay for an hour: £12."),
    ],
)  # fmt: skip
def test_an_answer_is_repeated_as_it_was_understood(said: str, told: str) -> None:
    assert told in pay().say(said)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("£1,800 a month before tax", "check_other_time"), ("£9 after tax", "check_after_tax"),
        ("900 rupees", "check_other_money"), ("not enough", "check_hint_money"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_asked_again_with_the_reason(said: str, reason: str) -> None:
    way = pay()
    words = way.say(said)
    assert phrase(reason) in words
    assert asked("pay", "rate") in words


@pytest.mark.parametrize(
    ("said", "reason"),
    [("0.00", "not_above_zero"), ("-5", "not_above_zero"), ("£1,800", "too_high")],
)
def test_an_absurd_amount_is_asked_again_with_the_rules_own_reason(said: str, reason: str) -> None:
    way = pay()
    assert check_words("pay").questions["rate"].again[reason] in way.say(said)
    assert "rate" not in way.draft.answers


def test_a_period_of_next_year_and_one_that_ends_before_it_starts_are_refused() -> None:
    again = check_words("pay").questions["period"].again
    way = UnderWay("pay")
    assert again["future"] in way.say("worker", "1 to 31 March 2027")
    assert again["ends_before_start"] in way.say("31/10/2026 to 1/10/2026")
    assert phrase("check_one_day_only") in way.say("3 October")


def test_hours_that_only_together_are_too_many_ask_for_the_latest_again() -> None:
    way = pay("12", "160", "700")
    way.say("none", "/check/more_time/waiting", "/check/more_time/enough")
    words = way.say("100")
    assert check_words("pay").questions["at_work"].again["more_than_period"] in words
    assert asked("pay", "waiting") in words
    assert way.draft.answers["at_work"] == "700"


def test_hours_of_a_day_or_a_week_are_turned_to_the_period() -> None:
    assert "Hours paid: about 177.14 hours." in pay("12").say("40 hours a week")


@pytest.mark.parametrize("check", CHECKS)
def test_a_number_is_never_asked_for_beside_numbered_choices(check: str) -> None:
    way, asked_for = UnderWay(check), 0
    for _ in range(40):
        if way.end:
            break
        question = questions_by_name(CHECKS[check], way.draft)[way.draft.open or ""]
        (message,) = way.messages
        asked_for += question.kind.counts
        assert not (question.kind.counts and message.buttons)
        way.say(f"/{message.buttons[0].intent}" if message.buttons else "1 to 31 October 2026")
        if way.draft.open == question.name and not way.draft.picked:
            way.say("5" if question.kind.counts else "3 October 2026")
        if way.draft.open == question.name and not way.draft.picked:
            way.say("5", "I don't know")
    assert asked_for or check in ("situation", "sponsor_timeline")


def test_several_choices_are_taken_by_number_by_words_and_one_after_another() -> None:
    way = pay("12", "160", "160", "none")
    assert "Other time: Travel between visits, Training or meetings." in way.say("1 and 3")
    by_words = pay("12", "160", "160", "none")
    assert "Other time: Waiting, Sleep-in nights." in by_words.say("waiting and sleep-ins")
    step_by_step = pay("12", "160", "160", "none")
    assert phrase("check_anything_else") in step_by_step.say("/check/more_time/travel")
    assert "Travel between visits" not in step_by_step.titles
    assert "Other time: Travel between visits." in step_by_step.say("nothing else")
    assert "Other time: none." in pay("12", "160", "160", "none").say("none")


def test_what_pay_is_for_tells_how_it_is_agreed() -> None:
    for said, question in (("I get £12 an hour", "rate"), ("24k a year", "salary"), ("£400 a week", "amount")):
        way = UnderWay("pay")
        way.say(*PAY[:2])
        assert asked("pay", question) in way.say(said)


def test_a_word_in_passing_chooses_nothing() -> None:
    way = UnderWay("situation")
    way.say("somebody said so")
    assert way.draft.answers == {}
    assert way.draft.picked == ()


def test_a_word_of_a_choice_among_many_others_chooses_nothing() -> None:
    way = UnderWay("situation")
    way.say("/check/now/fine", *["skip"] * 5)
    assert way.draft.open == "treatment"
    way.say("well you know how it goes in such a place")
    assert "treatment" not in way.draft.answers


def test_after_safety_words_the_message_is_no_answer_but_a_button_and_a_wish_to_leave_hold() -> None:
    way = pay()
    assert phrase("check_after_danger") in way.say("12", paused=True)
    assert "rate" not in way.draft.answers
    assert asked("pay", "rate") in way.words
    way.say("0", paused=True)
    assert way.end == LEFT_AT_NOTHING
    chosen = UnderWay("pay")
    chosen.say("/check/work/worker", paused=True)
    assert chosen.draft.answers == {"work": "worker"}


def test_what_comes_with_a_strong_sign_is_no_answer() -> None:
    way = pay()
    way.say("12, is that legal?", hold=True)
    assert way.elsewhere
    assert "rate" not in way.draft.answers


def test_no_i_said_changes_the_answer_before_and_the_open_question_stays() -> None:
    way = pay("12", "160")
    words = way.say("no, I said 150 hours")
    assert "Hours paid: 150 hours." in words
    assert asked("pay", "at_work") in words
    assert way.draft.answers["hours_paid"] == "150"
    assert list(way.draft.answers) == ["work", "period", "basis", "rate", "hours_paid"]


def test_a_correction_finds_the_answer_it_can_be() -> None:
    way = pay("12", "160")
    assert "Pay for an hour: £11.50." in way.say("sorry, I meant £11.50")


@pytest.mark.parametrize(
    "said", ["_No_, I said £11.50", "*sorry*, £11.50", "ＮＯ, I said £11.50", "no no, I said £11.50"]
)
def test_a_correction_is_heard_whatever_marks_stand_around_its_words(said: str) -> None:
    assert "Pay for an hour: £11.50." in pay("12", "160").say(said)


def test_a_correction_in_other_money_is_not_taken_for_pounds() -> None:
    way = pay("12", "160")
    way.say("no, I said €11.50")
    assert way.draft.answers["rate"] == "12"


def test_no_to_a_question_is_an_answer_and_no_correction() -> None:
    way = UnderWay("job_offer")
    way.say("yes", "nothing", "£500", "the employer")
    assert "Already paid: no." in way.say("no, they asked for it next week")


def test_an_answer_is_changed_by_its_name_with_and_without_its_new_value() -> None:
    way = pay("12", "160")
    assert "Pay for an hour: £13." in way.say("change the pay for an hour to £13")
    assert asked("pay", "hours_paid") in way.say("I want to change the hours paid")
    assert "Hours paid: 170 hours." in way.say("170")
    assert asked("pay", "at_work") in way.words


def test_which_answer_is_asked_back_when_the_name_is_not_clear() -> None:
    way = pay("12", "160")
    assert phrase("check_change_which") in way.say("change something")
    assert "Pay for an hour" in way.titles
    assert asked("pay", "rate") in way.say("/check/change/rate")


def test_back_asks_the_question_before_again() -> None:
    assert asked("pay", "rate") in pay("12").say("back")


def test_a_changed_answer_takes_those_with_it_that_hang_on_it() -> None:
    way = pay("12", "160")
    way.say("/check/change/basis", "a yearly salary")
    assert "rate" not in way.draft.answers
    assert asked("pay", "salary") in way.words


def test_what_cannot_be_left_out_is_asked_once_more_and_then_we_cannot_tell() -> None:
    way = pay()
    assert check_words("pay").questions["rate"].again["missing"] in way.say("dunno")
    way.say("no idea")
    assert way.end == CANNOT
    assert phrase("check_cannot_tell") in way.words


def test_the_pay_period_is_asked_once_more_at_once_and_not_missed_only_at_the_end() -> None:
    way = UnderWay("pay")
    assert check_words("pay").questions["period"].again["missing"] in way.say("worker", "I don't know")
    assert asked("pay", "period") in way.words
    way.say("no idea")
    assert way.end == CANNOT


def test_who_goes_on_after_we_cannot_tell_is_asked_what_was_lacking() -> None:
    way = UnderWay("pay")
    way.say(
        "worker",
        "October 2026",
        "an amount each time",
        "£1,650",
        "140",
        "none",
        "none",
        "none",
        "none",
        "none",
        "30",
        "no",
    )
    way.draft = replace(way.draft.answered("amount", None), insisted=("amount",), open="visa")
    way.say("no")
    assert way.end == CANNOT
    way.end = None
    assert asked("pay", "amount") in way.words


def test_what_can_be_left_out_is_left_out() -> None:
    way = pay("12", "160", "160")
    assert phrase("check_passed_over") in way.say("skip")
    assert way.draft.answers["breaks"] is None


def test_nothing_leaves_the_questions_and_a_number_may_have_been_meant() -> None:
    way = pay("12")
    way.say("0")
    assert way.end == LEFT_AT_NOTHING
    assert way.titles == [phrase("button_check_none")]
    choosing = UnderWay("pay")
    choosing.say("0")
    assert choosing.end == LEFT


@pytest.mark.parametrize(("said", "intent"), [("stop", "stop"), ("leave", "x"), ("I want to stop this", "stop")])
def test_a_wish_to_leave_leaves(said: str, intent: str) -> None:
    way = pay()
    way.say(said, intent=intent, sure=0.95)
    assert way.end == LEFT


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("what is the minimum wage?", "ask/minimum_wage"), ("I want to talk to a person", "talk_to_person"),
        ("delete my messages please", "delete_my_data"), ("can you write in Romanian", "change_language"),
    ],
)  # fmt: skip
def test_something_else_is_left_to_be_answered(said: str, intent: str) -> None:
    way = pay()
    way.say(said, intent=intent, sure=0.95)
    assert way.elsewhere


def test_an_answer_that_sounds_like_a_topic_is_still_an_answer() -> None:
    way = pay()
    assert "Pay for an hour: £9." in way.say("my pay is £9 an hour", intent="ask/minimum_wage", sure=0.99)


def test_the_words_of_the_sharing_choice_mean_nothing_in_a_check() -> None:
    for word in ("helpline", "anonymous", "share", "no name"):
        way = pay()
        way.say(word)
        assert way.end is None
        assert not way.elsewhere
        assert asked("pay", "rate") in way.words


def test_numbers_are_read_in_the_form_of_the_workers_language() -> None:
    assert "Pay for an hour: £12.71." in pay(spoken="ro").say("12,71")
    assert "Pay for an hour: £12.50." in pay(spoken="hi").say("१२.५०")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("5 din 8 ghante", "40 hours"), ("48 de ore in saptamana", "about 212.57 hours"),
        ("5 दिन 8 घंटे", "40 hours"), ("160 ore", "160 hours"),
    ],
)  # fmt: skip
def test_hours_are_read_in_the_units_of_another_language_than_that_of_the_talk(said: str, told: str) -> None:
    assert f"Hours paid: {told}." in pay("12").say(said)


def test_a_button_of_another_question_or_with_no_choice_of_this_one_changes_nothing() -> None:
    way = pay()
    before = way.draft
    way.say("/check/charge/uniform", "/check/rate/yes", "/check/work/nobody")
    assert dict(way.draft.answers) == dict(before.answers)
    assert way.end != DONE
