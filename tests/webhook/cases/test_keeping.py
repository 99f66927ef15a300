"""How long a case keeps what: nameless until closed, its words for a while after, nothing of a person who left."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from tests.webhook.cases.rooms import Receive, all_cases, everything, raise_one
from webhook.cases import service as cases
from webhook.cases.models import Case, CaseSign, CaseTranscript
from webhook.conversations import service
from webhook.conversations.models import Conversation, Message, SealedNumber
from webhook.database import Database, utc_now
from webhook.privacy.erasure import database_eraser, request_erasure, run_erasures
from webhook.privacy.retention import purge
from webhook.privacy.vault import Vault
from webhook.settings import get_settings

WORDS = "my name is Lakshmi and he has a knife, ring 07700 900456"


def opened(database: Database, vault: Vault, receive: Receive, level: str = "emergency") -> Case:
    raise_one(database, vault, receive, text=WORDS, level=level)
    cases.deliver_alerts(database=database, vault=vault)
    with database.unit_of_work() as db:  # signs are redacted where they are seen; here they were put in as they are
        for sign in db.scalars(select(CaseSign)):
            sign.words = vault.encrypt("he has a knife", table="case_signs", uid=sign.uid)
    return all_cases(database)[0]


def erase(database: Database, vault: Vault) -> None:
    with database.unit_of_work() as db:
        conversation = db.scalars(select(Conversation)).one()
        request_erasure(db=db, vault=vault, conversation=conversation, stores=["database"])
    run_erasures(database=database, vault=vault, erasers={"database": database_eraser(database)})


def test_the_conversation_is_read_without_names_and_numbers(database: Database, vault: Vault, receive: Receive) -> None:
    case = opened(database, vault, receive)
    with database.unit_of_work() as db:
        receive(db, "SM2", "they hit lakshmi again")
        lines = cases.transcript(db=db, vault=vault, case=case)
    assert [(line.sender, line.text) for line in lines] == [
        ("worker", "my name is [name] and he has a knife, ring [phone]"),
        ("worker", "they hit [name] again"),
    ]


def test_deleting_leaves_an_open_case_nameless_and_says_that_it_was_asked(
    database: Database, vault: Vault, receive: Receive
) -> None:
    case = opened(database, vault, receive)
    identity = cases.Identity(name="Lakshmi")
    with database.unit_of_work() as db:
        cases.record_choice(
            db=db, vault=vault, case=case, choice=cases.Choice.SHARE, identity=identity, passed_on="Lakshmi"
        )
        cases.mark_opened(db=db, case=case, staff="7")
    erase(database, vault)
    held = everything(database, vault)
    assert "lakshmi" not in held.lower()
    assert "900456" not in held
    [left] = all_cases(database)
    assert (left.closed_at, left.conversation_id) == (None, None)
    assert left.deletion_asked_at is not None
    with database.unit_of_work(read_only=True) as db:
        assert db.scalar(select(func.count(Message.id))) == 0
        summary = cases.summary(db=db, case=left)
        assert (summary.deletion_asked, summary.reachable, summary.unread) == (True, False, True)
        assert [line.text for line in cases.transcript(db=db, vault=vault, case=left)] == [
            "my name is [removed] and he has a knife, ring [phone]"
        ]
        assert cases.signs_of(db=db, vault=vault, case=left)[0].words == "he has a knife"
        assert "deletion_asked" in [event.act for event in cases.timeline(db=db, case=left)]


def test_deleting_empties_and_closes_a_case_without_high_risk(
    database: Database, vault: Vault, receive: Receive
) -> None:
    with database.unit_of_work() as db:
        receive(db, "SM1", WORDS)
        conversation = db.scalars(select(Conversation)).one()
        made = cases.open_case(
            db=db,
            vault=vault,
            cause="p/person",
            why=cases.Why.PERSON_ASKED,
            level="concern",
            channel="sms",
            conversation=conversation,
        )
        cases.keep_transcript(db=db, vault=vault, case=made.case)
    erase(database, vault)
    [left] = all_cases(database)
    assert (left.state, left.close_reason) == ("closed", "deleted_by_worker")
    with database.unit_of_work(read_only=True) as db:
        assert db.scalar(select(func.count()).select_from(CaseTranscript)) == 0


def test_deleting_takes_the_words_out_of_closed_cases_too(database: Database, vault: Vault, receive: Receive) -> None:
    case = opened(database, vault, receive)
    with database.unit_of_work() as db:
        cases.keep_transcript(db=db, vault=vault, case=case)
        cases.close_case(db=db, case=case, reason=cases.CloseReason.HELPED, staff="7")
    erase(database, vault)
    assert "knife" not in everything(database, vault)


def test_a_key_that_is_missing_keeps_nobody_from_deleting(database: Database, vault: Vault, receive: Receive) -> None:
    from dataclasses import replace

    from webhook.privacy.keyring import Keyring

    opened(database, vault, receive)
    erase(database, replace(vault, text_keys=Keyring.new("k9")))
    [left] = all_cases(database)
    assert left.deletion_asked_at is not None


def test_words_of_an_open_case_are_copied_before_they_are_emptied(
    database: Database, vault: Vault, receive: Receive
) -> None:
    case = opened(database, vault, receive)
    settings = get_settings()
    later = utc_now() + timedelta(days=settings.text_days + 1)
    purge(database, now=later, settings=settings)
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Message)).one().payload is not None, "not copied yet"
    assert cases.keep_expiring(database, vault, now=later) == 1
    assert cases.keep_expiring(database, vault, now=later) == 0
    purge(database, now=later, settings=settings)
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Message)).one().payload is None
        assert [line.text for line in cases.transcript(db=db, vault=vault, case=case)] == [
            "my name is [name] and he has a knife, ring [phone]"
        ]


def test_an_open_case_keeps_the_way_to_its_person_and_a_closed_one_does_not(
    database: Database, vault: Vault, receive: Receive
) -> None:
    case = opened(database, vault, receive)
    settings = get_settings()
    later = utc_now() + timedelta(days=400)
    cases.keep_expiring(database, vault, now=later)
    purge(database, now=later, settings=settings)
    with database.unit_of_work() as db:
        assert db.scalar(select(func.count()).select_from(SealedNumber)) == 1
        assert db.scalar(select(func.count(Conversation.id))) == 1
        cases.close_case(db=db, case=case, reason=cases.CloseReason.NO_CONTACT, staff="7", at=later)
    purge(database, now=later, settings=settings)
    with database.unit_of_work(read_only=True) as db:
        assert db.scalar(select(func.count(Conversation.id))) == 0
        assert cases.signs_of(db=db, vault=vault, case=case) != []
    after = later + timedelta(days=settings.case_text_days + 1)
    purge(database, now=after, settings=settings)
    assert "knife" not in everything(database, vault)
    assert [(left.level, left.close_reason) for left in all_cases(database)] == [("emergency", "no_contact")]
    purge(database, now=later + timedelta(days=settings.case_row_days + 1), settings=settings)
    assert all_cases(database) == []


def test_a_case_nobody_closes_is_never_purged(database: Database, vault: Vault, receive: Receive) -> None:
    opened(database, vault, receive)
    later = utc_now() + timedelta(days=4000)
    cases.keep_expiring(database, vault, now=later)
    purge(database, now=later, settings=get_settings())
    [left] = all_cases(database)
    with database.unit_of_work(read_only=True) as db:
        assert cases.signs_of(db=db, vault=vault, case=left)[0].words == "he has a knife"
        assert service.count_undelivered(db=db) == 0
