"""The sharing choice step by step, without Rasa: nothing is obligatory, nothing is taken for an answer that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.sharing import (
    AGREED,
    CHOICE,
    CONFIRMED,
    DETAILS,
    DONE,
    LEFT,
    LONGEST_ANSWER,
    NOT_NOW,
    STEPS,
    WAY,
    WHERE,
    Heard,
    hear,
    identity,
    next_step,
    telling,
    words_passed_on,
)
from actions.sharing_words import question, way_words
from actions.turn import Turn

CHOSEN_TO_SHARE = {CHOICE: "share", AGREED: "yes"}


def typed(text: str, intent: str = "out_of_scope", chance: float = 0.5) -> Turn:
    return Turn(intent, text, ranking=((intent, chance), ("greet", 0.01)))


def chosen(intent: str) -> Turn:
    return Turn(intent, "", ranking=((intent, 1.0),))


def after(draft: dict[str, str], heard: Heard) -> dict[str, str]:
    return {name: value for name, value in {**draft, **heard.slots}.items() if value is not None}


@pytest.mark.parametrize(
    ("draft", "step"),
    [
        ({}, CHOICE),
        ({CHOICE: "helpline_only"}, None),
        ({CHOICE: "anonymous"}, None),
        ({CHOICE: "share"}, AGREED),
        ({CHOICE: "share", AGREED: "no"}, None),
        (CHOSEN_TO_SHARE, WAY),
        ({**CHOSEN_TO_SHARE, WAY: "call"}, WHERE),
        ({**CHOSEN_TO_SHARE, WAY: "telefon"}, WHERE),
        ({**CHOSEN_TO_SHARE, WAY: "chat"}, "share_time"),
        ({**CHOSEN_TO_SHARE, WAY: ""}, "share_time"),
        ({**CHOSEN_TO_SHARE, **dict.fromkeys(DETAILS, "")}, CONFIRMED),
        ({**CHOSEN_TO_SHARE, **dict.fromkeys(DETAILS, ""), CONFIRMED: "yes"}, None),
    ],
)
def test_what_is_asked_next(draft: dict[str, str], step: str | None) -> None:
    assert next_step(draft) == step


@pytest.mark.parametrize("step", DETAILS)
def test_every_detail_can_be_skipped_by_button_and_in_a_word(step: str) -> None:
    for turn in (chosen("sharing/skip"), typed("skip"), typed("no"), typed("don't know")):
        assert hear(step, turn).slots == {step: ""}


@pytest.mark.parametrize("step", DETAILS)
@pytest.mark.parametrize(
    "turn",
    [
        typed("will my boss know?", "ask/reporting_safely", 0.9),
        typed("is this legal", "ask/deductions", 0.3),
        typed("delete my messages please", "delete_my_data", 0.95),
        chosen("ask/payslip"),
        chosen("menu"),
    ],
)
def test_a_question_or_another_wish_is_no_detail(step: str, turn: Turn) -> None:
    assert hear(step, turn).elsewhere


@pytest.mark.parametrize(
    "text", ["after six on weekdays", "Grace", "say it is the dentist", "07700 900123", "marigold"]
)
def test_what_is_said_in_own_words_is_kept_as_it_was_said(text: str) -> None:
    assert hear("share_time", typed(text, "ask/rota_and_shifts", 0.7)).slots == {"share_time": text}


@pytest.mark.parametrize(
    ("said", "way"), [("call me", "call"), ("by WhatsApp", "text"), ("e-mail", "email"), ("ring my sister first", None)]
)
def test_a_way_is_known_by_its_name_or_kept_in_own_words(said: str, way: str | None) -> None:
    assert hear(WAY, typed(said)).slots == {WAY: way or said}


@pytest.mark.parametrize("step", STEPS)
def test_nought_leaves_at_every_step(step: str) -> None:
    assert hear(step, typed("0")).end == LEFT
    assert hear(step, typed("stop", "stop", 0.9)).end == LEFT


@pytest.mark.parametrize("step", STEPS)
def test_the_mind_can_be_changed_at_every_step(step: str) -> None:
    draft = {**CHOSEN_TO_SHARE, "share_name": "Grace"}
    for turn in (typed("anonymous"), chosen("sharing/anonymous")):
        heard = hear(step, turn)
        assert heard.end == DONE
        assert after(draft, heard) == {CHOICE: "anonymous"}


@pytest.mark.parametrize("text", ["yes", "ok", "hello", "what do you mean", "no"])
def test_the_choice_itself_is_never_guessed(text: str) -> None:
    heard = hear(CHOICE, typed(text))
    assert (heard.elsewhere, dict(heard.slots)) == (True, {})


def test_after_the_honest_lines_only_a_clear_yes_goes_on() -> None:
    assert hear(AGREED, typed("yes")).slots == {AGREED: "yes"}
    assert hear(AGREED, typed("haan", "affirm", 0.95)).slots == {AGREED: "yes"}
    assert hear(AGREED, typed("no")).end == NOT_NOW
    assert hear(AGREED, typed("maybe my cousin")).elsewhere


def test_nothing_is_passed_on_without_a_clear_yes_to_the_preview() -> None:
    assert hear(CONFIRMED, typed("yes")).end == DONE
    assert hear(CONFIRMED, chosen("sharing/pass_on")).end == DONE
    for turn in (typed("my name is wrong"), typed("hmm"), chosen("sharing/yes"), chosen("ask/payslip")):
        assert hear(CONFIRMED, turn).end is None
    assert set(hear(CONFIRMED, typed("no")).slots) == {*DETAILS, CONFIRMED}
    assert hear(CONFIRMED, chosen("sharing/not")).end == NOT_NOW


def test_a_button_of_another_step_changes_nothing() -> None:
    assert hear("share_time", chosen("sharing/pass_on")) == Heard({})
    assert hear("share_name", chosen("sharing/way/call")) == Heard({})
    assert hear(AGREED, chosen("sharing/skip")) == Heard({})


def test_only_who_shares_passes_anything_on() -> None:
    draft = {**CHOSEN_TO_SHARE, "share_name": "Grace", WAY: "call", WHERE: "this_number"}
    assert identity(draft, way_words("en")) == {
        "way": "by a call",
        "where": "the number of this chat",
        "time": "",
        "words": "",
        "safe_word": "",
        "name": "Grace",
    }
    assert "Grace" in words_passed_on(draft, way_words("en"), "en")[0]
    assert "Grace" not in words_passed_on({**draft, CHOICE: "anonymous"}, way_words("en"), "en")[0]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_every_question_is_asked_with_numbered_choices(step: str, channel: str) -> None:
    reply = question(step, Turn("sharing/choose", channel=channel, draft=CHOSEN_TO_SHARE))
    (message,) = reply.messages
    assert message.kind == "choice"
    assert 1 <= len(message.buttons) <= 5
    assert message.keep == {"choice_open": True, "choice_offered": True}


@given(step=st.sampled_from(STEPS), text=st.text(max_size=400), chance=st.floats(min_value=0, max_value=1))
def test_whatever_is_said_the_choice_goes_on_ends_or_lets_it_be_answered(step: str, text: str, chance: float) -> None:
    heard = hear(step, typed(text, chance=chance))
    assert set(heard.slots) <= set(STEPS)
    assert not (heard.elsewhere and heard.slots)
    assert all(value is None or len(value) <= LONGEST_ANSWER for value in heard.slots.values())
    if heard.end is None and not heard.elsewhere:
        next_step(after(CHOSEN_TO_SHARE, heard))


def test_answers_that_tell_who_somebody_is_are_named_to_the_gateway_with_every_question_after_them() -> None:
    draft = {**CHOSEN_TO_SHARE, WAY: "call", WHERE: "07700 900123", "share_time": "on Sunday", "share_name": "Ngozi A"}
    assert telling(draft) == ["07700 900123", "Ngozi A", "Ngozi"]
    assert telling({**CHOSEN_TO_SHARE, WAY: "chat", WHERE: "this_number", "share_words": ""}) == []
    turn = Turn("sharing/skip", "", draft={**draft, "share_words": "", "share_safe_word": ""})
    assert question(CONFIRMED, turn).messages[0].keep["withheld"] == telling(draft)
    assert "withheld" not in question(CHOICE, Turn("sharing/offer", "")).messages[0].keep
