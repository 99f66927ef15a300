"""A case is opened at once, once, without identity; what comes later adds to it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from tests.webhook.cases.rooms import NUMBER, Receive, all_cases, everything, raise_one
from webhook.cases import names
from webhook.cases import service as cases
from webhook.cases.models import Case, CaseEvent, CaseSign
from webhook.conversations import service
from webhook.conversations.models import Alert, Conversation, Message
from webhook.database import Database
from webhook.notifications.models import Notice
from webhook.privacy.vault import Vault

OTHER = "+447700900456"


def deliver(database: Database, vault: Vault) -> int:
    return cases.deliver_alerts(database=database, vault=vault)


def acts(database: Database) -> list[str]:
    with database.unit_of_work(read_only=True) as db:
        return list(db.scalars(select(CaseEvent.act).order_by(CaseEvent.id)))


def kinds(database: Database) -> list[str]:
    with database.unit_of_work(read_only=True) as db:
        return list(db.scalars(select(Notice.kind).order_by(Notice.id)))


def test_an_alert_becomes_a_case_with_its_signs_and_one_notice(
    database: Database, vault: Vault, receive: Receive
) -> None:
    raise_one(database, vault, receive)
    assert deliver(database, vault) == 1
    assert deliver(database, vault) == 0
    [case] = all_cases(database)
    assert (case.level, case.state, case.choice, case.language, case.channel) == (
        "emergency",
        "new",
        "none_yet",
        "en",
        "sms",
    )
    assert len(case.name.split()) == 2
    assert names.read_reference(case.reference) == case.reference
    with database.unit_of_work(read_only=True) as db:
        [sign] = cases.signs_of(db=db, vault=vault, case=case)
        assert (sign.sign, sign.level, sign.words) == ("weapon", "emergency", "he has a knife")
        assert sign.message_id is not None
        alert = db.scalars(select(Alert)).one()
        assert alert.delivered_at is not None
        assert alert.signs is None
        assert cases.summary(db=db, case=case).signs == ("weapon",)
    assert kinds(database) == ["emergency"]
    assert acts(database) == ["opened"]


def test_the_same_alert_twice_is_one_case_and_one_notice(database: Database, vault: Vault, receive: Receive) -> None:
    uid = raise_one(database, vault, receive)
    for _ in range(3):
        with database.unit_of_work() as db:
            conversation = db.scalars(select(Conversation)).one()
            cases.open_case(db=db, vault=vault, cause=uid, level="emergency", channel="sms", conversation=conversation)
    assert deliver(database, vault) == 1
    assert len(all_cases(database)) == 1
    assert kinds(database) == ["emergency"]
    with database.unit_of_work(read_only=True) as db:
        assert db.scalar(select(func.count(CaseSign.id))) == 1


def test_further_danger_adds_signs_and_the_level_only_rises(database: Database, vault: Vault, receive: Receive) -> None:
    for place, level in enumerate(("high", "emergency", "high")):
        raise_one(database, vault, receive, sid=f"SM{place}", text=f"words {place}", level=level)
        deliver(database, vault)
    [case] = all_cases(database)
    assert case.level == "emergency"
    assert acts(database) == ["opened", "signs_added", "level_rose", "signs_added"]
    assert kinds(database) == ["new_case", "emergency"], "what waits unread is not announced twice"
    with database.unit_of_work(read_only=True) as db:
        assert [sign.words for sign in cases.signs_of(db=db, vault=vault, case=case)] == [
            "words 0",
            "words 1",
            "words 2",
        ]


def test_after_it_was_read_new_danger_is_announced_again(database: Database, vault: Vault, receive: Receive) -> None:
    raise_one(database, vault, receive, sid="SM1")
    deliver(database, vault)
    with database.unit_of_work() as db:
        cases.mark_opened(db=db, case=db.scalars(select(Case)).one(), staff="7")
    raise_one(database, vault, receive, sid="SM2", level="high")
    raise_one(database, vault, receive, sid="SM3", level="emergency")
    deliver(database, vault)
    assert kinds(database) == ["emergency", "news", "emergency"]
    [case] = all_cases(database)
    assert case.alarm_at is not None


def test_after_a_case_was_closed_danger_opens_another(database: Database, vault: Vault, receive: Receive) -> None:
    raise_one(database, vault, receive, sid="SM1")
    deliver(database, vault)
    with database.unit_of_work() as db:
        case = db.scalars(select(Case)).one()
        cases.close_case(db=db, case=case, reason=cases.CloseReason.HELPED, staff="7")
    with pytest.raises(cases.CaseIsClosed), database.unit_of_work() as db:
        cases.close_case(db=db, case=case, reason=cases.CloseReason.HELPED, staff="7")
    raise_one(database, vault, receive, sid="SM2")
    deliver(database, vault)
    first, second = all_cases(database)
    assert (first.state, second.state) == ("closed", "new")
    assert first.reference != second.reference


def test_one_that_asks_for_a_person_gets_a_case_at_any_level_once(
    database: Database, vault: Vault, receive: Receive
) -> None:
    with database.unit_of_work() as db:
        receive(db, "SM1", "can I talk to somebody")
    for cause in ("one/person", "one/person", "two/person", "two/person"):
        with database.unit_of_work() as db:
            conversation = db.scalars(select(Conversation)).one()
            cases.open_case(
                db=db,
                vault=vault,
                cause=cause,
                why=cases.Why.PERSON_ASKED,
                level="none",
                channel="sms",
                conversation=conversation,
            )
            assert cases.case_reference(db=db, conversation=conversation) is not None
    [case] = all_cases(database)
    assert (case.level, case.why) == ("none", "person_asked")
    assert acts(database) == ["opened", "person_asked"]
    assert kinds(database) == ["new_case"]


def test_a_joke_is_recorded_and_lowers_nothing(database: Database, vault: Vault, receive: Receive) -> None:
    raise_one(database, vault, receive)
    with database.unit_of_work() as db:
        assert not cases.note_joke(db=db, conversation=db.scalars(select(Conversation)).one())
    deliver(database, vault)
    with database.unit_of_work() as db:
        assert cases.note_joke(db=db, conversation=db.scalars(select(Conversation)).one(), message_id=1)
    assert acts(database) == ["opened", "joke_said"]
    assert all_cases(database)[0].level == "emergency"


def test_many_at_once_open_one_case_of_a_conversation_and_lose_no_sign(
    database: Database, vault: Vault, receive: Receive
) -> None:
    for place in range(8):
        raise_one(database, vault, receive, sid=f"SM{place}", text=f"words {place}", level="high")
    together = threading.Barrier(4)

    def run(_: int) -> int:
        together.wait()
        return deliver(database, vault)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    deliver(database, vault)
    [case] = all_cases(database)
    assert kinds(database) == ["new_case"]
    with database.unit_of_work(read_only=True) as db:
        assert len(cases.signs_of(db=db, vault=vault, case=case)) == 8
        assert service.count_undelivered(db=db) == 0


def test_two_open_cases_never_have_one_name(
    database: Database, vault: Vault, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "new_name", lambda: "Amber Meadow")
    for place, number in enumerate((NUMBER, OTHER)):
        raise_one(database, vault, receive, sid=f"SM{place}", number=number)
    deliver(database, vault)
    first, second = (case.name for case in all_cases(database))
    assert first == "Amber Meadow"
    assert second.startswith("Amber Meadow ")
    assert second != first


def test_a_reference_that_is_taken_is_drawn_again(
    database: Database, vault: Vault, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["SW-AAAA-AA", "SW-AAAA-AA", "SW-AAAA-AB"])
    monkeypatch.setattr(names, "new_reference", lambda: next(drawn))
    for place, number in enumerate((NUMBER, OTHER)):
        raise_one(database, vault, receive, sid=f"SM{place}", number=number)
    deliver(database, vault)
    assert [case.reference for case in all_cases(database)] == ["SW-AAAA-AA", "SW-AAAA-AB"]


def test_an_alert_that_cannot_be_brought_stays_and_stops_no_other(
    database: Database, vault: Vault, receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = raise_one(database, vault, receive, sid="SM1")
    raise_one(database, vault, receive, sid="SM2", number=OTHER)
    real = cases.open_case

    def breaks(**given: object) -> object:
        if given["cause"] == poison:
            raise IntegrityError("broken", {}, Exception("broken"))
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr("webhook.cases.delivery.open_case", breaks)
    assert deliver(database, vault) == 1
    with database.unit_of_work() as db:
        assert service.count_undelivered(db=db) == 1
        assert cases.deliver_now(db=db, vault=vault, uid=poison) is None
    monkeypatch.undo()
    assert deliver(database, vault) == 1


def test_an_alert_that_came_before_its_conversation_is_told_whose_it_is(
    database: Database, vault: Vault, receive: Receive
) -> None:
    with database.unit_of_work() as db:
        service.raise_alert(db=db, uid="early", level="emergency", channel="sms")
    deliver(database, vault)
    assert all_cases(database)[0].conversation_id is None
    with database.unit_of_work() as db:
        message = receive(db, "SM1", "words")
        conversation = db.get_one(Conversation, message.conversation_id)
        for _ in range(2):
            cases.link_conversation(db=db, uid="early", conversation=conversation, message_id=message.id)
    [case] = all_cases(database)
    assert case.conversation_id is not None
    with database.unit_of_work(read_only=True) as db:
        assert cases.signs_of(db=db, vault=vault, case=case)[0].message_id is not None


def test_a_stray_case_joins_the_one_its_conversation_has(database: Database, vault: Vault, receive: Receive) -> None:
    raise_one(database, vault, receive, sid="SM1", level="high")
    with database.unit_of_work() as db:
        service.raise_alert(db=db, uid="stray", level="emergency", channel="sms")
    deliver(database, vault)
    with database.unit_of_work() as db:
        conversation = db.scalars(select(Conversation)).one()
        cases.link_conversation(db=db, uid="stray", conversation=conversation)
    home, stray = all_cases(database)
    assert (home.level, home.alarm_at is not None) == ("emergency", True)
    assert (stray.state, stray.close_reason) == ("closed", "same_conversation")
    with database.unit_of_work(read_only=True) as db:
        assert len(cases.signs_of(db=db, vault=vault, case=home)) == 2
        waiting = db.execute(select(Notice.case_id, Notice.kind).where(Notice.status == "queued")).all()
        assert sorted(waiting) == [(home.id, "emergency"), (home.id, "new_case")]


def test_bringing_alerts_and_finding_their_conversations_do_not_hold_each_other_up(
    database: Database, vault: Vault, receive: Receive
) -> None:
    uids = [raise_one(database, vault, receive, sid=f"SM{place}", level="high") for place in range(12)]
    with database.unit_of_work() as db:
        db.execute(update(Alert).values(message_id=None))
        message = db.scalars(select(Message).order_by(Message.id)).first()
        assert message is not None
    together = threading.Barrier(2)

    def link() -> None:
        together.wait()
        for uid in uids:
            with database.unit_of_work() as db:
                conversation = service.lock(db=db, conversation_id=message.conversation_id)
                assert conversation is not None
                cases.link_conversation(db=db, uid=uid, conversation=conversation, message_id=message.id)

    def bring() -> None:
        together.wait()
        deliver(database, vault)

    with ThreadPoolExecutor(2) as pool:
        for running in (pool.submit(link), pool.submit(bring)):
            running.result()
    deliver(database, vault)
    [case] = all_cases(database)
    with database.unit_of_work(read_only=True) as db:
        signs = cases.signs_of(db=db, vault=vault, case=case)
        assert [sign.message_id for sign in signs] == [message.id] * 12


def test_signs_are_kept_without_names_and_encrypted(database: Database, vault: Vault) -> None:
    from understanding.risk import Sign

    text = "my name is Lakshmi and he locks Lakshmi in, call 07700 900123"
    shown = cases.shown(text, "high", [Sign("locked_in", "he locks Lakshmi in", "high")])
    assert [sign.words for sign in shown] == ["he locks [name] in"]
    [whole] = cases.shown(text, "high", [])
    assert (whole.sign, whole.words) == (None, "my name is [name] and he locks [name] in, call [phone]")
    assert "Lakshmi" not in everything(database, vault)


def test_a_fault_in_masking_costs_the_words_and_not_the_alert(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("my secret words")

    monkeypatch.setattr("webhook.cases.signs.redact_part", broken)
    [sign] = cases.shown("my secret words", "emergency", [])
    assert (sign.level, sign.words) == ("emergency", "")
