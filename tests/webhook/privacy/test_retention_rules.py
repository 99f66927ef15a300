"""Every table has its rule, stands in the document, and keeps nothing past it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tests.webhook.staff.desk import write_on_it
from tests.webhook.staff.people import sign_somebody_in
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.conversations import return_phrases, service
from webhook.conversations.models import Conversation, DrainedRecord, EarlyCallback, Message
from webhook.conversations.upsert import add_one
from webhook.database import Base, Database, utc_now
from webhook.privacy.erasure import request_erasure, run_erasures
from webhook.privacy.retention import RULES, overdue, purge, purge_files
from webhook.privacy.vault import Vault
from webhook.questions.models import QuestionCount, UnansweredQuestion
from webhook.settings import Settings, get_settings
from webhook.switches.models import SwitchedOff
from webhook.translation import replies
from webhook.translation.models import CaseTranslation, MachineAnswer

DOCUMENT = Path(__file__).parents[3] / "docs" / "retention.md"


@pytest.fixture
def settings() -> Settings:
    return get_settings()


def fill(database: Database, vault: Vault, receive: Callable[..., Message], now: datetime) -> None:
    """Put at least one row into every table."""
    with database.unit_of_work() as db:
        message = receive(db, "SM1", "words")
        conversation = db.scalars(select(Conversation)).one()
        service.record_replies(
            db=db,
            vault=vault,
            conversation_id=conversation.id,
            replies=[service.Reply("answer", service.Content("reply"))],
            in_reply_to=message.id,
            provider="twilio",
            status="held",
        )
        service.set_menu(db=db, vault=vault, conversation=conversation, choices=[("a", "b")])
        service.keep(db=db, vault=vault, conversation=conversation, values={"a": 1})
        service.opt_out(db=db, channel="sms", pseudonym=conversation.pseudonym)
        _, on_the_web = service.open_web_session(db=db, vault=vault)
        return_phrases.give(db=db, vault=vault, conversation=on_the_web)
        service.advance_status(db=db, provider="twilio", provider_id="unknown", status="sent")
        uid = service.alert_uid(provider="twilio", provider_id="SM1", pseudonym=conversation.pseudonym)
        service.raise_alert(db=db, uid=uid, level="emergency", channel="sms", conversation_id=conversation.id)
        opened = cases.deliver_now(db=db, vault=vault, uid=uid)
        assert opened is not None
        cases.record_choice(db=db, vault=vault, case=opened.case, choice=cases.Choice.ANONYMOUS)
        cases.keep_transcript(db=db, vault=vault, case=opened.case)
        write_on_it(db, vault, opened.case)
        translate_it(db, vault, opened.case, message)
        cases.close_case(db=db, case=opened.case, reason=cases.CloseReason.HELPED, staff="1")
        db.add(DrainedRecord(id="r1", drained_at=now))
        db.add(SwitchedOff(kind="channel", value="sms", since=now))
        add_one(db, QuestionCount, "conversations", month=f"{now:%Y-%m}", dimension="topic", value="sick_pay")
        words = vault.encrypt({"words": "words", "vector": ""}, table="unanswered_questions", uid="q")
        db.add(
            UnansweredQuestion(
                uid="q", conversation_id=conversation.id, language="en", outcome="out_of_scope", asked_on=now.date(),
                words=words,
            )
        )  # fmt: skip
        sign_somebody_in(db, vault)
        _, erased = service.open_web_session(db=db, vault=vault)
        request_erasure(db=db, vault=vault, conversation=erased, stores=["tracker"])
    run_erasures(database=database, vault=vault, erasers={"tracker": lambda target: 1})


def translate_it(db: Session, vault: Vault, case: Case, message: Message) -> None:
    """A row in every table of translations."""
    db.add(CaseTranslation(case_id=case.id, message_id=message.id, uid="t", made_at=utc_now(), words=b"w"))
    replies.ask(db=db, vault=vault, case=case, staff="1", english="words")
    db.add(MachineAnswer(language="pl", english_hash="0" * 64, text="words", made_at=utc_now()))
    db.flush()


def rows(database: Database) -> dict[str, int]:
    with database.unit_of_work(read_only=True) as db:
        return {
            table.name: db.scalar(select(func.count()).select_from(table)) or 0 for table in Base.metadata.sorted_tables
        }


def test_every_table_has_a_rule_and_stands_in_the_document() -> None:
    tables = {table.name for table in Base.metadata.sorted_tables}
    assert {rule.table for rule in RULES} == tables
    document = DOCUMENT.read_text(encoding="utf-8")
    assert [table for table in sorted(tables) if f"`{table}`" not in document] == []


def test_the_document_names_every_setting_of_a_term() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    terms = [name for name in Settings.model_fields if name.endswith("_days")]
    assert [name for name in terms if f"`{name}`" not in document] == []
    for name in terms:
        default = Settings.model_fields[name].default
        assert f"| `{name}` | {default} |" in document, name


def test_nothing_goes_before_its_time(
    database: Database, vault: Vault, receive: Callable[..., Message], settings: Settings
) -> None:
    now = utc_now()
    fill(database, vault, receive, now)
    before = rows(database)
    assert all(before.values()), "every table must hold a row for this test to mean anything"
    counts = purge(database, now=now, settings=settings)
    after = rows(database)
    assert after == {**before, "erasure_steps": 0}
    assert sum(counts.values()) == 1


def test_past_every_term_nothing_is_left(
    database: Database, vault: Vault, receive: Callable[..., Message], settings: Settings
) -> None:
    now = utc_now()
    fill(database, vault, receive, now)
    counts = purge(database, now=now + timedelta(days=4000), settings=settings, batch=1)
    left = rows(database)
    assert left.pop("switched_off") == 1, "what is switched off does not switch itself on"
    assert left == dict.fromkeys(left, 0)
    assert [table for table in left if not counts[table]] == []
    assert purge(database, now=now + timedelta(days=4000), settings=settings) == dict.fromkeys(counts, 0)


def test_expired_words_are_emptied_and_their_rows_are_no_jobs_any_more(
    database: Database, vault: Vault, receive: Callable[..., Message], settings: Settings
) -> None:
    now = utc_now()
    fill(database, vault, receive, now)
    later = now + timedelta(days=settings.text_days, seconds=1)
    with database.unit_of_work(read_only=True) as db:
        assert overdue(db, now=later) == 2
    purge(database, now=later, settings=settings)
    with database.unit_of_work() as db:
        assert overdue(db, now=later) == 0
        assert db.scalars(select(Message.payload)).all() == [None, None]
        assert service.claim_waiting(db=db, now=later) == []
        conversation = db.scalars(select(Conversation).where(Conversation.channel == "sms")).one()
        assert not service.has_held(db=db, conversation=conversation)
        message = service.messages_after(db=db, conversation=conversation)[0]
        assert service.read_content(vault, message) is None


def test_a_number_goes_when_its_person_has_been_silent(
    database: Database, vault: Vault, receive: Callable[..., Message], settings: Settings
) -> None:
    with database.unit_of_work() as db:
        receive(db, "SM1")
    silent = utc_now() + timedelta(days=settings.number_days + 1)
    purge(database, now=silent, settings=settings)
    with database.unit_of_work() as db:
        conversation = db.scalars(select(Conversation)).one()
        assert service.number_of(db=db, vault=vault, conversation=conversation) is None


def test_an_alert_nobody_was_told_of_never_goes(database: Database, settings: Settings) -> None:
    with database.unit_of_work() as db:
        service.raise_alert(db=db, uid="u", level="emergency", channel="sms")
    purge(database, now=utc_now() + timedelta(days=4000), settings=settings)
    assert rows(database)["alerts"] == 1


def test_a_deletion_that_waits_keeps_its_steps(database: Database, vault: Vault, settings: Settings) -> None:
    with database.unit_of_work() as db:
        _, conversation = service.open_web_session(db=db, vault=vault)
        request_erasure(db=db, vault=vault, conversation=conversation)
    purge(database, now=utc_now() + timedelta(days=4000), settings=settings)
    left = rows(database)
    assert (left["deletions"], left["erasure_steps"]) == (1, 4)


def test_emptied_words_are_gone_from_the_files_of_sqlite_too(
    sqlite_url: str, tmp_path: Path, settings: Settings
) -> None:
    database = Database(sqlite_url)
    marker = "canary-of-the-page"
    with database.unit_of_work() as db:
        db.add(EarlyCallback(provider="twilio", provider_id=marker, status="sent", received_at=utc_now()))
    assert any(marker.encode() in path.read_bytes() for path in tmp_path.glob("test.db*"))
    purge(database, now=utc_now() + timedelta(days=3), settings=settings)
    assert not any(marker.encode() in path.read_bytes() for path in tmp_path.glob("test.db*"))
    with database.unit_of_work(read_only=True) as db:
        assert db.execute(text("PRAGMA secure_delete")).scalar() == 1


def test_damaged_lines_of_the_spool_go_with_age(tmp_path: Path, settings: Settings) -> None:
    damaged = tmp_path / "spool.damaged"
    damaged.write_bytes(b"x\n")
    assert purge_files(tmp_path, settings=settings) == 0
    assert purge_files(tmp_path, now=utc_now() + timedelta(days=settings.text_days + 1), settings=settings) == 1
    assert not damaged.exists()
