"""What stays of a case when its worker deletes everything: nothing, or a nameless record until an officer closes it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webhook.cases import timeline
from webhook.cases.acts import close_case
from webhook.cases.desk_models import CaseChecklist, CaseHandOn, CaseNote
from webhook.cases.enums import Act, Actor, CloseReason
from webhook.cases.models import Case, CaseChoice, CaseSign, CaseTranscript
from webhook.cases.news import note_news
from webhook.cases.sharing import strip_choices
from webhook.cases.transcript import keep_transcript
from webhook.conversations.conversations import raise_risk
from webhook.conversations.models import Conversation
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen
from webhook.privacy.vault import Vault
from webhook.translation.models import CaseTranslation, ReplyTranslation

log = logger(__name__)

KEPT_LEVELS = ("high", "emergency")


def note_erasure(*, db: Session, vault: Vault, conversation: Conversation, at: datetime) -> None:
    """Cut a conversation's cases loose from it before it is erased. ``conversation`` is locked by the caller.

    An open case of high or emergency level keeps its redacted conversation and signs, and tells that deletion was
    asked; it keeps neither the sharing nor any way back to the person. Every other case loses all its words.
    """
    cases = db.scalars(select(Case).where(Case.conversation_id == conversation.id).with_for_update()).all()
    for case in cases:
        if case.closed_at is None and case.level in KEPT_LEVELS:
            _keep_nameless(db, vault, case)
            note_news(db=db, case=case, at=at)
        else:
            _empty(db, case)
            if case.closed_at is None:
                close_case(db=db, case=case, reason=CloseReason.DELETED_BY_WORKER, actor=Actor.WORKER, at=at)
        db.execute(delete(ReplyTranslation).where(ReplyTranslation.case_id == case.id))
        case.deletion_asked_at, case.conversation_id = at, None
        timeline.note(db=db, case=case, act=Act.DELETION_ASKED, actor=Actor.WORKER, at=at)
    db.flush()


def carry_cases_over(*, db: Session, old: Conversation, new: Conversation, since: datetime) -> None:
    """Give the open cases that danger told after DELETE has opened to the new conversation; both are locked."""
    cases = db.scalars(
        select(Case)
        .where(Case.conversation_id == old.id, Case.closed_at.is_(None), Case.opened_at >= since)
        .with_for_update()
    ).all()
    for case in cases:
        case.conversation_id = new.id
        raise_risk(db=db, conversation=new, level=case.level)
    db.flush()


def _keep_nameless(db: Session, vault: Vault, case: Case) -> None:
    try:
        strip_choices(db=db, vault=vault, case=case)
        keep_transcript(db=db, vault=vault, case=case)
    except CannotOpen:
        # A key is missing. What cannot be read is not kept; the deletion itself must not fail on it.
        log.error("conversation_not_kept_for_case", case=case.id)
    db.execute(update(CaseChoice).where(CaseChoice.case_id == case.id).values(passed_on=None))


def _empty(db: Session, case: Case) -> None:
    for table in (CaseTranscript, CaseNote, CaseHandOn, CaseChecklist, CaseTranslation):
        db.execute(delete(table).where(table.case_id == case.id))
    db.execute(update(CaseSign).where(CaseSign.case_id == case.id).values(words=None))
    db.execute(update(CaseChoice).where(CaseChoice.case_id == case.id).values(passed_on=None))
