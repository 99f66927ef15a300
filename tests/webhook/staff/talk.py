"""An officer and a worker who talk, for the tests of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.webhook.parts import STRONG_SIGN, Chat, post_sms
from tests.webhook.staff.people import Browser, signed_in, told
from tests.webhook.twilio_server import Twilio
from webhook import answering, sending
from webhook.accounts.roles import Role
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.conversations.models import Message
from webhook.database import Database, utc_now
from webhook.gateway import Gateway
from webhook.privacy.vault import Vault

WORDS = "This is Sam from the council team. Are you safe to write?"
LINE = "You have a reply"
HERE = cases.SafeContact(way="in this chat", time="after eight", safe_word="")
WITH_WORD = cases.SafeContact(way="in this chat", safe_word="sunflower")
LATE = timedelta(minutes=20)


def the_case(database: Database) -> Case:
    with database.unit_of_work(read_only=True) as db:
        return db.scalars(select(Case)).one()


def work_off(gateway: Gateway) -> None:
    """What the worker process does."""
    answering.drain(gateway)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)


def share(gateway: Gateway, contact: cases.SafeContact, read: bool = True) -> None:
    """The worker shares with this plan; an officer has read it."""
    with gateway.database.unit_of_work() as db:
        case = db.scalars(select(Case)).one()
        row = cases.record_choice(
            db=db, vault=gateway.vault, case=case, choice=cases.Choice.SHARE, identity=cases.Identity("Maria", contact)
        )
        row.read_at = utc_now() if read else None


def time_goes_by(gateway: Gateway, how_long: timedelta = LATE) -> None:
    """As if everything had been written earlier."""
    with gateway.database.unit_of_work() as db:
        for message in db.scalars(select(Message)).all():
            message.received_at -= how_long


_seen: dict[int, int] = {}


@pytest.fixture(autouse=True)
def _nothing_seen() -> None:
    _seen.clear()


def look_away(twilio: Twilio) -> None:
    """From now on only what is sent later counts."""
    _seen[id(twilio)] = len(twilio.bodies())


def fresh(twilio: Twilio) -> list[str]:
    """What was sent since then."""
    return twilio.bodies()[_seen.get(id(twilio), 0) :]


@pytest.fixture
def officer(app: FastAPI, database: Database, vault: Vault) -> Browser:
    return signed_in(app, database, vault, Role.OFFICER)


@pytest.fixture
def sms(client: TestClient, gateway: Gateway, officer: Browser, twilio: Twilio) -> Callable[[], str]:
    """A worker on SMS with a case that the officer has taken over; returns the case's address."""

    def begin() -> str:
        post_sms(client, "SM1", STRONG_SIGN)
        work_off(gateway)
        here = f"/cases/{the_case(gateway.database).reference}"
        officer.post(f"{here}/claim")
        officer.post(f"{here}/take-over")
        work_off(gateway)
        look_away(twilio)
        return here

    return begin


def talking_to(client: TestClient, gateway: Gateway, officer: Browser) -> tuple[Chat, str]:
    """A worker in the web chat whose case the officer has taken over, and the case's address."""
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    here = f"/cases/{the_case(gateway.database).reference}"
    officer.post(f"{here}/claim")
    officer.post(f"{here}/take-over")
    return chat, here


def write(officer: Browser, here: str, text: str = WORDS, reason: str = "") -> str:
    """Look at a message and send it; the key of what the officer is told."""
    shown = officer.post(f"{here}/messages", text=text, reason=reason)
    assert shown.status_code == 200, shown.headers
    sent = officer.post(f"{here}/messages", text=text, reason=reason, sure="yes")
    return told(sent)
