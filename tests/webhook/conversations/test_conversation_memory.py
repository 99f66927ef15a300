"""What is remembered of a conversation: menus, opt-outs, sessions, alerts, risk, and what the actions keep."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from webhook.conversations import service
from webhook.conversations.menus import read_number
from webhook.conversations.models import Alert, Conversation, Menu, SealedNumber, WebSession
from webhook.conversations.session_tokens import genuine_until
from webhook.database import Database, utc_now
from webhook.privacy.vault import Vault

Open = Callable[..., Conversation]
CHOICES = [("Minimum wage", "ask/minimum_wage"), ("Deductions", "ask/deductions")]


def test_a_menu_is_chosen_by_number_in_any_script_or_by_its_payload(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    with database.unit_of_work() as db:
        conversation = open_conversation(db)
        items = service.set_menu(db=db, vault=vault, conversation=conversation, choices=CHOICES)
        for said in ("2", " 2. ", "(2)", "२", "২", "٢", "۲", "２", "②", "2️⃣", items[1].payload):
            chosen = service.resolve_menu(db=db, vault=vault, conversation=conversation, said=said)
            assert chosen == items[1], said
        for said in ("", "0", "3", "2 pounds", "two", "ask/deductions", "/ask/deductions", "\ud800", "-2"):
            assert service.resolve_menu(db=db, vault=vault, conversation=conversation, said=said) is None, said


def test_a_payload_is_good_for_its_own_last_menu_only(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    with database.unit_of_work() as db:
        mine, other = open_conversation(db), open_conversation(db, number="+447700900456")
        old = service.set_menu(db=db, vault=vault, conversation=mine, choices=CHOICES)
        service.set_menu(db=db, vault=vault, conversation=other, choices=CHOICES)
        service.set_menu(db=db, vault=vault, conversation=mine, choices=CHOICES)
        for conversation in (mine, other):
            said = old[0].payload
            assert service.resolve_menu(db=db, vault=vault, conversation=conversation, said=said) is None
        service.clear_menu(db=db, conversation=mine)
        assert service.resolve_menu(db=db, vault=vault, conversation=mine, said="1") is None


def test_a_menu_ends_and_shows_no_intent_in_the_database(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    with database.unit_of_work() as db:
        conversation = open_conversation(db)
        service.set_menu(db=db, vault=vault, conversation=conversation, choices=CHOICES)
        assert b"minimum_wage" not in db.scalars(select(Menu.items)).one()
        tomorrow = utc_now() + timedelta(hours=24)
        assert service.resolve_menu(db=db, vault=vault, conversation=conversation, said="1", now=tomorrow) is None


@given(st.text(max_size=8))
def test_any_text_is_a_number_or_none(said: str) -> None:
    number = read_number(said)
    assert number is None or 0 <= number <= 999


def test_stop_and_start_hold_for_one_channel(database: Database) -> None:
    with database.unit_of_work() as db:
        assert not service.opt_in(db=db, channel="sms", pseudonym="p")
        assert service.opt_out(db=db, channel="sms", pseudonym="p")
        assert not service.opt_out(db=db, channel="sms", pseudonym="p")
    with database.unit_of_work() as db:
        assert service.is_opted_out(db=db, channel="sms", pseudonym="p")
        assert not service.is_opted_out(db=db, channel="whatsapp", pseudonym="p")
        assert service.opt_in(db=db, channel="sms", pseudonym="p")
        assert not service.is_opted_out(db=db, channel="sms", pseudonym="p")


def test_a_session_opens_its_own_conversation_until_it_ends(database: Database, vault: Vault) -> None:
    with database.unit_of_work() as db:
        token, conversation = service.open_web_session(db=db, vault=vault)
        other, _ = service.open_web_session(db=db, vault=vault)
        assert token != other
    with database.unit_of_work() as db:
        found = service.session_conversation(db=db, token=token)
        assert found is not None
        assert found.id == conversation.id
        expired = utc_now() + timedelta(hours=12, seconds=1)
        assert service.session_conversation(db=db, token=token, now=expired) is None
        assert token not in str(db.execute(select(WebSession)).all())
        assert service.end_web_session(db=db, token=token)
        assert not service.end_web_session(db=db, token=token)
        assert service.session_conversation(db=db, token=token) is None
        assert service.adopt_web_session(db=db, vault=vault, token=token) is None
        assert service.session_conversation(db=db, token=other) is not None


@pytest.mark.parametrize("token", ["", "x", "\ud800", "é" * 50, "A" * 59, "A" * 100_000, "' OR 1=1 --"])
def test_a_forged_session_opens_nothing(database: Database, vault: Vault, token: str) -> None:
    with database.unit_of_work() as db:
        assert service.session_conversation(db=db, token=token) is None
        assert service.adopt_web_session(db=db, vault=vault, token=token) is None
    assert not service.is_genuine(vault, token, now=utc_now())


def test_a_token_is_known_as_genuine_without_the_database(vault: Vault) -> None:
    now = utc_now()
    token = service.new_token(vault, now=now)
    assert service.is_genuine(vault, token, now=now)
    assert not service.is_genuine(vault, token, now=now + timedelta(hours=13))
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    for place in range(len(raw)):
        altered = bytes(raw[:place]) + bytes([raw[place] ^ 1]) + bytes(raw[place + 1 :])
        assert genuine_until(vault, base64.urlsafe_b64encode(altered).decode().rstrip("=")) is None


def test_a_token_given_while_the_database_was_away_opens_one_conversation_later(
    database: Database, vault: Vault
) -> None:
    token = service.new_token(vault, now=utc_now())
    ids = set()
    for _ in range(2):
        with database.unit_of_work() as db:
            conversation = service.adopt_web_session(db=db, vault=vault, token=token)
            assert conversation is not None
            ids.add(conversation.id)
    assert len(ids) == 1
    with database.unit_of_work() as db:
        assert service.session_conversation(db=db, token=token) is not None


def test_the_same_alert_is_raised_once_and_delivered_once(database: Database) -> None:
    uid = service.alert_uid(provider="twilio", provider_id="SM1", pseudonym="p")
    with database.unit_of_work() as db:
        assert service.raise_alert(db=db, uid=uid, level="emergency", channel="sms", opted_out=True)
        assert not service.raise_alert(db=db, uid=uid, level="emergency", channel="sms")
    with database.unit_of_work() as db:
        [alert] = service.undelivered_alerts(db=db)
        assert service.count_undelivered(db=db) == 1
        service.mark_delivered(db=db, alert_id=alert.id)
    with database.unit_of_work() as db:
        assert service.undelivered_alerts(db=db) == []
        assert db.scalars(select(Alert.opted_out)).one()


def test_the_highest_risk_holds(database: Database, open_conversation: Open) -> None:
    with database.unit_of_work() as db:
        conversation = open_conversation(db)
        assert service.raise_risk(db=db, conversation=conversation, level="high") == "none"
        assert service.raise_risk(db=db, conversation=conversation, level="concern") == "high"
        assert conversation.highest_risk == "high"


def test_what_actions_keep_is_encrypted_merged_and_forgotten_by_name(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    with database.unit_of_work() as db:
        service.keep(db=db, vault=vault, conversation=open_conversation(db), values={"safe": "mangoes", "n": 1})
    with database.unit_of_work() as db:
        conversation = open_conversation(db)
        service.keep(db=db, vault=vault, conversation=conversation, values={"n": None, "m": 2})
        assert service.kept(vault=vault, conversation=conversation) == {"safe": "mangoes", "m": 2}
        assert conversation.kept is not None
        assert b"mangoes" not in conversation.kept


def test_the_number_is_sealed_apart_and_opens_for_the_reply(
    database: Database, vault: Vault, open_conversation: Open
) -> None:
    with database.unit_of_work() as db:
        conversation = open_conversation(db, number="+447700900456")
        assert service.number_of(db=db, vault=vault, conversation=conversation) == "+447700900456"
        assert b"7700900456" not in db.scalars(select(SealedNumber.sealed)).one()
        assert "7700900456" not in conversation.pseudonym


def test_only_the_day_a_person_was_last_seen_is_kept(database: Database, open_conversation: Open) -> None:
    tomorrow = utc_now() + timedelta(days=1)
    with database.unit_of_work() as db:
        open_conversation(db)
    with database.unit_of_work() as db:
        assert open_conversation(db, now=tomorrow).last_seen == tomorrow.date()
        assert open_conversation(db).last_seen == tomorrow.date(), "a late message does not turn the day back"


def test_the_time_of_the_message_before_is_found(database: Database, receive: Callable[..., object]) -> None:
    start = utc_now() - timedelta(hours=1)
    with database.unit_of_work() as db:
        receive(db, "SM1", received_at=start)
        second = receive(db, "SM2", received_at=start + timedelta(minutes=20))
        conversation = db.scalars(select(Conversation)).one()
        assert service.last_inbound_at(db=db, conversation=conversation, before=second.id) == start  # type: ignore[attr-defined]
        assert service.last_inbound_at(db=db, conversation=conversation) == start + timedelta(minutes=20)
