"""The outbox: nothing twice, nothing lost, and an emergency told again until somebody has read it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from tests.webhook.cases.rooms import NUMBER, Receive, all_cases, raise_one
from tests.webhook.notifications import mail_server
from tests.webhook.notifications.mail_server import PostBox
from tests.webhook.parts import DANGER, post_sms
from webhook import noting, shop, tasks
from webhook.cases import claims
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.database import Database, DatabaseUnavailable, utc_now
from webhook.gateway import Gateway
from webhook.notifications import outbox
from webhook.notifications import service as notifications
from webhook.notifications.models import Notice
from webhook.privacy.vault import Vault
from webhook.settings import Settings

OTHER = "+447700900456"


@pytest.fixture
def box() -> Iterator[PostBox]:
    with mail_server.running() as server:
        yield server


@pytest.fixture
def mailing(box: PostBox) -> Settings:
    return Settings(
        smtp_host="127.0.0.1",
        smtp_port=box.port,
        smtp_security="none",
        smtp_seconds=1,
        mail_from="advice@example.org",
        mail_to="shop@example.org",
        staff_base_url="https://shop.example.org",
    )


@pytest.fixture
def case(database: Database, vault: Vault, receive: Receive) -> Case:
    """An emergency that nobody has read."""
    raise_one(database, vault, receive, text="my name is Lakshmi, he has a knife")
    cases.deliver_alerts(database=database, vault=vault)
    return all_cases(database)[0]


def make_due(database: Database) -> None:
    with database.unit_of_work() as db:
        db.execute(update(Notice).where(Notice.leased_until.is_not(None)).values(leased_until=utc_now()))


def statuses(database: Database) -> list[str]:
    with database.unit_of_work(read_only=True) as db:
        return list(db.scalars(select(Notice.status).order_by(Notice.id)))


def test_a_mail_that_was_taken_is_noted_when_the_database_is_back_and_not_sent_again(
    database: Database, vault: Vault, mailing: Settings, box: PostBox, case: Case, monkeypatch: Any
) -> None:
    real, away = outbox.mark_sent, iter([True, True])

    def mark_sent(**given: Any) -> Notice:
        if next(away, False):
            raise DatabaseUnavailable("away")
        return real(**given)

    monkeypatch.setattr(outbox, "mark_sent", mark_sent)
    monkeypatch.setattr(noting, "PAUSES_SECONDS", (0, 0))
    assert notifications.send_waiting(database, mailing) == 1
    assert notifications.send_waiting(database, mailing) == 0
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Notice.status)).all() == ["sent"]
    assert len(box.taken) == 1


def test_a_notice_that_comes_just_after_the_last_look_does_not_wait_for_the_next_round(
    database: Database, vault: Vault, receive: Receive, mailing: Settings, box: PostBox, case: Case, monkeypatch: Any
) -> None:
    real, late = outbox.claim, iter([True])

    def claim(*, db: Any) -> Any:
        found = real(db=db)
        if not found and next(late, False):
            outbox.queue(db=db, case=case, kind=outbox.NEWS)
            assert notifications.send_waiting(database, mailing) == 0  # another thread, while this one still sends
        return found

    monkeypatch.setattr(outbox, "claim", claim)
    assert notifications.send_waiting(database, mailing) == 2
    assert len(box.taken) == 2


def test_a_notice_is_sent_once_and_stands_in_the_timeline(
    database: Database, case: Case, box: PostBox, mailing: Settings
) -> None:
    assert notifications.send_waiting(database, mailing) == 1
    assert notifications.send_waiting(database, mailing) == 0
    [mail] = box.taken
    text = mail.as_string()
    assert case.reference in text
    for word in ("Lakshmi", "knife", "weapon", NUMBER[1:], case.name, "sms"):
        assert word not in text
    with database.unit_of_work(read_only=True) as db:
        assert [event.act for event in cases.timeline(db=db, case=case)] == ["opened", "notice_sent"]


@pytest.mark.parametrize("trouble", ["451 later", "550 never", "hang up", "wait 2"])
def test_a_notice_that_was_not_taken_is_sent_later(
    database: Database, case: Case, box: PostBox, mailing: Settings, trouble: str
) -> None:
    box.answers = [trouble]
    assert notifications.send_waiting(database, mailing) == 0
    assert notifications.send_waiting(database, mailing) == 0, "not before its time"
    before = len(box.taken)
    make_due(database)
    assert notifications.send_waiting(database, mailing) == 1
    assert statuses(database) == ["sent"]
    assert len(box.taken) == before + 1
    assert len(set(box.ids)) == 1


def test_a_mail_that_was_taken_unheard_comes_again_as_the_same_mail(
    database: Database, case: Case, box: PostBox, mailing: Settings
) -> None:
    box.answers = ["take and hang up"]
    notifications.send_waiting(database, mailing)
    make_due(database)
    notifications.send_waiting(database, mailing)
    assert len(box.taken) == 2
    assert len(set(box.ids)) == 1, "so that mail programs show it once"


def test_without_a_mail_server_notices_wait(database: Database, case: Case, mailing: Settings) -> None:
    assert notifications.send_waiting(database, Settings()) == 0
    gone = mailing.model_copy(update={"smtp_port": 9})
    assert notifications.send_waiting(database, gone) == 0
    make_due(database)
    assert notifications.send_waiting(database, mailing) == 1


def test_waits_grow_and_stay_short_in_an_emergency() -> None:
    def wait(kind: str, attempts: int) -> timedelta:
        return notifications.wait_after(Notice(kind=kind, attempts=attempts))

    assert wait("new_case", 1) < wait("new_case", 3) < wait("new_case", 50) == notifications.LONGEST_WAIT
    assert wait("emergency", 50) == notifications.LONGEST_WAIT_IN_AN_EMERGENCY


def test_an_emergency_is_told_again_until_it_is_read_each_time_once(
    database: Database, case: Case, box: PostBox, mailing: Settings
) -> None:
    notifications.send_waiting(database, mailing)
    every = timedelta(minutes=mailing.emergency_repeat_minutes)
    assert notifications.repeat_alarms(database, mailing) == 0
    later = utc_now() + every
    with ThreadPoolExecutor(3) as pool:
        queued = list(pool.map(lambda _: notifications.repeat_alarms(database, mailing, now=later), range(3)))
    assert sum(queued) == 1
    assert notifications.repeat_alarms(database, mailing, now=later + every) == 0, "the last one still waits"
    notifications.send_waiting(database, mailing)
    assert box.subjects == ["An emergency waits"] * 2
    assert len(set(box.ids)) == 2
    with database.unit_of_work() as db:
        cases.mark_opened(db=db, case=case, staff="7")
    assert notifications.repeat_alarms(database, mailing, now=later + 3 * every) == 0
    assert all_cases(database)[0].first_read_at is not None


def test_an_emergency_that_goes_back_unsent_into_the_queue_is_told_again(
    database: Database, case: Case, box: PostBox, mailing: Settings
) -> None:
    with database.unit_of_work() as db:
        claims.claim(db=db, case=db.merge(case, load=True), staff="7", settings=mailing)
    assert statuses(database) == ["cancelled"]
    with database.unit_of_work() as db:
        claims.release_for_others(db=db, reference=case.reference, staff="8")
    notifications.send_waiting(database, mailing)
    later = utc_now() + timedelta(minutes=mailing.emergency_repeat_minutes)
    assert notifications.repeat_alarms(database, mailing, now=later) == 1
    assert notifications.repeat_alarms(database, mailing, now=later) == 0
    notifications.send_waiting(database, mailing)
    assert box.subjects[-1] == "An emergency waits"


def test_what_was_read_before_it_was_sent_is_not_sent(
    database: Database, case: Case, box: PostBox, mailing: Settings
) -> None:
    with database.unit_of_work() as db:
        cases.mark_opened(db=db, case=case, staff="7")
    assert notifications.send_waiting(database, mailing) == 0
    assert statuses(database) == ["cancelled"]
    assert box.taken == []


def test_a_notice_cancelled_while_it_was_on_its_way_stays_cancelled(
    database: Database, case: Case, mailing: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_meanwhile(*_: object) -> int:
        with database.unit_of_work() as db:
            cases.mark_opened(db=db, case=case, staff="7")
        return 1

    monkeypatch.setattr(notifications, "send", read_meanwhile)
    notifications.send_waiting(database, mailing)
    assert statuses(database) == ["cancelled"]


def test_high_risk_is_told_once_and_not_repeated(
    database: Database, vault: Vault, receive: Receive, box: PostBox, mailing: Settings
) -> None:
    raise_one(database, vault, receive, level="high")
    cases.deliver_alerts(database=database, vault=vault)
    notifications.send_waiting(database, mailing)
    assert notifications.repeat_alarms(database, mailing, now=utc_now() + timedelta(days=9)) == 0
    assert box.subjects == ["A new case waits"]


def test_emergencies_go_first(
    database: Database, vault: Vault, receive: Receive, box: PostBox, mailing: Settings
) -> None:
    raise_one(database, vault, receive, sid="SM1", level="high")
    raise_one(database, vault, receive, sid="SM2", number=OTHER)
    cases.deliver_alerts(database=database, vault=vault)
    notifications.send_waiting(database, mailing)
    assert box.subjects == ["An emergency waits", "A new case waits"]


def test_several_senders_send_each_notice_once(
    database: Database, vault: Vault, receive: Receive, box: PostBox, mailing: Settings
) -> None:
    for place in range(12):
        raise_one(database, vault, receive, sid=f"SM{place}", number=f"+4477009001{place:02d}")
    cases.deliver_alerts(database=database, vault=vault)

    def claim_all(_: int) -> list[int]:
        mine: list[int] = []
        while True:
            with database.unit_of_work() as db:
                claimed = outbox.claim(db=db)
                if not claimed:
                    return mine
                mine.append(claimed[0].id)

    with ThreadPoolExecutor(4) as pool:
        taken = [notice for part in pool.map(claim_all, range(4)) for notice in part]
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 12
    make_due(database)
    assert notifications.send_waiting(database, mailing) == 12
    assert len(set(box.ids)) == 12


SENDER = """
import os
from webhook.database import Database
from webhook.notifications.service import send_waiting
from webhook.settings import get_settings
send_waiting(Database(os.environ["TEST_URL"]), get_settings())
"""


def test_a_sender_killed_in_the_midst_loses_no_notice(
    database: Database, case: Case, box: PostBox, mailing: Settings
) -> None:
    box.answers = ["wait 9"]
    environment = {
        **os.environ,
        "TEST_URL": database.engine.url.render_as_string(hide_password=False),
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "CARE_ADVICE_SMTP_HOST": "127.0.0.1",
        "CARE_ADVICE_SMTP_PORT": str(box.port),
        "CARE_ADVICE_SMTP_SECURITY": "none",
        "CARE_ADVICE_MAIL_FROM": "advice@example.org",
        "CARE_ADVICE_MAIL_TO": "shop@example.org",
    }
    sender = subprocess.Popen([sys.executable, "-c", SENDER], env=environment)
    try:
        until = time.monotonic() + 60
        while not box.connections and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        sender.send_signal(signal.SIGKILL)
        sender.wait()
    assert box.connections == 1, "it was killed while the server held the mail"
    assert statuses(database) == ["sending"]
    assert notifications.send_waiting(database, mailing) == 0, "it is still leased to the one that was killed"
    with database.unit_of_work() as db:
        assert len(outbox.claim(db=db, now=utc_now() + timedelta(seconds=outbox.LEASE_SECONDS + 1))) == 1
    make_due(database)
    assert notifications.send_waiting(database, mailing) == 1
    assert statuses(database) == ["sent"]
    assert len(set(box.ids)) == 1


def test_danger_by_sms_reaches_shop_as_one_case_and_one_mail(
    client: TestClient, gateway: Gateway, box: PostBox, mailing: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    told = replace(gateway, settings=mailing)
    monkeypatch.setattr(tasks, "default_gateway", lambda: told)
    for _ in range(2):
        post_sms(client, "SM1", f"my name is Lakshmi and {DANGER}")
        tasks.round_of_the_minute.call_local()
        tasks.round_of_alarms.call_local()
    [case] = all_cases(gateway.database)
    assert (case.level, case.conversation_id is not None) == ("emergency", True)
    with gateway.database.unit_of_work(read_only=True) as db:
        [sign] = cases.signs_of(db=db, vault=gateway.vault, case=case)
        assert (sign.sign, sign.words, sign.message_id is not None) == ("weapon", DANGER, True)
        assert cases.transcript(db=db, vault=gateway.vault, case=case)[0].text == f"my name is [name] and {DANGER}"
    assert box.subjects == ["An emergency waits"]
    assert shop.tell(told) == 0
