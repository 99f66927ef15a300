"""Alerts become cases: in the turn that raised them when all is well, by a sweep when anything was down."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from understanding.risk_levels import rank
from webhook.cases import timeline
from webhook.cases.enums import Act, CloseReason, State
from webhook.cases.models import Case, CaseChoice, CaseSign
from webhook.cases.news import note_news
from webhook.cases.opening import Opened, of_cause, open_case, open_case_of
from webhook.cases.signs import Shown
from webhook.conversations import alerts
from webhook.conversations.conversations import lock
from webhook.conversations.models import Alert, Conversation
from webhook.database import Database, DatabaseUnavailable, utc_now
from webhook.logs import logger
from webhook.notifications import outbox
from webhook.privacy.keyring import CannotOpen
from webhook.privacy.vault import Vault

log = logger(__name__)


def deliver_now(*, db: Session, vault: Vault, uid: str) -> Opened | None:
    """Bring one alert before SHOP inside the caller's transaction; None when it cannot be done now.

    What fails here costs the worker nothing: the alert stays undelivered and the sweep brings it.
    """
    try:
        with db.begin_nested():
            alert = db.scalars(select(Alert).where(Alert.uid == uid).with_for_update()).one()
            return _deliver(db, vault, alert)
    except DatabaseUnavailable:
        raise
    except Exception as fault:
        log.error("alert_not_delivered", exc_info=fault)
        return None


def deliver_alerts(*, database: Database, vault: Vault, most: int = 500) -> int:
    """Bring every alert nobody was told of before SHOP, each in a transaction of its own; return how many.

    One that cannot be brought stops no other and is tried again. Raises DatabaseUnavailable.
    """
    with database.unit_of_work(read_only=True) as db:
        waiting = db.scalars(select(Alert.id).where(Alert.delivered_at.is_(None)).order_by(Alert.id).limit(most)).all()
    done = 0
    for alert_id in waiting:
        try:
            with database.unit_of_work() as db:
                alert = _take(db, alert_id)
                if alert is not None:
                    _deliver(db, vault, alert)
                    done += 1
        except DatabaseUnavailable:
            raise
        except Exception as fault:
            log.error("alert_not_delivered", exc_info=fault)
    return done


def _take(db: Session, alert_id: int) -> Alert | None:
    """An undelivered alert, locked; its conversation is locked first, as everybody does who holds both."""
    conversation_id = db.scalars(select(Alert.conversation_id).where(Alert.id == alert_id)).one_or_none()
    if conversation_id is not None:
        lock(db=db, conversation_id=conversation_id)
    return db.scalars(
        select(Alert)
        .where(Alert.id == alert_id, Alert.delivered_at.is_(None))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).one_or_none()


def _deliver(db: Session, vault: Vault, alert: Alert) -> Opened | None:
    if alert.delivered_at is not None:
        return None
    conversation = lock(db=db, conversation_id=alert.conversation_id) if alert.conversation_id else None
    opened = open_case(
        db=db,
        vault=vault,
        cause=alert.uid,
        level=alert.level,
        channel=alert.channel,
        conversation=conversation,
        language=alert.language,
        signs=_signs(vault, alert),
        message_id=alert.message_id,
        opted_out=alert.opted_out,
        at=alert.raised_at,
    )
    alert.signs = None
    alerts.mark_delivered(db=db, alert_id=alert.id)
    db.flush()
    return opened


def _signs(vault: Vault, alert: Alert) -> Sequence[Shown]:
    """What the alert shows; without its words when they cannot be read (a key that is not here)."""
    try:
        values = alerts.signs_of(vault=vault, alert=alert)
    except CannotOpen:
        log.error("signs_cannot_be_opened")
        values = []
    return [Shown.load(value) for value in values] or [Shown(None, alert.level)]


def link_conversation(*, db: Session, uid: str, conversation: Conversation, message_id: int | None = None) -> None:
    """Tell an alert, and its case, whose it is: both may have come before the conversation was in the database.

    ``conversation`` is locked by the caller. If the conversation has an open case already, the stray one joins it.
    """
    alert = db.scalars(
        select(Alert).where(Alert.uid == uid).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if alert is None:
        return
    unknown = alert.conversation_id is None
    alert.message_id = alert.message_id or message_id
    alert.conversation_id = alert.conversation_id or conversation.id
    db.flush()
    if message_id is not None:
        db.execute(
            update(CaseSign)
            .where(CaseSign.cause == uid, CaseSign.message_id.is_(None))
            .values(message_id=message_id)
            .execution_options(synchronize_session="fetch")
        )
    stray = of_cause(db=db, cause=uid) if unknown else None
    if stray is None or stray.conversation_id is not None or stray.closed_at is not None:
        return
    home = open_case_of(db=db, conversation_id=conversation.id)
    if home is None:
        stray.conversation_id = conversation.id
        stray.language = stray.language or conversation.language
        timeline.note(db=db, case=stray, act=Act.CONVERSATION_FOUND)
    else:
        _join(db, stray, home)
    db.flush()


def _join(db: Session, stray: Case, home: Case) -> None:
    """Move what the stray case holds to the one its conversation has, and close the stray."""
    for table in (CaseSign, CaseChoice):
        db.execute(update(table).where(table.case_id == stray.id).values(case_id=home.id))
    if rank(stray.level) > rank(home.level):
        timeline.note(db=db, case=home, act=Act.LEVEL_ROSE, before=home.level, level=stray.level)
        home.level = stray.level
    timeline.note(db=db, case=home, act=Act.SIGNS_ADDED, level=stray.level)
    note_news(db=db, case=home, at=utc_now(), emergency=stray.alarm_at is not None)
    stray.state, stray.closed_at, stray.close_reason = State.CLOSED, utc_now(), CloseReason.SAME_CONVERSATION
    stray.alarm_at = stray.news_at = None
    outbox.cancel(db=db, case_id=stray.id)
    timeline.note(db=db, case=stray, act=Act.CLOSED, reason=CloseReason.SAME_CONVERSATION)
