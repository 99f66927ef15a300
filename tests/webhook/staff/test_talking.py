"""An officer talks to a worker on every channel, and nothing reaches a phone that somebody else may hold."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from tests.webhook.parts import DANGER, STRONG_SIGN, Chat, PlayedRasa, post_sms
from tests.webhook.staff.people import Browser, acts, signed_in
from tests.webhook.staff.talk import (
    HERE,
    LINE,
    WITH_WORD,
    WORDS,
    _nothing_seen,
    fresh,
    look_away,
    officer,
    share,
    sms,
    talking_to,
    the_case,
    time_goes_by,
    work_off,
    write,
)
from tests.webhook.twilio_server import Twilio
from webhook import answering, replying, sending
from webhook.accounts.roles import Role
from webhook.cases import service as cases
from webhook.cases import undelivered
from webhook.cases.contact import Situation, Way, way_out
from webhook.cases.models import Case
from webhook.cases.sharing import SafeContact
from webhook.conversations.models import Conversation, Message
from webhook.database import Database, utc_now
from webhook.gateway import Gateway
from webhook.privacy.vault import Vault

__all__ = ["_nothing_seen", "officer", "sms"]

NOW = utc_now()


def test_in_the_web_chat_the_service_is_silent_and_the_officer_is_read(
    client: TestClient, gateway: Gateway, officer: Browser, rasa: PlayedRasa
) -> None:
    chat, here = talking_to(client, gateway, officer)
    asked = len(rasa.asked)
    assert chat.say("hello is somebody there") == []
    assert len(rasa.asked) == asked
    write(officer, here)
    said = chat.all()[-3:]
    assert [(each["from"], each["text"]) for each in said][-1] == ("officer", WORDS)
    assert any("A person from the safeguarding team is here" in each["text"] for each in chat.all())
    shown = officer.get(here).text
    assert "hello is somebody there" in shown
    assert acts(gateway.database).count("message_sent") == 1


def test_what_a_worker_writes_to_the_officer_waits_unread_and_is_told_to_shop(
    client: TestClient, gateway: Gateway, officer: Browser
) -> None:
    chat, here = talking_to(client, gateway, officer)
    officer.get(here)
    assert the_case(gateway.database).news_at is None
    chat.say("please hurry")
    assert the_case(gateway.database).news_at is not None
    officer.get(here)
    assert the_case(gateway.database).news_at is None


def test_an_emergency_gets_its_words_and_rings_again_while_an_officer_talks(
    client: TestClient, gateway: Gateway, officer: Browser
) -> None:
    chat, _ = talking_to(client, gateway, officer)
    assert any("999" in each["text"] for each in chat.say(DANGER))
    answering.drain(gateway)
    cases.deliver_alerts(database=gateway.database, vault=gateway.vault)
    case = the_case(gateway.database)
    assert (case.level, case.alarm_at is not None) == ("emergency", True)


def test_a_strong_sign_while_an_officer_talks_is_told_to_the_officer_and_not_answered(
    client: TestClient, gateway: Gateway, officer: Browser
) -> None:
    chat, _ = talking_to(client, gateway, officer)
    assert chat.say(f"{STRONG_SIGN} still") == []
    assert "signs_added" in {event.act for event in _events(gateway)}


def _events(gateway: Gateway) -> list[object]:
    with gateway.database.unit_of_work(read_only=True) as db:
        return list(cases.timeline(db=db, case=db.scalars(select(Case)).one()))


def test_what_the_service_was_about_to_say_is_left_unsaid_when_an_officer_takes_over_meanwhile(
    client: TestClient, gateway: Gateway, officer: Browser, rasa: PlayedRasa
) -> None:
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    with gateway.database.unit_of_work() as db:
        db.execute(update(Conversation).values(taken_over=False))

    def takes_over() -> None:
        with gateway.database.unit_of_work() as db:
            db.execute(update(Conversation).values(taken_over=True))

    rasa.before = takes_over
    assert chat.say("what is the minimum wage") == []


def test_after_handing_back_the_service_answers_again(client: TestClient, gateway: Gateway, officer: Browser) -> None:
    chat, here = talking_to(client, gateway, officer)
    officer.post(f"{here}/hand-back")
    assert any("The person has left the chat" in each["text"] for each in chat.all())
    assert any(each["kind"] == "answer" for each in chat.say("what is the minimum wage"))


def test_a_worker_who_has_just_written_gets_the_words_at_once(
    sms: Callable[[], str], gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    write(officer, sms())
    sending.send_waiting(gateway)
    assert fresh(twilio) == [WORDS]


def test_without_a_plan_nothing_leaves_until_the_worker_writes_and_then_one_neutral_line(
    sms: Callable[[], str], client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    here = sms()
    time_goes_by(gateway)
    write(officer, here)
    work_off(gateway)
    assert fresh(twilio) == []
    post_sms(client, "SM2", "hello")
    work_off(gateway)
    assert len(fresh(twilio)) == 1
    assert LINE in fresh(twilio)[0]
    post_sms(client, "SM3", "1")
    work_off(gateway)
    assert WORDS in fresh(twilio)


def test_not_even_the_notice_that_a_person_is_here_leaves_without_a_plan(
    client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    post_sms(client, "SM1", STRONG_SIGN)
    work_off(gateway)
    time_goes_by(gateway)
    look_away(twilio)
    here = f"/cases/{the_case(gateway.database).reference}"
    officer.post(f"{here}/claim")
    officer.post(f"{here}/take-over")
    work_off(gateway)
    assert fresh(twilio) == []


def test_a_written_reason_lets_out_the_neutral_line_and_never_the_words(
    sms: Callable[[], str], gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    here = sms()
    time_goes_by(gateway)
    assert write(officer, here, reason="short") == "reason"
    write(officer, here, reason="The Helpline asked us to reach them before tonight.")
    work_off(gateway)
    assert [LINE in body for body in fresh(twilio)] == [True]
    assert "The Helpline asked us" in officer.get(here).text


def test_by_a_plan_for_this_channel_the_neutral_line_goes_out(
    sms: Callable[[], str], gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    here = sms()
    share(gateway, HERE)
    time_goes_by(gateway)
    write(officer, here)
    work_off(gateway)
    assert [LINE in body for body in fresh(twilio)] == [True]


def test_by_a_plan_the_line_goes_out_also_when_the_officer_took_over_long_after_the_worker_wrote(
    client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    post_sms(client, "SM1", STRONG_SIGN)
    work_off(gateway)
    share(gateway, HERE)
    time_goes_by(gateway)
    here = f"/cases/{the_case(gateway.database).reference}"
    officer.post(f"{here}/claim")
    officer.post(f"{here}/take-over")
    look_away(twilio)
    write(officer, here)
    write(officer, here, text="And one more thing")
    work_off(gateway)
    assert [LINE in body for body in fresh(twilio)] == [True]


@pytest.mark.parametrize("plan", [cases.SafeContact(way="by a call"), cases.SafeContact(way="my sister tells me")])
def test_a_plan_for_another_way_lets_nothing_out_here(
    sms: Callable[[], str], gateway: Gateway, officer: Browser, twilio: Twilio, plan: cases.SafeContact
) -> None:
    here = sms()
    share(gateway, plan)
    time_goes_by(gateway)
    write(officer, here)
    work_off(gateway)
    assert fresh(twilio) == []


@pytest.mark.parametrize("read", [True, False])
def test_with_a_safe_word_nothing_is_shown_before_it_was_given(
    sms: Callable[[], str], client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio, read: bool
) -> None:
    here = sms()
    share(gateway, WITH_WORD, read=read)
    write(officer, here)
    post_sms(client, "SM2", "hello who is this")
    work_off(gateway)
    post_sms(client, "SM3", "1")
    work_off(gateway)
    assert WORDS not in fresh(twilio)
    post_sms(client, "SM4", "it is me, Sunflower")
    work_off(gateway)
    assert WORDS in fresh(twilio)


def test_with_a_safe_word_the_web_chat_too_shows_nothing_before_it(
    client: TestClient, gateway: Gateway, officer: Browser
) -> None:
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    share(gateway, WITH_WORD)
    here = f"/cases/{the_case(gateway.database).reference}"
    officer.post(f"{here}/claim")
    officer.post(f"{here}/take-over")
    write(officer, here)
    texts = [each["text"] for each in chat.all()]
    assert WORDS not in texts
    assert not any("A person from the safeguarding team" in text for text in texts)
    chat.say("sunflower")
    assert WORDS in [each["text"] for each in chat.all()]


def test_a_safe_word_given_before_a_silence_counts_no_more(
    sms: Callable[[], str], client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    here = sms()
    share(gateway, WITH_WORD)
    post_sms(client, "SM2", "sunflower")
    work_off(gateway)
    time_goes_by(gateway)
    post_sms(client, "SM3", "hello")
    work_off(gateway)
    look_away(twilio)
    write(officer, here)
    work_off(gateway)
    assert WORDS not in fresh(twilio)


def test_after_stop_nothing_can_be_sent(
    sms: Callable[[], str], client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    here = sms()
    post_sms(client, "SM2", "STOP")
    work_off(gateway)
    assert write(officer, here) == "cannot_be_sent"
    work_off(gateway)
    assert fresh(twilio) == []


def test_nobody_writes_without_taking_over_or_without_having_the_case(
    app: FastAPI, client: TestClient, gateway: Gateway, officer: Browser, database: Database, vault: Vault
) -> None:
    Chat(client).say(STRONG_SIGN)
    here = f"/cases/{the_case(gateway.database).reference}"
    assert write(officer, here) == "not_yours"
    officer.post(f"{here}/claim")
    assert write(officer, here) == "not_taken_over"
    officer.post(f"{here}/take-over")
    assert write(signed_in(app, database, vault, Role.OFFICER, 2), here) == "not_yours"


def test_what_failed_to_reach_the_worker_is_shown_as_such(
    sms: Callable[[], str], gateway: Gateway, officer: Browser
) -> None:
    here = sms()
    write(officer, here)
    with gateway.database.unit_of_work() as db:
        db.execute(update(Message).where(Message.sender == "officer").values(status="failed"))
    assert "Failed: the worker did not get it." in officer.get(here).text
    assert undelivered.note_failures(gateway.database) == 1
    assert undelivered.note_failures(gateway.database) == 0
    assert the_case(gateway.database).news_at is not None
    assert "A message did not reach the worker." in officer.get(here).text


PLANS = {
    "none": None,
    "empty": SafeContact(),
    "here": HERE,
    "call": SafeContact(way="by a call"),
    "word": WITH_WORD,
}


@pytest.mark.parametrize(
    ("channel", "plan", "there", "reason"),
    list(itertools.product(("web", "sms", "whatsapp"), PLANS, (True, False), (True, False))),
)
def test_the_way_out_for_every_channel_and_plan(channel: str, plan: str, there: bool, reason: bool) -> None:
    last = NOW - (timedelta(minutes=1) if there else timedelta(hours=2))
    found = Situation(channel, True, False, last, PLANS[plan], plan in ("here", "word"), False)
    way = way_out(found, now=NOW, patience=timedelta(minutes=5), reason=reason)
    if plan == "word":
        assert way is Way.WHEN_WORD_GIVEN
    elif channel == "web" or there:
        assert way is Way.NOW
    elif plan == "here" or reason:
        assert way is Way.LINE_NOW
    else:
        assert way is Way.WHEN_WORKER_WRITES


def test_whatsapps_window_is_open_for_a_day() -> None:
    for hours, open_still in ((23, True), (25, False)):
        last = NOW - timedelta(hours=hours)
        assert Situation("whatsapp", True, False, last, None, False, False).window_open(NOW) is open_still
    assert Situation("sms", True, False, NOW - timedelta(days=3), None, False, False).window_open(NOW)
    assert replying.LONGEST < 1600
