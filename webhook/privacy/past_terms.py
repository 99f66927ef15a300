"""Which rows are past their term: the conditions of the rules in `retention.py`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from webhook.accounts.models import RecoveryCode, StaffAccount
from webhook.cases.desk_models import CaseChecklist, CaseHandOn, CaseMark, CaseNote
from webhook.cases.models import Case, CaseChoice, CaseEvent, CaseSign, CaseTranscript
from webhook.conversations.models import Conversation, Message, ReturnPhrase, SealedNumber
from webhook.settings import Settings
from webhook.translation.models import CaseTranslation


def has_open_case(conversation_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether an open case belongs to that conversation."""
    return exists(select(Case.id).where(Case.conversation_id == conversation_id, Case.closed_at.is_(None)))


def unseen_for(days: int, now: datetime) -> ColumnElement[bool]:
    """Conversations nobody has written in for so long."""
    return Conversation.last_seen < (now - timedelta(days=days)).date()


def of_silent(
    table: type[SealedNumber | ReturnPhrase],
) -> Callable[[datetime, Settings], ColumnElement[bool]]:
    """Say which rows belong to people who have not written for number_days, and have no open case."""
    return lambda now, settings: and_(
        exists(
            select(Conversation.id).where(
                Conversation.id == table.conversation_id, unseen_for(settings.number_days, now)
            )
        ),
        ~has_open_case(table.conversation_id),
    )


def silent_conversation(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """Conversations nobody writes in, without messages and open cases."""
    return and_(
        unseen_for(settings.conversation_days, now),
        ~exists(select(Message.id).where(Message.conversation_id == Conversation.id)),
        ~has_open_case(Conversation.id),
    )


def closed_before(days: int, now: datetime) -> ColumnElement[bool]:
    """Cases that have been closed for so long."""
    return and_(Case.closed_at.is_not(None), Case.closed_at <= now - timedelta(days=days))


def of_closed(
    table: type[
        CaseSign
        | CaseChoice
        | CaseTranscript
        | CaseTranslation
        | CaseEvent
        | CaseNote
        | CaseMark
        | CaseHandOn
        | CaseChecklist
    ],
    days: str,
) -> Callable[[datetime, Settings], ColumnElement[bool]]:
    """Say which rows belong to a case that has been closed for as long as a setting says."""
    return lambda now, settings: exists(
        select(Case.id).where(Case.id == table.case_id, closed_before(getattr(settings, days), now))
    )


def line_gone(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """Translations whose line is neither copied into the case nor still there as a message, and those of old cases."""
    copied = exists(
        select(Case.id).where(Case.id == CaseTranslation.case_id, Case.copied_up_to >= CaseTranslation.message_id)
    )
    there = exists(select(Message.id).where(Message.id == CaseTranslation.message_id, Message.payload.is_not(None)))
    return or_(and_(~copied, ~there), of_closed(CaseTranslation, "case_text_days")(now, settings))


def unused_account(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """Accounts nobody has signed in with for staff_account_days."""
    return StaffAccount.last_seen < (now - timedelta(days=settings.staff_account_days)).date()


def of_unused_account(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """What belongs to such an account."""
    return exists(
        select(StaffAccount.id).where(StaffAccount.id == RecoveryCode.account_id, unused_account(now, settings))
    )
