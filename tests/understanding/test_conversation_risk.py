from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.conversation_risk import (
    EMERGENCY_NOW,
    FIRST_CONCERN,
    FIRST_HIGH,
    ConversationRisk,
    StateUnreadable,
    after,
    strong_concerns,
)
from understanding.risk_levels import LEVELS, Risk, Sign, rank

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FEE, HOURS, HOUSE, PAY = "illegal_fee", "long_weeks_no_rest", "overcrowded_housing", "wages_late"


def told(*risks: Risk) -> tuple[ConversationRisk, list[tuple[str, ...]]]:
    state, brought = ConversationRisk(), []
    for number, risk in enumerate(risks):
        state, found = after(state, risk, f"m{number}", NOON + timedelta(minutes=number))
        brought.append(found)
    return state, brought


def concern(*names: str) -> Risk:
    return Risk("concern", tuple(Sign(name, "...") for name in names), "self")


HIGH = Risk("high", (Sign("documents_held", "has my passport", "high"),), "self")
EMERGENCY = Risk("emergency", (Sign("weapon", "has a knife", "emergency"),), "self")
CALM = Risk()
JOKE = Risk(joke=True)


def test_the_highest_level_holds() -> None:
    state, _ = told(CALM, HIGH, CALM, concern(FEE))
    assert state.level == "high"


def test_each_level_is_told_when_it_is_first_reached_and_an_emergency_each_time() -> None:
    _, brought = told(CALM, concern(FEE), concern(FEE), HIGH, HIGH, EMERGENCY, EMERGENCY)
    assert brought == [(), (FIRST_CONCERN,), (), (FIRST_HIGH,), (), (EMERGENCY_NOW,), (EMERGENCY_NOW,)]


def test_an_emergency_at_once_is_the_first_high_too() -> None:
    assert told(EMERGENCY)[1] == [(EMERGENCY_NOW, FIRST_HIGH)]


def test_three_different_strong_signs_of_concern_make_a_conversation_high() -> None:
    state, brought = told(concern(FEE), concern(HOURS), concern(HOUSE))
    assert state.level == "high"
    assert brought[-1] == (FIRST_HIGH,)


@pytest.mark.parametrize(
    "names", [(FEE, FEE, FEE), (FEE, HOURS), (FEE, HOURS, PAY), (PAY, "racist_abuse", "wages_late")]
)
def test_fewer_or_weaker_signs_stay_a_concern(names: tuple[str, ...]) -> None:
    assert told(*(concern(name) for name in names))[0].level == "concern"


def test_several_signs_in_one_message_add_up_alike() -> None:
    assert told(concern(FEE, HOURS, HOUSE))[1] == [(FIRST_HIGH,)]


def test_a_joke_is_recorded_and_lowers_nothing() -> None:
    state, brought = told(HIGH, JOKE)
    assert (state.level, state.jokes, brought[-1]) == ("high", ("m1",), ())


def test_each_sign_is_kept_with_its_message_and_time() -> None:
    state, _ = told(CALM, HIGH)
    assert [(one.sign, one.message, one.at) for one in state.seen] == [
        ("documents_held", "m1", NOON + timedelta(minutes=1))
    ]


def test_an_endless_conversation_keeps_the_first_of_each_sign_and_the_latest() -> None:
    state, _ = told(EMERGENCY, *[HIGH] * 500)
    assert len(state.seen) <= 200
    assert state.seen[0].sign == "weapon"
    assert state.seen[-1].message == "m500"


def test_what_counts_as_strong_stands_in_the_registry() -> None:
    assert {FEE, HOURS, HOUSE} <= strong_concerns()
    assert PAY not in strong_concerns()


@pytest.mark.parametrize(
    "stored", [{}, {"level": "grave", "seen": [], "strong_concerns": [], "jokes": []}, {"level": None}]
)
def test_a_state_that_cannot_be_read_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(StateUnreadable):
        ConversationRisk.from_dict(stored)


SIGNS = st.sampled_from([FEE, HOURS, HOUSE, PAY, "fear_of_employer"])
RISKS = st.builds(
    Risk,
    st.sampled_from(LEVELS),
    st.lists(SIGNS.map(lambda name: Sign(name, "x")), max_size=3).map(tuple),
    joke=st.booleans(),
)


@given(st.lists(RISKS, max_size=12))
def test_a_conversation_never_falls_and_survives_being_stored(risks: list[Risk]) -> None:
    state = ConversationRisk()
    for number, risk in enumerate(risks):
        following, _ = after(state, risk, str(number), NOON)
        assert rank(following.level) >= max(rank(state.level), rank(risk.level))
        state = ConversationRisk.from_dict(json.loads(json.dumps(following.as_dict())))
        assert state == following
