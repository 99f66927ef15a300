"""How the project's intents look to Rasa."""

from __future__ import annotations

import pytest

from bot.reading import UNSURE, chosen, family, is_intent, understood


@pytest.mark.parametrize(
    ("intent", "known_as"),
    [
        ("ask/minimum_wage", "ask"),
        ("follow_up/in_my_case/zero_hours", "follow_up"),
        ("greet", "greet"),
        ("menu/rights/2", "start_over"),
    ],
)
def test_the_dialogue_knows_the_family(intent: str, known_as: str) -> None:
    assert family(intent) == known_as


@pytest.mark.parametrize("name", ["greet", "ask/minimum_wage", "menu/rights/2", "follow_up/in_my_case/under_21"])
def test_the_names_of_intents_are_intents(name: str) -> None:
    assert is_intent(name)


@pytest.mark.parametrize(
    "name", ["", "/greet", "Greet", "ask minimum", "ask/", "a/b/c/d", 'greet{"a":1}', "x" * 200, 7, None]
)
def test_anything_else_is_no_intent(name: object) -> None:
    assert not is_intent(name)


def test_a_question_travels_with_its_whole_name_as_rasas_retrieval_intents_do() -> None:
    data = understood([("ask/minimum_wage", 0.8), ("ask/payslip", 0.1), ("greet", 0.05)], ["ask/payslip"])
    assert data["intent"] == {"name": "ask", "confidence": 0.8, "full_retrieval_intent_name": "ask/minimum_wage"}
    assert [ranked["name"] for ranked in data["intent_ranking"]] == ["ask", "greet"]
    assert data["response_selector"]["ask"]["response"]["intent_response_key"] == "ask/minimum_wage"
    assert data["reading"] == {
        "ranking": [["ask/minimum_wage", 0.8], ["ask/payslip", 0.1], ["greet", 0.05]],
        "also": ["ask/payslip"],
    }


def test_an_unsure_reading_is_rasas_fallback_and_still_carries_the_ranking() -> None:
    data = understood([("ask/minimum_wage", 0.3), ("ask/payslip", 0.2)], unsure=True)
    assert data["intent"]["name"] == UNSURE
    assert data["reading"]["ranking"][0] == ["ask/minimum_wage", 0.3]


def test_a_chosen_intent_is_certain_and_takes_nothing_from_the_text() -> None:
    data = chosen("menu/rights", "delete my data")
    assert data["intent"] == {"name": "start_over", "confidence": 1.0}
    assert data["reading"]["ranking"] == [["menu/rights", 1.0]]
    assert data["text"] == "delete my data"
