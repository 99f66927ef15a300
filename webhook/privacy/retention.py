"""How long each table keeps what, and the purge that holds to it. The same table for people: docs/retention.md."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, select, update
from sqlalchemy.orm import Session

from webhook.accounts.models import FailedTry, RecoveryCode, StaffAccount, StaffDevice, StaffLink, StaffSession
from webhook.audit.models import AuditEntry
from webhook.cases.desk_models import CaseChecklist, CaseHandOn, CaseMark, CaseNote
from webhook.cases.models import Case, CaseChoice, CaseEvent, CaseSign, CaseTranscript
from webhook.conversations.models import (
    Alert,
    Conversation,
    DrainedRecord,
    EarlyCallback,
    Menu,
    Message,
    OptOut,
    ReturnPhrase,
    SealedNumber,
    WebSession,
)
from webhook.database import Base, Database, utc_now
from webhook.notifications.models import Notice
from webhook.privacy.models import Deletion, ErasureStep
from webhook.privacy.past_terms import (
    closed_before,
    line_gone,
    of_closed,
    of_silent,
    of_unused_account,
    silent_conversation,
    unused_account,
)
from webhook.questions.models import QuestionCount, UnansweredQuestion
from webhook.settings import Settings, get_settings
from webhook.translation.models import CaseTranslation, MachineAnswer, ReplyTranslation

BATCH = 500
"""Rows of one transaction: small enough that a worker's message never waits long for the purge."""

EARLY_CALLBACK_DAYS = 2
DRAINED_RECORD_DAYS = 30
STAFF_DEVICE_DAYS = 180
FAILED_TRY_DAYS = 1
MACHINE_ANSWER_DAYS = 90


def text_expires_at(received_at: datetime) -> datetime:
    """Return when the words of a message received then are emptied."""
    return received_at + timedelta(days=get_settings().text_days)


@dataclass(frozen=True)
class Rule:
    """What happens to rows of one table: what is kept, how long, and one batch of the purge (returns its count)."""

    table: str
    keeps: str
    purge: Callable[[Session, datetime, Settings, int], int]


def _delete(model: type[Base], condition: Callable[[datetime, Settings], ColumnElement[bool]]) -> Any:
    """Make a purge that deletes rows of a table that meet a condition, a batch at a time."""

    def purge(db: Session, now: datetime, settings: Settings, batch: int) -> int:
        keys = list(model.__table__.primary_key)
        rows = db.execute(select(*keys).where(condition(now, settings)).limit(batch)).all()
        for row in rows:
            matches = [key == value for key, value in zip(keys, row, strict=True)]
            db.execute(delete(model).where(*matches).execution_options(synchronize_session=False))
        return len(rows)

    return purge


def _wanted_by_a_case() -> ColumnElement[bool]:
    """Words of an open case that are not in its redacted copy yet (``cases/transcript.py`` copies them first)."""
    return and_(
        Message.payload.is_not(None),
        exists(
            select(Case.id).where(
                Case.conversation_id == Message.conversation_id,
                Case.closed_at.is_(None),
                Case.copied_up_to < Message.id,
            )
        ),
    )


def _due_texts(now: datetime, batch: int) -> Select[int]:
    due = (Message.payload.is_not(None), Message.expires_at <= now, ~_wanted_by_a_case())
    return select(Message.id).where(*due).limit(batch)


def _empty_texts(db: Session, now: datetime, settings: Settings, batch: int) -> int:
    """Empty expired words; what was never answered or sent by then never will be."""
    ids = db.scalars(_due_texts(now, batch)).all()
    if ids:
        quietly = {"synchronize_session": False}
        unanswered = and_(Message.id.in_(ids), Message.direction == "in", Message.answered_at.is_(None))
        unsent = and_(Message.id.in_(ids), Message.status.in_(("held", "awaits_word", "queued", "sending")))
        given_up = {"lease": None, "leased_until": None}
        db.execute(
            update(Message).where(unanswered).values(status="expired", answered_at=now, **given_up),
            None,
            execution_options=quietly,
        )
        db.execute(
            update(Message).where(unsent).values(status="failed", error_code="expired", **given_up),
            None,
            execution_options=quietly,
        )
        db.execute(update(Message).where(Message.id.in_(ids)).values(payload=None), None, execution_options=quietly)
    return len(ids)


