"""The language of a conversation: kept, offered after two messages in another, asked for by name, told truthfully."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from sqlalchemy import select

from knowledge.language_words import language_words
from knowledge.languages import all_languages
from tests.webhook.parts import DANGER, Chat, OneWordPatterns, PlayedRasa, post_sms
from tests.webhook.test_steps import Talk
from understanding import language as languages
from understanding import risk
from understanding.language import LanguageGuess
from understanding.risk import PatternReading, RiskReader
from webhook import answering, steps, upkeep
from webhook.conversations.models import Conversation
from webhook.gateway import Gateway
from webhook.stepping import language_steps
from webhook.stepping.context import SAFETY_MORE
from webhook.stepping.language_steps import STAY, SWITCH
from webhook.stepping.languages import LANGUAGE_TALK
from webhook.steps import Context, Known
from webhook.switches.off import Off

ENGLISH = "my manager does not give me my payslip at work"
ROMANIAN = ("șeful meu nu îmi plătește salariul de două luni", "ce pot să fac acum ca să primesc banii mei")
MIXED = "they did not pay mari yangu this month"
EITHER = "kya aap meri madad kar sakte hain"


@pytest.fixture(autouse=True)
def _told_apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Danger is one plain word, and languages are told as the trained model would: that is measured elsewhere."""
    told = {
        **dict.fromkeys(ROMANIAN, LanguageGuess("ro", True)),
        ENGLISH: LanguageGuess("en", True),
        EITHER: LanguageGuess("hi", False, ("hi", "ur")),
    }
    real = languages.guess
    monkeypatch.setattr(languages, "guess", lambda text, keep=None: told.get(text) or real(text, keep))
    risk.use(RiskReader(OneWordPatterns()))
    yield
    risk.use(None)


class Conversing:
    """A conversation whose memory is what `turns` keeps."""

    def __init__(self, **known: Any) -> None:
        if known.get("language"):
            known["language_talk"] = {"settled": True, **known.get("language_talk", {})}
        self.known = Known(**known)
        self.talk = Talk()

    def say(self, text: str, channel: steps.Channel = "web", **known: Any) -> Context:
        values = {**vars_of(self.known), "intent": None, **known}
        context = steps.run(Context(text, channel, "p", known=Known(**values), dialogue=self.talk))
        chosen = context.keep.get("language")
        kept = {**self.known.language_talk, **(context.notes.get(LANGUAGE_TALK) or {})}
        found = context.language if context.language_sure and not self.known.language_chosen else None
        language = chosen or found or self.known.language
        values = {**vars_of(self.known), "language": language, "language_talk": kept}
        self.known = Known(**{**values, "language_chosen": bool(chosen) or self.known.language_chosen})
        return context


def vars_of(known: Known) -> dict[str, Any]:
    return {name: getattr(known, name) for name in known.__dataclass_fields__}


def offer_of(context: Context) -> list[str]:
    intents = [choice.intent for draft in context.drafts for choice in draft.choices]
    return [intent for intent in intents if intent.startswith("gateway/language")]


def test_the_first_plain_sentence_settles_the_language() -> None:
    worker = Conversing()
    assert worker.say(ROMANIAN[0]).language == "ro"
    assert worker.known.language == "ro"


@pytest.mark.parametrize("said", ["stop", "skip", "help", "more", "delete", "ok"])
def test_a_conversation_that_begins_with_a_word_to_type_is_in_english(said: str) -> None:
    assert Conversing().say(said, "sms").language == "en"


@pytest.mark.parametrize(("said", "language"), [("pomoc", "pl"), ("ajutor", "ro"), ("msaada", "sw")])
def test_a_plain_word_of_another_language_begins_it_in_that_language(said: str, language: str) -> None:
    assert Conversing().say(said, "sms").language == language


def test_the_language_of_the_page_holds_until_the_workers_own_words_show_another() -> None:
    worker = Conversing(language="en")
    worker.known = Known(language="en")
    assert worker.say("bună").language == "en"
    assert worker.say(ROMANIAN[0]).language == "ro"
    assert worker.say(ENGLISH).language == "ro"


