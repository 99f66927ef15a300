"""When to answer and when to ask back."""

from __future__ import annotations

from bot.sureness import settled
from understanding.topic import TopicReading

LIMIT = 0.7


def test_a_sure_reading_stays_as_it_is() -> None:
    ranking = (("start_check/leave", 0.9), ("ask/annual_leave", 0.1))
    assert settled(TopicReading(ranking), LIMIT) == (ranking, True)


def test_a_question_and_its_check_count_together_and_the_question_is_answered() -> None:
    ranking = (("start_check/leave", 0.5), ("ask/annual_leave", 0.35), ("ask/payslip", 0.1))
    found, sure = settled(TopicReading(ranking, sure=False), LIMIT)
    assert sure
    assert found[0] == ("ask/annual_leave", 0.85)
    assert [intent for intent, _ in found] == ["ask/annual_leave", "start_check/leave", "ask/payslip"]


def test_a_check_alone_on_its_topic_stays_a_check() -> None:
    ranking = (("start_check/pay", 0.5), ("start_check/pay", 0.3), ("ask/payslip", 0.1))
    assert settled(TopicReading(ranking, sure=False), LIMIT)[0][0][0] == "start_check/pay"


def test_two_topics_that_are_near_each_other_are_asked_back() -> None:
    ranking = (("ask/payslip", 0.4), ("ask/deductions", 0.35))
    assert settled(TopicReading(ranking, sure=False), LIMIT) == (ranking, False)


def test_a_message_that_clearly_asks_two_things_is_answered() -> None:
    ranking = (("ask/payslip", 0.4), ("ask/deductions", 0.35))
    assert settled(TopicReading(ranking, also=("ask/deductions",), sure=False), LIMIT) == (ranking, True)


def test_a_move_that_is_not_sure_is_asked_back() -> None:
    ranking = (("greet", 0.4), ("ask/deductions", 0.35))
    assert settled(TopicReading(ranking, sure=False), LIMIT) == (ranking, False)


def test_a_wish_for_a_language_and_the_question_which_there_are_count_together() -> None:
    ranking = (("change_language", 0.5), ("ask/languages", 0.44), ("greet", 0.02))
    found, sure = settled(TopicReading(ranking, sure=False), LIMIT)
    assert (found[0][0], sure) == ("ask/languages", True)
