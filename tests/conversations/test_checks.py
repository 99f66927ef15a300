"""Each of the seven checks in each situation it must outlive: the gateway's steps, the real Rasa, the real actions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.language_words import language_words
from knowledge.languages import language as registered
from knowledge.phrases import phrase
from tests.conversations.checks_table import CHECKS, Middle
from tests.conversations.gateway_talk import GatewayTalk
from tests.conversations.servers import Servers
from tests.webhook.parts import DANGER, STRONG_SIGN, OneWordPatterns
from understanding import risk
from understanding.risk import RiskReader

pytestmark = pytest.mark.whole_service
every_check = pytest.mark.parametrize("middle", CHECKS, ids=lambda middle: middle.check)


@pytest.fixture(autouse=True, scope="module")
def one_phrase_of_danger() -> Iterator[None]:
    risk.use(RiskReader(OneWordPatterns()))
    yield
    risk.use(None)


def begun(middle: Middle, words: str, talk: GatewayTalk) -> GatewayTalk:
    """A conversation with the check begun: where it is not at once, the reply offers it as a choice."""
    talk.say(words)
    if "question" not in talk.kinds:
        talk.choose(next(title for title, intent in talk.choices if intent == f"start_check/{middle.check}"))
    return talk


def into(middle: Middle, servers: Servers, channel: str = "web") -> GatewayTalk:
    """A conversation in the middle of the check."""
    talk = begun(middle, middle.asked_for[0], GatewayTalk(servers, channel))  # type: ignore[arg-type]
    for answer in middle.answers:
        talk.say(answer)
    assert middle.question in talk.words
    return talk


@pytest.mark.parametrize(
    ("middle", "words"),
    [(middle, words) for middle in CHECKS for words in middle.asked_for],
    ids=lambda value: value if isinstance(value, str) else value.check,
)
def test_the_words_that_people_use_begin_the_check(middle: Middle, words: str, servers: Servers) -> None:
    talk = begun(middle, words, GatewayTalk(servers))
    assert "question" in talk.kinds
    assert phrase("check_how", leave="0") in talk.words


@every_check
def test_a_question_in_the_middle_is_answered_and_the_checks_own_asked_again(middle: Middle, servers: Servers) -> None:
    talk = into(middle, servers)
    talk.say("what is a payslip and what must be on it?")
    assert talk.kinds == ["answer", "question"]
    assert "payslip" in talk.words
    assert middle.question in talk.words


@every_check
def test_an_earlier_answer_is_changed_in_ones_own_words(middle: Middle, servers: Servers) -> None:
    talk = into(middle, servers)
    said, shown = middle.correction
    assert shown in talk.say(said)
    assert talk.kinds == ["question"]


@every_check
def test_i_do_not_know_ends_in_what_can_be_told_or_in_that_we_cannot_tell(middle: Middle, servers: Servers) -> None:
    talk = into(middle, servers)
    for _ in range(30):
        if "question" not in talk.kinds:
            break
        talk.say("I don't know")
    assert talk.kinds[-1] == "answer"
    assert middle.cannot_tell.casefold() in talk.words.casefold()


@every_check
def test_a_check_is_left_with_nothing_and_taken_up_again_when_it_is_asked_for(middle: Middle, servers: Servers) -> None:
    talk = into(middle, servers, "sms")
    assert phrase("check_left").partition(".")[0] in talk.say("0")
    assert not talk.kept["check_open"]
    assert talk.kinds[0] in ("notice", "choice")
    assert middle.question in talk.say("go on")
    on_the_web = into(middle, servers)
    assert phrase("check_left") in on_the_web.say("stop")


@every_check
def test_danger_goes_first_and_the_check_goes_on_after_it(middle: Middle, servers: Servers) -> None:
    talk = into(middle, servers)
    talk.say(f"wait, {DANGER}")
    assert set(talk.kinds) == {"safety"}
    assert middle.question not in talk.words
    talk.say("yes I got away")
    assert phrase("share_ask") in talk.words
    assert middle.question not in talk.words
    talk.choose("Stay anonymous")
    talk.choose("Go on")
    assert middle.question in talk.words
    talk.say(f"wait, {DANGER}")
    talk.say("yes I got away")
    assert phrase("check_after_danger") in talk.words
    assert middle.question in talk.words
    said, told = middle.vague
    assert told in talk.say(said)


@every_check
def test_a_strong_sign_gets_words_and_choice_and_the_check_goes_on_after_it(middle: Middle, servers: Servers) -> None:
    talk = into(middle, servers)
    talk.say(STRONG_SIGN)
    assert talk.kinds[0] == "safety"
    assert phrase("share_ask") in talk.words
    assert middle.question not in talk.words
    talk.choose("Stay anonymous")
    assert phrase("check_after_choice") in talk.words
    talk.choose("Go on")
    assert middle.question in talk.words
    assert middle.vague[1] in talk.say(middle.vague[0])


def test_every_check_outlives_the_end_of_rasa_and_of_the_action_server(servers: Servers) -> None:
    talks = [(middle, into(middle, servers)) for middle in CHECKS]
    for name in ("rasa", "actions"):
        servers.kill(name)
        servers.start(name)
    for middle, talk in talks:
        said, told = middle.vague
        assert told in talk.say(said), middle.check
        assert "question" in talk.kinds, middle.check


@every_check
def test_a_vague_answer_is_repeated_as_it_was_understood(middle: Middle, servers: Servers) -> None:
    said, told = middle.vague
    talk = into(middle, servers)
    assert told in talk.say(said)
    assert talk.kinds == ["question"]


@every_check
def test_an_absurd_answer_is_asked_again_with_the_reason(middle: Middle, servers: Servers) -> None:
    said, reason = middle.absurd
    talk = into(middle, servers)
    assert reason in talk.say(said)
    assert middle.question in talk.words


@every_check
def test_a_change_of_language_is_answered_and_answers_in_its_forms_are_read(middle: Middle, servers: Servers) -> None:
    """Where the language has a pack, the question comes again in it; elsewhere in English."""
    talk = into(middle, servers)
    talk.language, said, told = middle.abroad
    talk.say(f"can you write in {registered(talk.language).name} please?")
    assert language_words(talk.language).set in talk.words
    assert "question" in talk.kinds
    assert (middle.question in talk.words) != registered(talk.language).offered
    assert told in talk.say(said)


@every_check
def test_after_a_silence_nothing_is_said_of_it_until_the_worker_asks(middle: Middle, servers: Servers) -> None:
    talk = into(middle, servers)
    talk.be_silent(16)
    talk.say("hello")
    assert middle.question not in talk.words
    assert phrase("greeting_after_silence") in talk.words
    talk.say("go on")
    assert middle.question in talk.words
    assert middle.vague[1] in talk.say(middle.vague[0])


@every_check
def test_a_check_that_is_asked_for_again_is_gone_on_with_or_begun_anew(middle: Middle, servers: Servers) -> None:
    talk = into(middle, servers)
    talk.say("0")
    talk.say("hello")
    talk.say(middle.asked_for[0])
    if phrase("check_begun_before") not in talk.words:
        talk.choose(next(title for title, intent in talk.choices if intent == f"start_check/{middle.check}"))
    assert phrase("check_begun_before") in talk.words
    talk.choose("Start again")
    assert phrase("check_how", leave="0") in talk.words