@pytest.mark.parametrize("said", ["ok", "mulțumesc mult", "da", "സഹായം വേണം"])
def test_one_or_two_words_never_switch_and_count_nothing(said: str) -> None:
    worker = Conversing(language="en")
    for _ in range(3):
        context = worker.say(said)
        assert (context.language, offer_of(context)) == ("en", [])


def test_two_messages_in_another_language_offer_it_in_that_language_and_one_does_not() -> None:
    worker = Conversing(language="en")
    first = worker.say(ROMANIAN[0])
    assert (first.language, offer_of(first)) == ("en", [])
    second = worker.say(ROMANIAN[1])
    assert second.language == "en"
    assert offer_of(second) == [SWITCH + "ro", STAY]
    question = second.drafts[-1]
    assert (question.text, question.lang) == (language_words("ro").ask, "ro")
    assert [choice.title for choice in question.choices] == ["Română (Romanian)", "English"]
    assert second.drafts[0].choices == ()  # the numbers belong to the question


def test_messages_that_do_not_run_offer_nothing() -> None:
    worker = Conversing(language="en")
    for said in (ROMANIAN[0], ENGLISH, ROMANIAN[1], MIXED, ROMANIAN[0]):
        assert offer_of(worker.say(said)) == []


def test_a_short_word_in_between_does_not_break_what_runs() -> None:
    worker = Conversing(language="en")
    worker.say(ROMANIAN[0])
    worker.say("ok")
    assert offer_of(worker.say(ROMANIAN[1])) == [SWITCH + "ro", STAY]


@pytest.mark.parametrize("answer", [{"intent": SWITCH + "ro"}, {}])
def test_a_yes_switches_and_the_choice_is_kept(answer: dict[str, str]) -> None:
    worker = Conversing(language="en")
    worker.say(ROMANIAN[0])
    worker.say(ROMANIAN[1])
    context = worker.say("Yes", **answer)
    assert context.drafts[0].text.startswith(language_words("ro").set)
    assert worker.say(ENGLISH).language == "ro"


@pytest.mark.parametrize("answer", [{"intent": STAY}, {}])
def test_after_a_no_it_is_never_pressed_again(answer: dict[str, str]) -> None:
    worker = Conversing(language="en")
    worker.say(ROMANIAN[0])
    worker.say(ROMANIAN[1])
    worker.say("No", **answer)
    for _ in range(4):
        context = worker.say(ROMANIAN[0])
        assert (context.language, offer_of(context)) == ("en", [])
    assert worker.say("română").language == "ro"  # asking by name works as before


def test_an_offer_that_is_passed_over_is_no_yes_and_comes_again_only_after_two_more() -> None:
    worker = Conversing(language="en")
    offers = [bool(offer_of(worker.say(ROMANIAN[turn % 2]))) for turn in range(4)]
    assert offers == [False, True, False, True]


def test_mixed_messages_keep_the_chosen_language() -> None:
    worker = Conversing(language="sn", language_chosen=True)
    for _ in range(4):
        context = worker.say(MIXED)
        assert (context.language, offer_of(context)) == ("sn", [])


@pytest.mark.parametrize("known", [{"check_open": True}, {"choice_open": True}])
def test_nothing_is_offered_in_the_middle_of_other_questions(known: dict[str, bool]) -> None:
    worker = Conversing(language="en", **known)
    for said in (*ROMANIAN, *ROMANIAN):
        assert offer_of(worker.say(said)) == []
    bare = worker.say("Romanian")
    assert bare.language == "en"
    assert worker.say("Romanian please").language == "ro"


@pytest.mark.parametrize("code", [code for code in all_languages() if code != "en"])
@pytest.mark.parametrize("back", ["English please", "english", "in English"])
def test_every_language_is_taken_at_once_by_its_name_and_english_again(code: str, back: str) -> None:
    worker = Conversing(language="en")
    context = worker.say(all_languages()[code].own_name)
    assert (context.status, worker.known.language, worker.known.language_chosen) == ("answered_language", code, True)
    assert context.drafts[0].text.split("\n")[0] == language_words(code).set
    assert worker.talk.asked == []
    worker.say(back)
    assert worker.known.language == "en"


