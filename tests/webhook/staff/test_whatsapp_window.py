"""After WhatsApp's 24 hours only the neutral template reaches the worker, and the words wait until they ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from tests.webhook.parts import NUMBER, OURS, STRONG_SIGN, post_sms
from tests.webhook.staff.people import Browser
from tests.webhook.staff.talk import (
    HERE,
    LINE,
    WORDS,
    _nothing_seen,
    fresh,
    look_away,
    officer,
    share,
    the_case,
    time_goes_by,
    work_off,
    write,
)
from tests.webhook.twilio_server import Refusal, Twilio
from webhook.cases.models import CaseChoice
from webhook.database import utc_now
from webhook.gateway import Gateway

__all__ = ["_nothing_seen", "officer"]

TEMPLATE = "HX" + "1" * 32


@pytest.fixture
def whatsapp(client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio) -> str:
    """A worker on WhatsApp who wrote two days ago and shared a plan for this chat; the officer has taken over."""
    assert gateway.twilio is not None
    gateway.twilio.sender = replace(gateway.twilio.sender, template=TEMPLATE)
    post_sms(client, "SM1", STRONG_SIGN, From=f"whatsapp:{NUMBER}", To=f"whatsapp:{OURS}")
    work_off(gateway)
    here = f"/cases/{the_case(gateway.database).reference}"
    officer.post(f"{here}/claim")
    share(gateway, HERE)
    time_goes_by(gateway, timedelta(days=2))
    officer.post(f"{here}/take-over")
    work_off(gateway)
    look_away(twilio)
    return here


def test_after_whatsapps_day_only_the_neutral_template_leaves_and_the_words_when_the_worker_asks(
    whatsapp: str, client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    assert "only the neutral template can go out" in officer.get(whatsapp).text
    twilio.refusals.append(Refusal(400, 63016))
    write(officer, whatsapp)
    work_off(gateway)
    assert fresh(twilio) == [TEMPLATE]
    assert "Held back until the worker asks for it." in officer.get(whatsapp).text
    write(officer, whatsapp, text="A second message")
    work_off(gateway)
    assert fresh(twilio) == [TEMPLATE], "the worker is not rung twice"
    post_sms(client, "SM2", "1", From=f"whatsapp:{NUMBER}", To=f"whatsapp:{OURS}")
    work_off(gateway)
    notice, *words = fresh(twilio)[1:]
    assert notice.startswith("A person from the safeguarding team is here now.")
    assert words == [WORDS, "A second message"]


def test_without_a_template_the_line_goes_out_when_the_worker_next_writes(
    whatsapp: str, client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    assert gateway.twilio is not None
    gateway.twilio.sender = replace(gateway.twilio.sender, template=None)
    twilio.refusals.append(Refusal(400, 63016))
    write(officer, whatsapp)
    work_off(gateway)
    assert fresh(twilio) == []
    post_sms(client, "SM2", "hello", From=f"whatsapp:{NUMBER}", To=f"whatsapp:{OURS}")
    work_off(gateway)
    assert [LINE in body for body in fresh(twilio)] == [True]


def test_without_a_plan_not_even_the_template_leaves_after_whatsapps_day(
    whatsapp: str, gateway: Gateway, officer: Browser, twilio: Twilio
) -> None:
    with gateway.database.unit_of_work() as db:
        db.execute(update(CaseChoice).values(withdrawn_at=utc_now()))
    twilio.refusals.append(Refusal(400, 63016))
    write(officer, whatsapp)
    work_off(gateway)
    assert fresh(twilio) == []
