"""From a worker's message to a case, on every way in, with the database there or away, and whoever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.webhook.cases.rooms import NUMBER, Receive, all_cases, everything, raise_one
from tests.webhook.parts import DANGER, Chat, PlayedRasa, post_sms, without_database
from understanding import risk
from understanding.risk import PatternReading, RiskReader, Sign
from webhook import answering
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.conversations import service
from webhook.conversations.models import Alert
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.notifications.models import Notice
from webhook.privacy.vault import Vault
from webhook.public.app import create_app

HIGH = "my boss has my passport"
SAID = f"my name is Lakshmi, {DANGER}, ring 07700 900456"


class TwoWords:
    """Danger now is DANGER, high risk is HIGH."""

    def read(self, text: str, language: str) -> PatternReading:
        if DANGER in text.lower():
            return PatternReading((Sign("weapon", DANGER, "emergency"),), "self", "now")
        if HIGH in text.lower():
            return PatternReading((Sign("passport", HIGH, "high"),), "self", "now")
        return PatternReading()


@pytest.fixture
def two_words(gateway: Gateway) -> Iterator[Gateway]:
    risk.use(RiskReader(TwoWords()))
    yield gateway
    risk.use(None)


def notices(database: Database) -> list[str]:
    with database.unit_of_work(read_only=True) as db:
        return list(db.scalars(select(Notice.kind).order_by(Notice.id)))


def check_one_case(gateway: Gateway, words: str = DANGER, level: str = "emergency") -> Case:
    [case] = all_cases(gateway.database)
    assert (case.level, case.conversation_id is not None) == (level, True)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert service.count_undelivered(db=db) == 0
        signs = cases.signs_of(db=db, vault=gateway.vault, case=case)
        assert [(sign.words, sign.message_id is not None) for sign in signs] == [(words, True)]
    return case


def test_high_risk_in_the_web_chat_opens_a_case_at_once_and_the_answer_still_comes(
    two_words: Gateway, client: TestClient
) -> None:
    chat = Chat(client)
    assert any("Answer to" in said["text"] for said in chat.say(HIGH, client_id="one"))
    chat.say(HIGH, client_id="one")
    assert check_one_case(two_words, HIGH, "high").channel == "web"
    assert notices(two_words.database) == ["new_case"]
    assert "notify" in two_words.jobs.nudges  # type: ignore[attr-defined]


def test_high_risk_by_sms_opens_a_case_when_it_is_answered(two_words: Gateway, client: TestClient) -> None:
    post_sms(client, "SM1", HIGH)
    assert all_cases(two_words.database) == []
    answering.answer_waiting(two_words)
    check_one_case(two_words, HIGH, "high")


def test_an_answer_that_fails_does_not_open_a_second_case(
    two_words: Gateway, client: TestClient, rasa: PlayedRasa
) -> None:
    rasa.down = True
    Chat(client).say(HIGH)
    check_one_case(two_words, HIGH, "high")
    assert notices(two_words.database) == ["new_case"]


def test_danger_in_the_web_chat_opens_a_case(gateway: Gateway, client: TestClient) -> None:
    chat = Chat(client)
    for _ in range(2):
        chat.say(SAID, client_id="one")
        answering.drain(gateway)
    check_one_case(gateway)


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_danger_while_the_database_is_away_becomes_one_case_of_its_conversation(gateway: Gateway, channel: str) -> None:
    away = TestClient(create_app(without_database(gateway)), raise_server_exceptions=False)
    if channel == "web":
        assert "999" in Chat(away).say(SAID, client_id="one")[0]["text"]
    else:
        assert "999" in post_sms(away, "SM1", SAID).text
    assert all_cases(gateway.database) == []
    answering.drain(gateway)
    answering.drain(gateway)
    case = check_one_case(gateway)
    assert case.language == "en"
    assert notices(gateway.database) == ["emergency"]


def test_two_messages_of_danger_while_the_database_is_away_are_one_case(gateway: Gateway) -> None:
    away = TestClient(create_app(without_database(gateway)), raise_server_exceptions=False)
    post_sms(away, "SM1", SAID)
    post_sms(away, "SM2", SAID)
    answering.drain(gateway)
    [case] = all_cases(gateway.database)
    with gateway.database.unit_of_work(read_only=True) as db:
        assert len(cases.signs_of(db=db, vault=gateway.vault, case=case)) == 2


def test_what_waits_in_the_journal_for_shop_holds_no_name_and_no_number(gateway: Gateway) -> None:
    from webhook.spool_records import ALERT

    away = TestClient(create_app(without_database(gateway)), raise_server_exceptions=False)
    post_sms(away, "SM1", f"my name is Lakshmi and {DANGER}")
    seen: list[str] = []
    gateway.spool.drain(
        gateway.database, {ALERT: lambda db, record: seen.append(str({**record.body, "pseudonym": ""}))}
    )
    assert len(seen) == 1
    assert "Lakshmi" not in seen[0]
    assert NUMBER[1:] not in seen[0]


def test_one_who_asks_for_a_person_gets_a_case(gateway: Gateway, client: TestClient, rasa: PlayedRasa) -> None:
    rasa.answer = {"messages": [{"kind": "notice", "text": "Yes."}], "keep": {"person_asked": True}}
    chat = Chat(client)
    chat.say("I want a person")
    chat.say("please, a person")
    [case] = all_cases(gateway.database)
    assert (case.why, case.level) == ("person_asked", "none")
    assert notices(gateway.database) == ["new_case"]
    assert "person_asked" not in everything(gateway.database, gateway.vault).replace("'person_asked'", "")


def test_a_case_that_cannot_be_opened_costs_no_answer_and_is_opened_later(
    two_words: Gateway, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("webhook.cases.delivery.open_case", broken)
    assert Chat(client).say(HIGH)
    with two_words.database.unit_of_work(read_only=True) as db:
        assert service.count_undelivered(db=db) == 1
    monkeypatch.undo()
    cases.deliver_alerts(database=two_words.database, vault=two_words.vault)
    check_one_case(two_words, HIGH, "high")


def test_after_deletion_the_same_person_begins_anew_beside_the_nameless_case(
    gateway: Gateway, client: TestClient
) -> None:
    from webhook.upkeep import begin_erasure, run_erasures

    post_sms(client, "SM1", SAID)
    answering.drain(gateway)
    case = check_one_case(gateway)
    begin_erasure(gateway, case.conversation_id or 0)
    run_erasures(gateway)
    post_sms(client, "SM2", SAID)
    answering.drain(gateway)
    nameless, fresh = all_cases(gateway.database)
    assert (nameless.conversation_id, nameless.closed_at) == (None, None)
    assert fresh.conversation_id is not None
    assert fresh.name != nameless.name


DELIVERER = """
import os, sys, time
from webhook.cases import service as cases
from webhook.cases import opening
from webhook.database import Database
from webhook.privacy.keyring import Keyring
from webhook.privacy.vault import Vault
keys = Keyring.parse(sys.stdin.readline())
vault = Vault(b"", keys, keys, b"")
real = opening.note_news
def slow(**given):
    real(**given)
    given["db"].flush()
    print("inside", flush=True)
    time.sleep(600)
opening.note_news = slow
cases.deliver_alerts(database=Database(os.environ["TEST_URL"]), vault=vault)
"""


def test_a_process_killed_while_it_opens_a_case_leaves_the_alert_for_the_next(
    database: Database, vault: Vault, receive: Receive
) -> None:
    raise_one(database, vault, receive)
    process = subprocess.Popen(
        [sys.executable, "-c", DELIVERER],
        env={
            **os.environ,
            "TEST_URL": database.engine.url.render_as_string(hide_password=False),
            "PYTHONPATH": str(Path(__file__).parents[3]),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(vault.text_keys.dump())
        process.stdin.flush()
        assert process.stdout.readline() == "inside\n"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert all_cases(database) == []
    assert notices(database) == []
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Alert.delivered_at)).one() is None
    assert cases.deliver_alerts(database=database, vault=vault) == 1
    assert len(all_cases(database)) == 1
    assert notices(database) == ["emergency"]
