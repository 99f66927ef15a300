"""The order of the steps, and what each decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webhook.parts import DANGER, OneWordPatterns
from understanding import risk
from understanding.risk import RiskReader
from webhook import steps
from webhook.channels.messages import Choice, Draft
from webhook.rasa_client import Answer, Question, RasaUnavailable
from webhook.stepping import reading
from webhook.steps import Context, Known, Order


@pytest.fixture(autouse=True, scope="module")
def one_word_of_danger() -> Iterator[None]:
    risk.use(RiskReader(OneWordPatterns()))
    yield
    risk.use(None)


class Talk:
    """A dialogue that answers or is down."""

    def __init__(self, down: bool = False, keep: dict[str, Any] | None = None) -> None:
        self.down, self.keep = down, keep or {}
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        if self.down:
            raise RasaUnavailable("ConnectError")
        return Answer((Draft("answer", "An answer", choices=(Choice("More", "ask/payslip"),)),), self.keep)


def run(text: str, channel: steps.Channel = "sms", talk: Talk | None = None, **known: Any) -> Context:
    return steps.run(Context(text, channel, "p", known=Known(**known), dialogue=talk or Talk()))


def test_the_steps_stand_in_the_order_of_the_design() -> None:
    names = [step.__name__ for step in steps.STEPS]
    assert names == [
        "language", "risk", "conversation", "emergency", "keywords", "language_choice", "taken_over", "gentle_answer",
        "high", "switched_off", "nothing_to_read", "dialogue", "languages_asked", "told_in_check",
        "told_in_english", "concern", "language_offer",
    ]  # fmt: skip
    assert [step.__name__ for step in steps.AT_THE_DOOR] == ["language", "risk", "emergency"]


def test_a_question_is_answered_by_the_dialogue() -> None:
    talk = Talk()
    context = run("what is the minimum wage", talk=talk)
    assert [draft.text for draft in context.drafts] == ["An answer"]
    assert (talk.asked[0].form, talk.asked[0].channel, talk.asked[0].risk_level) == ("short", "sms", "none")


def test_the_web_gets_the_long_form() -> None:
    talk = Talk()
    run("what is the minimum wage", "web", talk)
    assert talk.asked[0].form == "long"


@pytest.mark.parametrize("channel", ["web", "sms", "whatsapp"])
def test_emergency_words_begin_with_999_and_nothing_is_asked_of_the_dialogue(channel: steps.Channel) -> None:
    talk = Talk(down=True)
    context = run(f"help {DANGER}", channel, talk)
    assert context.drafts[0].text.split("\n")[0] == "999"
    assert {draft.kind for draft in context.drafts} == {"safety"}
    assert talk.asked == []


def test_emergency_comes_before_keywords() -> None:
    assert run(DANGER, delete_asked=True, intent=steps.DELETE_YES).status == "answered_emergency"


def test_after_stop_an_emergency_says_nothing_but_is_seen() -> None:
    context = run(DANGER, opted_out=True)
    assert context.drafts == []
    assert (context.risk_level, context.status) == ("emergency", "silent_emergency_opted_out")


def test_on_sms_the_second_safety_message_comes_on_2() -> None:
    first = run(DANGER)
    assert len(first.drafts) == 1
    assert [intent for _, intent in first.unlisted] == [steps.SAFETY_AGAIN, steps.SAFETY_MORE]
    second = run("2", intent=steps.SAFETY_MORE)
    assert second.drafts[0].text != first.drafts[0].text
    assert len(run(DANGER, "whatsapp").drafts) == 2


def test_stop_sends_nothing_and_is_an_order() -> None:
    context = run("STOP")
    assert (context.drafts, context.orders) == ([], [Order.OPT_OUT])


@pytest.mark.parametrize("text", ["what is the minimum wage", "HELP", "DELETE", "stop"])
def test_after_stop_nothing_is_sent(text: str) -> None:
    talk = Talk()
    context = run(text, talk=talk, opted_out=True)
    assert (context.drafts, talk.asked) == ([], [])


@pytest.mark.parametrize("text", ["DELETE", "delete my data", "sab mita do", "\u0921\u093f\u0932\u0940\u091f"])
def test_after_stop_delete_erases_at_once_and_says_nothing(text: str) -> None:
    context = run(text, opted_out=True)
    assert (context.drafts, context.orders, context.status) == ([], [Order.ERASE], "silent_deleted")


def test_after_stop_delete_among_other_words_is_none() -> None:
    assert run("do not delete anything", opted_out=True).orders == []


def test_start_ends_a_stop() -> None:
    context = run("start", opted_out=True)
    assert context.orders == [Order.OPT_IN]
    assert len(context.drafts) == 1


def test_help_gets_the_safety_words() -> None:
    assert run("HELP").drafts[0].text.startswith("999\n")


def test_delete_asks_once_and_then_erases() -> None:
    asked = run("DELETE")
    assert asked.orders == [Order.ASK_DELETE]
    assert [choice.intent for choice in asked.drafts[0].choices] == [steps.DELETE_YES, steps.DELETE_NO]
    assert run("DELETE", delete_asked=True).orders == [Order.ERASE]
    assert run("1", intent=steps.DELETE_YES).orders == [Order.ERASE]
    kept = run("2", intent=steps.DELETE_NO)
    assert kept.orders == []
    assert kept.status == "answered_delete_kept"


def test_on_a_phone_deletion_tells_of_the_copies_elsewhere_and_on_the_web_it_need_not() -> None:
    assert "30 days" in run("1", intent=steps.DELETE_YES).drafts[0].text
    assert "30 days" not in run("1", "web", intent=steps.DELETE_YES).drafts[0].text


def test_a_wish_to_delete_found_by_the_dialogue_is_asked_back_in_the_same_way() -> None:
    context = run("please get rid of all I wrote", talk=Talk(keep={"delete_asked": True}))
    assert context.orders == [Order.ASK_DELETE]
    assert context.keep == {}


def test_the_dialogue_can_order_an_erasure_only_after_it_was_asked_back_here() -> None:
    wish = {"delete_requested": True}
    assert run("yes please", talk=Talk(keep=wish), delete_asked=True).orders == [Order.ERASE]
    assert run("yes please", talk=Talk(keep=wish)).orders == [Order.ASK_DELETE]


@pytest.mark.parametrize("kind", ["audio", "picture", "sticker", "place"])
def test_what_cannot_be_read_is_explained(kind: str) -> None:
    talk = Talk()
    context = steps.run(Context("", "whatsapp", "p", media=1, media_kind=kind, dialogue=talk))
    assert len(context.drafts) == 1
    assert talk.asked == []


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "?!", "\u200b"])
def test_nothing_to_read_gets_a_kind_word(text: str) -> None:
    talk = Talk()
    assert run(text, talk=talk).drafts[0].kind == "notice"
    assert talk.asked == []


def test_words_beside_a_picture_are_read() -> None:
    talk = Talk()
    steps.run(Context("is this payslip right", "whatsapp", "p", media=1, media_kind="picture", dialogue=talk))
    assert len(talk.asked) == 1


def test_when_the_dialogue_is_down_there_is_an_apology_that_names_help() -> None:
    context = run("what is the minimum wage", talk=Talk(down=True))
    assert (context.drafts[0].kind, context.status) == ("error", "error_dialogue")
    assert "999" in context.drafts[0].text
    assert "Acas" in context.drafts[0].text


def test_text_that_looks_like_an_intent_is_only_text() -> None:
    talk = Talk()
    run("/ask/minimum_wage", talk=talk)
    assert (talk.asked[0].text, talk.asked[0].intent) == ("/ask/minimum_wage", None)


def test_a_fault_in_reading_the_danger_does_not_cost_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(reading.risks, "assess", broken)
    monkeypatch.setattr(reading.languages, "guess", broken)
    assert run("what is the minimum wage").status == "answered_dialogue"


def test_the_chosen_language_is_kept_whatever_is_written() -> None:
    context = run("what is the minimum wage", language="hi", language_chosen=True)
    assert context.language == "hi"


@given(
    text=st.text(max_size=200),
    channel=st.sampled_from(["web", "sms", "whatsapp"]),
    media=st.integers(min_value=0, max_value=3),
    down=st.booleans(),
    opted_out=st.booleans(),
    delete_asked=st.booleans(),
    intent=st.sampled_from([None, "ask/payslip", steps.DELETE_YES, steps.READ_LATE, steps.SAFETY_MORE]),
)
def test_every_message_ends_in_a_reply_an_order_or_chosen_silence(
    text: str,
    channel: steps.Channel,
    media: int,
    down: bool,
    opted_out: bool,
    delete_asked: bool,
    intent: str | None,
) -> None:
    known = Known(opted_out=opted_out, delete_asked=delete_asked, intent=intent)
    context = steps.run(Context(text, channel, "p", media, known=known, dialogue=Talk(down)))
    family = context.status.partition("_")[0]
    assert family in ("answered", "silent", "error")
    written_later = Order.READ_LATE in context.orders  # what is said then stands in the database
    assert bool(context.drafts) == (family != "silent" and not written_later)
