"""That the answers are in English is told once, in the worker's language, before the first of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.language_words import language_words
from knowledge.languages import all_languages
from tests.webhook.parts import DANGER, OneWordPatterns
from tests.webhook.test_languages import Conversing
from understanding import risk
from understanding.risk import RiskReader
from webhook import steps
from webhook.channels import sms_text
from webhook.channels.messages import phone_replies
from webhook.stepping import language_steps


@pytest.fixture(autouse=True, scope="module")
def one_word_of_danger() -> Iterator[None]:
    risk.use(RiskReader(OneWordPatterns()))
    yield
    risk.use(None)


def test_that_answers_are_in_english_is_told_once_in_the_workers_language_before_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker = Conversing(language="ur")
    first, second = (worker.say("میری تنخواہ کم ہے").drafts for _ in range(2))
    assert [(draft.kind, draft.lang) for draft in first] == [("notice", "ur"), ("answer", "en")]
    assert first[0].text == language_words("ur").english
    assert [draft.kind for draft in second] == ["answer"]
    asked_for = Conversing(language="en")
    assert language_words("ur").english in asked_for.say("Urdu please").drafts[0].text
    assert [draft.kind for draft in asked_for.say("میری تنخواہ کم ہے").drafts] == ["answer"]
    monkeypatch.setattr(language_steps.packages, "can_translate", lambda source, target: True)
    assert [draft.kind for draft in Conversing(language="ur").say("میری تنخواہ کم ہے").drafts] == ["answer"]


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_by_text_message_it_is_told_once_too_in_a_message_of_its_own(channel: steps.Channel) -> None:
    worker = Conversing(language="ur")
    first, second = (phone_replies(worker.say("میری تنخواہ کم ہے", channel).drafts) for _ in range(2))
    assert first[0].content.text == language_words("ur").english
    assert [reply.content.language for reply in first] == ["ur", "en"]
    assert [reply.content.language for reply in second] == ["en"]


def test_in_every_language_it_is_short_enough_for_two_parts_of_a_text_message() -> None:
    assert [code for code in all_languages() if sms_text.segments(language_words(code).english) > 2] == []


@pytest.mark.parametrize(
    ("language", "channel", "said"),
    [("en", "web", "ok"), ("ur", "sms", DANGER), ("ur", "web", DANGER), (None, "web", "ok"), (None, "sms", "ok")],
)
def test_that_answers_are_in_english_is_not_told_in_english_beside_danger_or_on_a_guess(
    language: str | None, channel: steps.Channel, said: str
) -> None:
    drafts = Conversing(language=language).say(said, channel).drafts
    assert [draft for draft in drafts if draft.text == language_words(draft.lang).english] == []