def test_what_is_not_ready_is_said_with_the_switch_truthfully(monkeypatch: pytest.MonkeyPatch) -> None:
    words = language_words("bg")
    assert Conversing(language="en").say("Bulgarian").drafts[0].text == f"{words.set}\n{words.english}"
    monkeypatch.setattr(language_steps.packages, "can_translate", lambda source, target: True)
    assert Conversing(language="en").say("Bulgarian").drafts[0].text == f"{words.set}\n{words.machine}"


def test_hindi_or_urdu_is_asked_once_in_both() -> None:
    worker = Conversing()
    context = worker.say(EITHER)
    assert offer_of(context) == [SWITCH + "hi", SWITCH + "ur"]
    assert language_words("hi").ask in context.drafts[-1].text
    assert language_words("ur").ask in context.drafts[-1].text
    assert offer_of(worker.say(EITHER)) == []
    worker.say("2", intent=SWITCH + "ur")
    assert worker.say(EITHER).language == "ur"


def test_hindi_or_urdu_is_not_asked_of_who_has_chosen() -> None:
    assert offer_of(Conversing(language="hi", language_chosen=True).say(EITHER)) == []


def languages_of_danger(context: Context) -> list[str]:
    return [draft.lang for draft in context.drafts if draft.kind == "safety"]


EITHER_IN_DANGER = "woh maarta hai"


@pytest.fixture
def danger_in_either(monkeypatch: pytest.MonkeyPatch) -> None:
    before = OneWordPatterns()

    class Patterns(OneWordPatterns):
        def read(self, text: str, language: str) -> PatternReading:
            return before.read(DANGER if text == EITHER_IN_DANGER else text, language)

    risk.use(RiskReader(Patterns()))


@pytest.mark.usefixtures("danger_in_either")
def test_danger_in_what_hindi_and_urdu_share_is_answered_in_both_and_in_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {EITHER_IN_DANGER: LanguageGuess("hi", False, ("hi", "ur")), ROMANIAN[0]: LanguageGuess("ro", True)}
    real = languages.guess
    monkeypatch.setattr(languages, "guess", lambda text, keep=None: told.get(text) or real(text, keep))
    worker = Conversing()
    context = worker.say(EITHER_IN_DANGER, "sms")
    assert languages_of_danger(context) == ["hi", "ur", "en"]
    assert [draft.dir for draft in context.drafts][:3] == ["ltr", "rtl", "ltr"]
    assert all(draft.text.startswith("999\n") for draft in context.drafts[:3])
    # The second message, for which a number is sent, has no language of its own: it follows the first.
    assert languages_of_danger(worker.say("2", "sms", intent=SAFETY_MORE)) == ["hi", "ur", "en"]
    # What the worker says afterwards tells.
    worker.say(ROMANIAN[0], "sms")
    assert languages_of_danger(worker.say("2", "sms", intent=SAFETY_MORE)) == ["ro", "en"]


@pytest.mark.usefixtures("danger_in_either")
@pytest.mark.parametrize(
    "known",
    [{"language": "ur", "language_chosen": True}, {"language": "ur", "language_talk": {"settled": True}}],
    ids=["chosen", "shown before"],
)
def test_danger_is_not_answered_in_both_where_it_is_known_which(
    known: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "guess", lambda text, keep=None: LanguageGuess("hi", False, ("hi", "ur")))
    assert languages_of_danger(Conversing(**known).say(EITHER_IN_DANGER, "sms")) == ["ur", "en"]


def test_danger_is_answered_in_the_language_it_was_written_in_unless_another_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def in_romanian(text: str, keep: str | None = None) -> LanguageGuess:
        return LanguageGuess("ro", True)

    monkeypatch.setattr(languages, "guess", in_romanian)
    assert Conversing(language="en").say(DANGER).drafts[0].lang == "ro"
    chosen = Conversing(language="pl", language_chosen=True).say(DANGER)
    assert chosen.drafts[0].lang == "pl"


