"""What the steps do about danger below an emergency: words, choice, one line later, the sum, the gentle question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from knowledge import gentle, safety
from knowledge.phrases import phrase
from tests.webhook.parts import CONCERNS, DANGER, STRONG_SIGN, OneWordPatterns
from understanding import risk
from understanding.risk import RiskReader
from understanding.signs_registry import registry
from webhook import steps
from webhook.channels.messages import Choice, Draft
from webhook.rasa_client import Answer, Question, RasaUnavailable
from webhook.stepping.context import GENTLE, Order
from webhook.stepping.talking import OFFER
from webhook.steps import Context, Known

FEE, UNDERPAID, CROWDED = CONCERNS
OFFERED = Draft("choice", "You decide", choices=(Choice("Share", "sharing/share"),))


@pytest.fixture(autouse=True, scope="module")
def few_words_of_danger() -> Iterator[None]:
    risk.use(RiskReader(OneWordPatterns()))
    yield
    risk.use(None)


class Talk:
    """A dialogue that answers, offers the choice, or is down."""

    def __init__(self, down: bool = False, kind: Any = "answer", keep: dict[str, Any] | None = None) -> None:
        self.down, self.kind, self.keep = down, kind, keep or {}
        self.asked: list[Question] = []

    @property
    def intents(self) -> list[str | None]:
        return [question.intent for question in self.asked]

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        if self.down:
            raise RasaUnavailable("ConnectError")
        if question.intent == OFFER:
            return Answer((OFFERED,), {"choice_open": True})
        return Answer((Draft(self.kind, "An answer", choices=(Choice("More", "follow_up/more"),)),), self.keep)


def run(text: str, talk: Talk | None = None, channel: steps.Channel = "sms", **known: Any) -> Context:
    return steps.run(Context(text, channel, "p", known=Known(**known), dialogue=talk or Talk()))


def said(context: Context) -> list[str]:
    return [draft.text for draft in context.drafts]


HIGH_WORDS = safety.words("en").high[0]
HIGH_AGAIN = safety.words("en").high_again[0]


@pytest.mark.parametrize("channel", ["web", "sms", "whatsapp"])
def test_a_strong_sign_gets_the_words_and_then_the_choice(channel: steps.Channel) -> None:
    talk = Talk()
    context = run(f"{STRONG_SIGN}", talk, channel)
    assert said(context) == [HIGH_WORDS, "You decide"]
    assert talk.intents == [OFFER]
    assert context.notes["choice_offered"] is True
    assert (context.status, context.alarms) == ("answered_high", True)


def test_who_also_asks_gets_the_words_then_the_answer_then_the_choice_whose_numbers_count() -> None:
    context = run(f"{STRONG_SIGN}, is that legal?")
    assert said(context) == [HIGH_WORDS, "An answer", "You decide"]
    assert [choice.intent for draft in context.drafts for choice in draft.choices] == ["sharing/share"]


def test_a_further_strong_sign_gets_one_line_and_is_recorded() -> None:
    talk = Talk()
    context = run(STRONG_SIGN, talk, level="high", high_words_given=True, choice_offered=True)
    assert said(context) == [HIGH_AGAIN]
    assert talk.asked == []
    assert context.alarms
    asked_too = run(f"{STRONG_SIGN} can i leave?", level="high", high_words_given=True, choice_offered=True)
    assert said(asked_too) == [HIGH_AGAIN, "An answer"]


def test_a_strong_sign_in_the_middle_of_the_choice_does_not_break_it() -> None:
    talk = Talk()
    known = {"level": "high", "high_words_given": True, "choice_offered": True, "choice_open": True}
    context = run(f"ring me at night, {STRONG_SIGN}", talk, **known)
    assert said(context) == [HIGH_AGAIN, "An answer"]
    assert talk.intents == [None]


def test_with_the_dialogue_down_the_words_are_still_given_and_the_choice_comes_later() -> None:
    context = run(STRONG_SIGN, Talk(down=True))
    assert said(context) == [HIGH_WORDS]
    assert context.status == "answered_high"
    assert "choice_offered" not in context.notes
    later = run("what is the minimum wage", level="high", high_words_given=True)
    assert said(later) == ["An answer", "You decide"]


def test_a_step_that_breaks_before_the_words_does_not_keep_them_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Context) -> bool:
        raise RuntimeError("broken")

    context = steps.run(Context(STRONG_SIGN, "sms", "p", known=Known(), dialogue=Talk()), (*steps.AT_THE_DOOR, broken))
    assert [draft.kind for draft in context.drafts] == ["safety", "error"]
    assert said(context)[0] == HIGH_WORDS
    again = Context(STRONG_SIGN, "sms", "p", known=Known(high_words_given=True), dialogue=Talk())
    assert said(steps.run(again, (*steps.AT_THE_DOOR, broken)))[0] == HIGH_AGAIN


def test_words_that_were_said_are_not_taken_back_by_what_breaks_after_them() -> None:
    context = run(DANGER)
    words = said(context)
    steps.failed(context, "error_database")
    assert said(context)[:-1] == words
    assert context.drafts[-1].kind == "error"


def test_a_broken_dialogue_does_not_take_the_words_back() -> None:
    class Broken(Talk):
        def ask(self, question: Question) -> Answer:
            raise RuntimeError

    context = run(f"{STRONG_SIGN}, is that legal?", Broken())
    assert (said(context), context.status) == ([HIGH_WORDS], "answered_high")


@pytest.mark.parametrize("title", ["Stop", "Help", "Delete my data", "Take it back", "Yes"])
def test_the_words_on_a_button_are_no_order_of_the_workers(title: str) -> None:
    talk = Talk()
    context = run(title, talk, said="2", intent="ask/payslip")
    assert (talk.intents, context.orders) == (["ask/payslip"], [])
    assert run(title, said="1", intent="ask/payslip", opted_out=True).orders == []


def test_after_a_silence_nothing_of_before_is_offered() -> None:
    later = run("what is the minimum wage", level="high", high_words_given=True, silent=True)
    assert said(later) == ["An answer"]


def test_the_choice_is_offered_after_an_emergency_too_but_not_with_its_words() -> None:
    talk = Talk()
    assert run(DANGER, talk).status == "answered_emergency"
    assert talk.asked == []
    assert said(run("thank you", level="emergency")) == ["An answer", "You decide"]


def test_emergency_words_are_given_each_time() -> None:
    context = run(DANGER, level="emergency", high_words_given=True, choice_offered=True)
    assert context.drafts[0].text.startswith("999\n")


def test_who_speaks_of_dying_gets_the_samaritans_at_once() -> None:
    (draft,) = run("i want to die").drafts
    assert "116 123" in draft.text
    assert draft.text.endswith("Send 2 for more help.")


def test_signs_of_concern_add_up_over_a_conversation_and_alarm_once() -> None:
    first = run(f"{FEE}")
    second = run(UNDERPAID, level="concern", risk=first.notes["risk"], gentle={"id": "debt"})
    assert (second.alarms, second.sum_reached) == (False, False)
    third = run(CROWDED, level="concern", risk=second.notes["risk"], gentle={"id": "debt"})
    assert third.sum_reached
    assert third.risk_level == "concern"
    assert said(third)[0] == HIGH_WORDS
    assert sorted(sign.id for sign in (*third.signs, *third.earlier_signs)) == [
        "illegal_fee",
        "overcrowded_housing",
        "under_minimum_pay",
    ]
    again = run(
        FEE, level="high", risk=third.notes["risk"], gentle={"id": "debt"}, high_words_given=True, choice_offered=True
    )
    assert (again.alarms, said(again)) == (False, ["An answer"])


def test_a_broken_sum_costs_neither_the_answer_nor_this_messages_danger() -> None:
    assert run("what is the minimum wage", risk={"level": 7}).status == "answered_dialogue"
    assert run(STRONG_SIGN, risk={"signs": None}).alarms


@pytest.mark.parametrize("text", ["that was a joke", "haha just kidding", "sorry it was a mistake"])
def test_a_joke_lowers_nothing_and_is_written_down(text: str) -> None:
    context = run(text, level="high", high_words_given=True, choice_offered=True)
    assert context.orders == [Order.NOTE_JOKE]
    assert run(text).orders == []


def test_after_an_answer_on_concern_one_question_is_asked_and_only_once() -> None:
    context = run(f"{FEE}, is that legal?")
    assert [draft.kind for draft in context.drafts] == ["answer", "question"]
    assert phrase("gentle_debt") in context.drafts[1].text
    assert phrase("gentle_why") in context.drafts[1].text
    assert [choice.intent for draft in context.drafts for choice in draft.choices] == [
        GENTLE + word for word in ("yes", "no", "skip")
    ]
    assert context.notes["gentle"] == {"id": "debt", "waits": True}
    assert said(run(FEE, level="concern", gentle={"id": "debt", "waits": False})) == ["An answer"]


@pytest.mark.parametrize(
    "known", [{"level": "high", "choice_offered": True}, {"choice_open": True, "choice_offered": True}]
)
def test_no_gentle_question_where_the_words_were_given_or_the_choice_is_under_way(known: dict[str, Any]) -> None:
    assert "question" not in [draft.kind for draft in run(FEE, **known).drafts]


def test_no_gentle_question_without_an_answer_or_a_concern() -> None:
    assert len(run(FEE, Talk(kind="menu")).drafts) == 1
    assert len(run("what is the minimum wage").drafts) == 1


WAITS = {"id": "house", "waits": True}


@pytest.mark.parametrize(("answer", "intent"), [("No", GENTLE + "no"), ("no", None), ("No I can't.", None)])
def test_an_answer_that_shows_more_brings_the_words_and_the_choice(answer: str, intent: str | None) -> None:
    context = run(answer, level="concern", gentle=WAITS, intent=intent, said="2" if intent else None)
    assert said(context) == [HIGH_WORDS, "You decide"]
    assert context.signs[0].id == "movement_controlled"
    assert phrase("gentle_house") in context.signs[0].words
    assert context.notes["gentle"]["waits"] is False


@pytest.mark.parametrize(
    ("answer", "key", "level"), [("yes", "gentle_thanks", "none"), ("skip", "gentle_later", "none")]
)
def test_an_answer_that_shows_nothing_more_is_thanked_for(answer: str, key: str, level: str) -> None:
    context = run(answer, level="concern", gentle=WAITS)
    assert said(context) == [phrase(key)]
    assert (context.risk_level, context.alarms) == (level, False)


def test_another_message_lets_the_gentle_question_go() -> None:
    context = run("what is the minimum wage", level="concern", gentle=WAITS)
    assert said(context) == ["An answer"]
    assert context.notes["gentle"]["waits"] is False


def test_a_word_after_a_silence_is_no_answer_to_the_gentle_question() -> None:
    assert said(run("no", level="concern", gentle=WAITS, silent=True)) == ["An answer"]


def test_a_number_after_a_silence_is_none_either() -> None:
    context = run("Yes", level="concern", gentle=WAITS, silent=True, intent=GENTLE + "yes", said="1")
    assert said(context) == [phrase("choice_not_known")]
    assert (context.alarms, context.notes["gentle"]["waits"]) == (False, False)


def test_a_number_for_a_question_that_is_over_is_no_intent_of_rasa() -> None:
    talk = Talk()
    context = run("No", talk, gentle={"id": "house", "waits": False}, intent=GENTLE + "no", said="2")
    assert talk.asked == []
    assert said(context) == [phrase("choice_not_known")]


def test_the_words_on_our_own_buttons_show_no_danger() -> None:
    context = run(STRONG_SIGN, intent="ask/passport_withheld", said="3")
    assert context.alarms is False


@pytest.mark.parametrize(("text", "intent"), [("my choice", "sharing/choose"), ("Share", "sharing/choose/share")])
def test_the_words_for_the_choice_reach_the_dialogue_as_its_intents(text: str, intent: str) -> None:
    talk = Talk()
    run(text, talk)
    assert talk.intents == [intent]


def test_asking_for_a_person_brings_the_same_choice() -> None:
    talk = Talk(kind="notice", keep={"person_asked": True})
    assert said(run("can i talk to someone", talk)) == ["An answer", "You decide"]
    assert said(run("can i talk to someone", talk, choice_offered=True)) == ["An answer"]


def test_after_stop_a_strong_sign_says_nothing_and_still_alarms() -> None:
    context = run(STRONG_SIGN, opted_out=True)
    assert (context.drafts, context.alarms) == ([], True)


def test_every_gentle_question_stands_on_signs_that_exist_and_leads_to_a_high_one() -> None:
    signs = registry()
    for name in gentle._QUESTIONS:
        question = gentle.question(name)
        assert question is not None
        assert phrase(f"gentle_{name}").endswith("?")
        assert all(signs[sign].level == "concern" for sign in question.signs)
        assert signs[question.shows].level == "high"
        assert [question.outcome(word) for word in (question.more, "skip")] == ["high", "concern"]
        assert {question.outcome("yes"), question.outcome("no")} == {"high", "none"}
