"""Sending what waits in the outbox, and repeating the alerts of emergencies that nobody has read.

A notice is marked as sent after the mail server has taken it. Whoever is killed between the two leaves a notice that is
sent again under the same Message-ID: for an emergency a mail twice is better than none.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from sqlalchemy import select

from webhook import metrics
from webhook.cases import timeline
from webhook.cases.enums import Act
from webhook.cases.models import Case
from webhook.database import Database, utc_now
from webhook.logs import logger
from webhook.notifications import outbox
from webhook.notifications.mail import MailNotTaken, MailServer, compose, send
from webhook.notifications.models import Notice
from webhook.noting import note_patiently
from webhook.settings import Settings

log = logger(__name__)
_alone = threading.Lock()
_wanted = threading.Event()
"""Somebody asked for sending: who is sending looks once more for what was queued just after the last look."""

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)
LONGEST_WAIT_IN_AN_EMERGENCY = timedelta(minutes=1)


def send_waiting(database: Database, settings: Settings, *, most: int = 100) -> int:
    """Send up to ``most`` notices; return how many the mail server took. Raises DatabaseUnavailable.

    No notice is ever given up: it waits for the server, or until somebody has read the case. With mail off all wait.
    After one that was not taken the others wait for the next round. One thread of a process sends: a mail server that
    hangs must not hold up the threads that answer workers.
    """
    server = MailServer.of(settings)
    if server is None:
        _say_that_mail_is_off(database)
        return 0
    taken = 0
    _wanted.set()
    while _wanted.is_set() and _alone.acquire(blocking=False):
        try:
            _wanted.clear()
            taken += _send_all(database, settings, server, most)
        finally:
            _alone.release()
    return taken


def _send_all(database: Database, settings: Settings, server: MailServer, most: int) -> int:
    taken = 0
    for _ in range(most):
        with database.unit_of_work() as db:
            claimed = outbox.claim(db=db)
            if not claimed:
                break
            notice = claimed[0]
            reference = db.scalars(select(Case.reference).where(Case.id == notice.case_id)).one()
        if not _send(database, settings, server, notice, reference):
            break
        taken += 1
    return taken


def _send(database: Database, settings: Settings, server: MailServer, notice: Notice, reference: str) -> bool:
    """Hand one notice over; no transaction is open meanwhile."""
    mail = compose(server, kind=notice.kind, uid=notice.uid, reference=reference, console=settings.staff_base_url)
    try:
        send(server, mail)
    except MailNotTaken as fault:
        (log.error if fault.lasting else log.warning)("notice_not_taken", code=fault.code, attempts=notice.attempts)
        metrics.count(metrics.NOTICES, status="failed")
        _put_off(database, notice, fault.code)
        return False
    metrics.count(metrics.NOTICES, status="sent")
    note_patiently(lambda: _note_sent(database, notice))
    return True


def _note_sent(database: Database, notice: Notice) -> None:
    try:
        with database.unit_of_work() as db:
            sent = outbox.mark_sent(db=db, notice_id=notice.id, lease=notice.lease)
            case = db.get_one(Case, sent.case_id)
            timeline.note(db=db, case=case, act=Act.NOTICE_SENT, kind=sent.kind, number=sent.number)
    except outbox.NoticeTakenOver:
        log.info("notice_sent_after_it_was_cancelled")


def _put_off(database: Database, notice: Notice, code: str) -> None:
    try:
        with database.unit_of_work() as db:
            outbox.put_off(
                db=db, notice_id=notice.id, lease=notice.lease, error=code, at=utc_now() + wait_after(notice)
            )
    except outbox.NoticeTakenOver:
        log.info("notice_cancelled_meanwhile")


def wait_after(notice: Notice) -> timedelta:
    """How long until the next try: longer each time, never long in an emergency."""
    longest = LONGEST_WAIT_IN_AN_EMERGENCY if notice.kind == outbox.EMERGENCY else LONGEST_WAIT
    return min(FIRST_WAIT * (1 << min(max(notice.attempts - 1, 0), 10)), longest)


def repeat_alarms(database: Database, settings: Settings, *, now: datetime | None = None) -> int:
    """Queue an emergency's next notice when nobody has read it some minutes after the last; return how many.

    While the last one could not be sent yet no other is added. Safe to run twice and at once.
    Raises DatabaseUnavailable.
    """
    moment = now or utc_now()
    since = moment - timedelta(minutes=settings.emergency_repeat_minutes)
    with database.unit_of_work(read_only=True) as db:
        ringing = db.scalars(
            select(Case.id).where(Case.alarm_at.is_not(None), Case.closed_at.is_(None), Case.alarm_at <= since)
        ).all()
    queued = 0
    for case_id in ringing:
        with database.unit_of_work() as db:
            case = db.scalars(
                select(Case)
                .where(Case.id == case_id, Case.alarm_at.is_not(None), Case.closed_at.is_(None))
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if case is None:
                continue
            last = db.scalars(
                select(Notice)
                .where(Notice.case_id == case_id, Notice.kind == outbox.EMERGENCY)
                .order_by(Notice.number.desc())
                .limit(1)
            ).first()
            if not _waits_or_is_fresh(last, since):
                queued += outbox.queue(db=db, case=case, kind=outbox.EMERGENCY, now=moment)
    return queued


def _waits_or_is_fresh(last: Notice | None, since: datetime) -> bool:
    """Whether nothing is to be added to the last notice. One that was cancelled tells nobody when it rings again."""
    if last is None or last.status == outbox.CANCELLED:
        return False
    return last.status != outbox.SENT or last.sent_at is None or last.sent_at > since


def _say_that_mail_is_off(database: Database) -> None:
    with database.unit_of_work(read_only=True) as db:
        waiting = outbox.count_waiting(db=db)
    if waiting:
        log.error("mail_is_off", waiting=waiting)
