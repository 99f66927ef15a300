"""A canary goes through danger, masking, a choice, its withdrawal and mail in every trouble; nobody tells of it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from tests.webhook.cases.rooms import all_cases
from tests.webhook.notifications import mail_server
from tests.webhook.notifications.mail_server import PASSWORD, USER
from tests.webhook.parts import DANGER, post_sms
from tests.webhook.written_logs import CANARY_NUMBER
from webhook import answering, metrics, shop
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.conversations.models import Conversation
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.notifications.models import Notice
from webhook.settings import Settings
from webhook.upkeep import begin_erasure

CANARY = "Canarywala"


def test_neither_mail_nor_logs_nor_metrics_tell_anything_of_a_worker(
    client: TestClient, gateway: Gateway, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server.running() as box:
        settings = Settings(
            smtp_host="127.0.0.1",
            smtp_port=box.port,
            smtp_security="none",
            smtp_seconds=1,
            mail_from="advice@example.org",
            mail_to="shop@example.org",
        )
        mailing = replace(gateway, settings=settings)
        without_account = replace(
            gateway,
            settings=settings.model_copy(
                update={"smtp_user": USER, "smtp_password": Settings(smtp_password=PASSWORD).smtp_password}
            ),  # type: ignore[arg-type]
        )
        box.answers = [f"451 {CANARY}", f"550 {CANARY_NUMBER}", "hang up", "wait 2"]
        post_sms(client, "SM1", f"my name is {CANARY}, {DANGER}", number=CANARY_NUMBER)
        answering.drain(gateway)
        for each in (without_account, *[mailing] * 6):
            shop.tell(each)
            with gateway.database.unit_of_work() as db:
                db.execute(update(Notice).where(Notice.leased_until.is_not(None)).values(leased_until=utc_now()))
        mails = "".join(mail.as_string() for mail in box.taken)

    def broken(*_: object) -> str:
        raise RuntimeError(f"{CANARY} {CANARY_NUMBER}")

    identity = cases.Identity(CANARY, cases.SafeContact(where=CANARY_NUMBER))
    [case] = all_cases(gateway.database)
    with gateway.database.unit_of_work() as db:
        held = db.scalars(select(Case)).one()
        cases.record_choice(
            db=db, vault=gateway.vault, case=held, choice=cases.Choice.SHARE, identity=identity, passed_on=CANARY
        )
        cases.withdraw(db=db, vault=gateway.vault, case=held)
        conversation_id = db.scalars(select(Conversation.id)).one()
    begin_erasure(gateway, conversation_id)
    monkeypatch.setattr("webhook.cases.signs.redact_part", broken)
    monkeypatch.setattr("webhook.cases.delivery.open_case", broken)
    post_sms(client, "SM2", f"{CANARY} {DANGER}", number=CANARY_NUMBER)
    answering.drain(gateway)
    logged = written.getvalue()
    assert mails.count("An emergency waits") >= 1
    for event in ("notice_not_taken", "signs_not_redacted", "alert_not_delivered"):
        assert event in logged
    for place in (logged, mails, metrics.page().decode()):
        for secret in (CANARY, CANARY_NUMBER[1:], "knife", PASSWORD, case.name):
            assert secret not in place