def _empty_kept(db: Session, now: datetime, settings: Settings, batch: int) -> int:
    """Forget what the actions asked to keep about people who have not written for as long as words are kept."""
    last = (now - timedelta(days=settings.text_days)).date()
    ids = db.scalars(
        select(Conversation.id).where(Conversation.kept.is_not(None), Conversation.last_seen < last).limit(batch)
    ).all()
    if ids:
        db.execute(
            update(Conversation).where(Conversation.id.in_(ids)).values(kept=None),
            None,
            execution_options={"synchronize_session": False},
        )
    return len(ids)


RULES: tuple[Rule, ...] = (
    Rule("messages", "the encrypted words, until they expire (text_days)", _empty_texts),
    Rule(
        "messages",
        "the row without words (message_row_days)",
        _delete(
            Message,
            lambda now, s: and_(Message.received_at <= now - timedelta(days=s.message_row_days), ~_wanted_by_a_case()),
        ),
    ),
    Rule("menus", "the last menu (a day)", _delete(Menu, lambda now, s: Menu.expires_at <= now)),
    Rule(
        "web_sessions",
        "until the session expires (web_session_hours)",
        _delete(WebSession, lambda now, s: WebSession.expires_at <= now),
    ),
    Rule("return_phrases", "after the person last wrote (number_days)", _delete(ReturnPhrase, of_silent(ReturnPhrase))),
    Rule("sealed_numbers", "after the person last wrote (number_days)", _delete(SealedNumber, of_silent(SealedNumber))),
    Rule(
        "unanswered_questions",
        "redacted words that could not be placed (text_days)",
        _delete(
            UnansweredQuestion,
            lambda now, s: UnansweredQuestion.asked_on < (now - timedelta(days=s.text_days)).date(),
        ),
    ),
    Rule("conversations", "what the actions keep, after the person last wrote (text_days)", _empty_kept),
    Rule(
        "conversations", "after the person last wrote (conversation_days)", _delete(Conversation, silent_conversation)
    ),
    Rule(
        "question_counts",
        "numbers of a month, about nobody (case_row_days)",
        _delete(QuestionCount, lambda now, s: QuestionCount.month < f"{now - timedelta(days=s.case_row_days):%Y-%m}"),
    ),
    Rule("switched_off", "until it is switched on again; names nobody", lambda db, now, settings, batch: 0),
    Rule(
        "opt_outs",
        "STOP, until START (opt_out_days at most)",
        _delete(OptOut, lambda now, s: OptOut.since < (now - timedelta(days=s.opt_out_days)).date()),
    ),
    Rule(
        "early_callbacks",
        "until the message they belong to is known (two days)",
        _delete(EarlyCallback, lambda now, s: EarlyCallback.received_at <= now - timedelta(days=EARLY_CALLBACK_DAYS)),
    ),
    Rule(
        "alerts",
        "without words or identity (alert_days); never before it was delivered",
        _delete(
            Alert,
            lambda now, s: and_(Alert.delivered_at.is_not(None), Alert.raised_at <= now - timedelta(days=s.alert_days)),
        ),
    ),
    Rule(
        "case_marks",
        "whether a sign was read rightly, as long as the sign",
        _delete(CaseMark, of_closed(CaseMark, "case_text_days")),
    ),
    Rule(
        "case_notes",
        "what officers wrote, until the case is closed and for case_text_days after",
        _delete(CaseNote, of_closed(CaseNote, "case_text_days")),
    ),
    Rule(
        "case_hand_ons",
        "what other bodies were told, until the case is closed and for case_text_days after",
        _delete(CaseHandOn, of_closed(CaseHandOn, "case_text_days")),
    ),
    Rule(
        "case_checklists",
        "checklists filled in, until the case is closed and for case_text_days after",
        _delete(CaseChecklist, of_closed(CaseChecklist, "case_text_days")),
    ),
    Rule(
        "case_signs",
        "redacted words, until the case is closed and for case_text_days after",
        _delete(CaseSign, of_closed(CaseSign, "case_text_days")),
    ),
    Rule(
        "case_translations",
        "as long as the line it was made of",
        _delete(CaseTranslation, line_gone),
    ),
    Rule(
        "reply_translations",
        "an officer's reply before it is sent (an hour)",
        _delete(ReplyTranslation, lambda now, s: ReplyTranslation.expires_at <= now),
    ),
    Rule(
        "machine_answers",
        "answers of ours by a machine, no words of anybody's (90 days, then made anew)",
        _delete(MachineAnswer, lambda now, s: MachineAnswer.made_at <= now - timedelta(days=MACHINE_ANSWER_DAYS)),
    ),
    Rule(
        "case_transcripts",
        "the redacted conversation, until the case is closed and for case_text_days after",
        _delete(CaseTranscript, of_closed(CaseTranscript, "case_text_days")),
    ),
    Rule(
        "case_choices",
        "what was passed on, until withdrawn, or until the case is closed and for case_text_days after",
        _delete(CaseChoice, of_closed(CaseChoice, "case_text_days")),
    ),
    Rule(
        "notices",
        "that SHOP was told (notice_days); never before it was sent",
        _delete(
            Notice,
            lambda now, s: and_(
                Notice.status.in_(("sent", "cancelled")), Notice.queued_at <= now - timedelta(days=s.notice_days)
            ),
        ),
    ),
    Rule(
        "case_events",
        "acts without words, as long as their case",
        _delete(CaseEvent, of_closed(CaseEvent, "case_row_days")),
    ),
    Rule(
        "cases",
        "without words or identity, until closed and for case_row_days after",
        _delete(Case, lambda now, s: closed_before(s.case_row_days, now)),
    ),
    Rule("staff_links", "until it expires", _delete(StaffLink, lambda now, s: StaffLink.expires_at <= now)),
    Rule("staff_sessions", "until it expires", _delete(StaffSession, lambda now, s: StaffSession.expires_at <= now)),
    Rule(
        "staff_devices",
        "after it was last used (180 days)",
        _delete(StaffDevice, lambda now, s: StaffDevice.seen_at <= now - timedelta(days=STAFF_DEVICE_DAYS)),
    ),
    Rule(
        "staff_failed_tries",
        "a wrong password or code (one day)",
        _delete(FailedTry, lambda now, s: FailedTry.at <= now - timedelta(days=FAILED_TRY_DAYS)),
    ),
    Rule("staff_recovery_codes", "as long as their account", _delete(RecoveryCode, of_unused_account)),
    Rule("staff_accounts", "after it was last used (staff_account_days)", _delete(StaffAccount, unused_account)),
    Rule(
        "audit_entries",
        "what staff did, without words (audit_days)",
        _delete(AuditEntry, lambda now, s: AuditEntry.at <= now - timedelta(days=s.audit_days)),
    ),
    Rule(
        "drained_records",
        "ids of spooled records taken over (thirty days)",
        _delete(DrainedRecord, lambda now, s: DrainedRecord.drained_at <= now - timedelta(days=DRAINED_RECORD_DAYS)),
    ),
    Rule(
        "erasure_steps",
        "until the store confirms; then with its receipt",
        _delete(
            ErasureStep,
            lambda now, s: and_(
                ErasureStep.done_at.is_not(None),
                exists(
                    select(Deletion.id).where(Deletion.id == ErasureStep.deletion_id, Deletion.done_on.is_not(None))
                ),
            ),
        ),
    ),
    Rule(
        "deletions",
        "a receipt without identity (deletion_receipt_days after it was done)",
        _delete(Deletion, lambda now, s: Deletion.done_on < (now - timedelta(days=s.deletion_receipt_days)).date()),
    ),
)
"""Every table stands here at least once; rules run in this order, so that children go before their parents."""


