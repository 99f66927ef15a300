"""Opening a case, or adding to the one a conversation has: at once, without identity, once for each cause."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from understanding.risk_levels import rank
from webhook.cases import names, timeline
from webhook.cases.enums import Act, Actor, Choice, State, Why
from webhook.cases.models import Case, CaseSign
from webhook.cases.news import note_news
from webhook.cases.signs import Shown, add_signs
from webhook.conversations.models import Conversation
from webhook.conversations.upsert import insert_new
from webhook.database import utc_now
from webhook.notifications import outbox
from webhook.privacy.vault import Vault

TRIES = 50
"""How often a name or a reference is drawn anew before the name gets a number."""


@dataclass(frozen=True)
class Opened:
    """The case of a cause; whether the case is new, and whether the cause is."""

    case: Case
    new_case: bool
    new_cause: bool


def open_case(
    *,
    db: Session,
    vault: Vault,
    cause: str,
    level: str,
    channel: str,
    conversation: Conversation | None = None,
    why: Why = Why.RISK,
    language: str | None = None,
    signs: Sequence[Shown] = (),
    message_id: int | None = None,
    opted_out: bool = False,
    at: datetime | None = None,
) -> Opened:
    """Bring a conversation before SHOP: its open case gets the signs, or a new one is opened; SHOP gets its notice.

    ``cause`` names what showed it (``alert_uid``, at most 64 characters): the same cause again changes nothing. All of
    it is in the caller's transaction, the notice too. ``conversation`` must be locked by the caller (``service.lock``);
    None when it is not known, or erased.
    """
    moment = at or utc_now()
    known = of_cause(db=db, cause=cause)
    if known is not None:
        return Opened(known, False, False)
    case, new_case = None, False
    if conversation is not None:
        case = open_case_of(db=db, conversation_id=conversation.id)
    if case is None:
        case, new_case = _insert(db, cause, level, channel, conversation, why, language, moment)
        if not new_case:  # another transaction has just opened it
            if case.cause == cause:
                return Opened(case, False, False)
        else:
            timeline.note(
                db=db, case=case, act=Act.OPENED, actor=_actor(why), why=why, level=level, opted_out=opted_out
            )
    if why is Why.RISK:
        added = add_signs(db=db, vault=vault, case=case, cause=cause, signs=signs, message_id=message_id, at=moment)
        if not added:
            return Opened(case, new_case, False)
        if not new_case:
            timeline.note(db=db, case=case, act=Act.SIGNS_ADDED, signs=added, level=level, opted_out=opted_out)
    elif not new_case:
        if timeline.has(db=db, case=case, act=Act.PERSON_ASKED, cause=cause):
            return Opened(case, False, False)
        timeline.note(db=db, case=case, act=Act.PERSON_ASKED, actor=Actor.WORKER, cause=cause)
    if rank(level) > rank(case.level):
        timeline.note(db=db, case=case, act=Act.LEVEL_ROSE, before=case.level, level=level)
        case.level = level
    if case.language is None:
        case.language = language or (conversation.language if conversation else None)
    kind = outbox.NEW_CASE if new_case else outbox.NEWS
    note_news(db=db, case=case, at=utc_now(), emergency=level == "emergency", kind=kind)
    db.flush()
    return Opened(case, new_case, True)


def _actor(why: Why) -> Actor:
    return Actor.WORKER if why is Why.PERSON_ASKED else Actor.SERVICE


def of_cause(*, db: Session, cause: str) -> Case | None:
    """The case this cause opened or added to."""
    opened = db.scalars(select(Case).where(Case.cause == cause)).one_or_none()
    if opened is not None:
        return opened
    return db.scalars(
        select(Case).join(CaseSign, CaseSign.case_id == Case.id).where(CaseSign.cause == cause).limit(1)
    ).first()


def follow_language(*, db: Session, conversation: Conversation) -> None:
    """The open case of a conversation gets its language: one may be chosen after danger was told."""
    db.flush()  # the conversation is written, and so locked, before its case
    db.execute(
        update(Case)
        .where(Case.conversation_id == conversation.id, Case.closed_at.is_(None))
        .values(language=conversation.language)
        .execution_options(synchronize_session="fetch")
    )


def open_case_of(*, db: Session, conversation_id: int) -> Case | None:
    """The open case of a conversation, locked until the transaction ends."""
    return db.scalars(
        select(Case)
        .where(Case.conversation_id == conversation_id, Case.closed_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def _insert(
    db: Session,
    cause: str,
    level: str,
    channel: str,
    conversation: Conversation | None,
    why: Why,
    language: str | None,
    at: datetime,
) -> tuple[Case, bool]:
    """Insert a case under a free name and reference; the existing one, and False, when somebody else was quicker."""
    for attempt in range(2 * TRIES):
        number = f" {secrets.randbelow(9_000) + 1_000}" if attempt >= TRIES else ""
        uid = secrets.token_hex(16)
        inserted = insert_new(
            db,
            Case,
            uid=uid,
            reference=names.new_reference(),
            name=names.new_name() + number,
            cause=cause,
            why=why,
            conversation_id=conversation.id if conversation else None,
            channel=channel,
            language=language or (conversation.language if conversation else None),
            level=level,
            state=State.NEW,
            choice=Choice.NONE_YET,
            opened_at=at,
            copied_up_to=0,
        )
        if inserted:
            return db.scalars(select(Case).where(Case.uid == uid)).one(), True
        known = of_cause(db=db, cause=cause)
        if known is None and conversation is not None:
            known = open_case_of(db=db, conversation_id=conversation.id)
        if known is not None:
            return known, False
    raise NoFreeName


class NoFreeName(Exception):
    """Neither a name nor a reference was free after very many tries."""