def test_beside_danger_no_language_is_offered() -> None:
    worker = Conversing(language="en")
    worker.say(ROMANIAN[0])
    assert offer_of(worker.say(ROMANIAN[1], level="high", choice_offered=True)) != []
    worker = Conversing(language="en", language_talk={"running": "ro", "count": 5})
    assert offer_of(worker.say(DANGER)) == []


def test_an_officer_who_talks_is_not_talked_over_and_the_wish_is_kept() -> None:
    worker = Conversing(language="en", taken_over=True)
    context = worker.say("Romanian please")
    assert (context.drafts, context.status, worker.known.language) == ([], "silent_taken_over", "ro")


def test_which_languages_there_are_is_told_after_the_answer_truthfully(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_steps.packages, "can_translate", lambda source, target: target == "pl")
    worker = Conversing(language="en")
    worker.talk = Talk(keep={"language_wished": ""})
    said = worker.say("which languages do you speak").drafts[-1].text
    ready, machine, part, _ = said.split("\n")
    assert "English" in ready
    assert machine.endswith(": Polski.")
    for code, each in all_languages().items():
        places = [line for line in (ready, machine, part) if each.own_name in line]
        assert len(places) >= 1, code
        assert (ready in places) is each.offered, code


def test_a_language_wished_for_in_a_sentence_is_taken() -> None:
    worker = Conversing(language="en")
    worker.talk = Talk(keep={"language_wished": "ro"})
    context = worker.say("could you perhaps write to me in romanian, my english is weak")
    assert [draft.lang for draft in context.drafts] == ["ro"]
    assert worker.known.language == "ro"


@limits(max_examples=60, deadline=None)
@given(
    said=st.lists(st.sampled_from([*ROMANIAN, ENGLISH, MIXED, EITHER, "ok", "hindi", "English please", "yes", "no"])),
    chosen=st.booleans(),
)
def test_the_language_changes_only_when_the_worker_says_so(said: list[str], chosen: bool) -> None:
    worker = Conversing(language="sn", language_chosen=chosen)
    for text in said:
        before = worker.known.language
        context = worker.say(text)
        if context.status != "answered_language":
            assert (worker.known.language, context.language) == (before, before)


def the_conversation(gateway: Gateway) -> Conversation:
    with gateway.database.unit_of_work(read_only=True) as db:
        return db.scalars(select(Conversation)).one()


def test_the_choice_outlives_a_restart_and_goes_with_the_conversation(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    said = chat.say("română")
    assert said[0]["lang"] == "ro"
    chat.say(ENGLISH)
    assert rasa.asked[-1]["metadata"]["language"] == "ro"
    kept = the_conversation(gateway)
    assert (kept.language, kept.language_chosen) == ("ro", True)
    upkeep.begin_erasure(gateway, kept.id)
    upkeep.run_erasures(gateway)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Conversation)).all() == []


def test_an_offer_is_answered_by_its_number_on_a_phone(client: TestClient, gateway: Gateway, rasa: PlayedRasa) -> None:
    for number, text in enumerate((ENGLISH, *ROMANIAN, "1", ENGLISH)):
        post_sms(client, f"SM{number}", text)
        answering.answer_waiting(gateway)
    assert [asked["metadata"]["language"] for asked in rasa.asked] == ["en", "en", "en", "ro"]


def test_the_count_outlives_a_restart(client: TestClient, gateway: Gateway) -> None:
    chat = Chat(client)
    for text in (ENGLISH, ROMANIAN[0]):
        chat.say(text)
    said = chat.say(ROMANIAN[1])
    assert [button["title"] for button in said[-1]["buttons"]] == ["Română (Romanian)", "English"]


def test_a_language_that_is_switched_off_is_told_as_what_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_steps.packages, "can_translate", lambda source, target: True)
    worker = Conversing(language="en", off=Off(languages=frozenset({"bg"})))
    words = language_words("bg")
    assert worker.say("Bulgarian").drafts[0].text == f"{words.set}\n{words.english}"