def purge(
    database: Database, *, now: datetime | None = None, settings: Settings | None = None, batch: int = BATCH
) -> dict[str, int]:
    """Hold every table to its rules, in batches; return the rows emptied or deleted per table.

    Raises DatabaseUnavailable; what was purged until then stays purged.
    """
    moment, chosen = now or utc_now(), settings or get_settings()
    counts: dict[str, int] = {}
    for rule in RULES:
        while True:
            with database.unit_of_work() as db:
                done = rule.purge(db, moment, chosen, batch)
            counts[rule.table] = counts.get(rule.table, 0) + done
            if done < batch:
                break
    database.empty_log()
    return counts


def overdue(db: Session, *, now: datetime | None = None) -> int:
    """Return how many messages still hold words past their expiry (a purge that does not run shows here)."""
    due = (Message.payload.is_not(None), Message.expires_at <= (now or utc_now()), ~_wanted_by_a_case())
    return db.scalars(select(func.count(Message.id)).where(*due)).one()


def purge_files(folder: Path, *, now: datetime | None = None, settings: Settings | None = None) -> int:
    """Remove damaged spool lines as old as words may become; return how many files went."""
    moment, chosen = now or utc_now(), settings or get_settings()
    oldest = (moment - timedelta(days=chosen.text_days)).timestamp()
    gone = 0
    for path in folder.glob("*.damaged"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime <= oldest:
                path.unlink()
                gone += 1
    return gone
