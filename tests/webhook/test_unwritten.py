"""An emergency that the disk does not take: held in memory, and given to the database once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from tests.webhook.cases.rooms import all_cases
from tests.webhook.parts import DANGER, Chat, post_sms, without_database
from webhook import answering, backlog, metrics
from webhook.conversations.models import Alert, Message
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.journal import SpoolFull
from webhook.public import afterwards
from webhook.public.app import create_app
from webhook.unwritten import Unwritten

FULL = Path("/dev/full")


@pytest.fixture
def full_disk(gateway: Gateway) -> Path:
    """The journal stands where every write is told that there is no room."""
    gateway.spool.journal.path.symlink_to(FULL)
    return gateway.spool.journal.path


def count(gateway: Gateway, table: type) -> int:
    with gateway.database.unit_of_work(read_only=True) as db:
        return db.scalars(select(func.count()).select_from(table)).one()


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_with_a_full_disk_the_words_are_given_and_the_case_is_opened_once(gateway: Gateway, channel: str) -> None:
    client = TestClient(create_app(gateway))
    if channel == "web":
        chat = Chat(client)
        assert chat.say(DANGER, "c1")[0]["text"].startswith("999\n")
        assert chat.say(DANGER, "c1")[0]["text"].startswith("999\n")
    else:
        assert "<Message>999\n" in post_sms(client, "SM1", DANGER).text
        post_sms(client, "SM1", DANGER)
    answering.drain(gateway)
    answering.drain(gateway)
    assert (count(gateway, Alert), len(all_cases(gateway.database))) == (1, 1)
    with gateway.database.unit_of_work(read_only=True) as db:
        directions = db.scalars(select(Message.direction).order_by(Message.id)).all()
    assert directions[:2] == ["in", "out"]
    assert gateway.spool.is_empty()


@pytest.mark.usefixtures("full_disk")
def test_without_disk_and_database_it_waits_in_memory_is_counted_and_comes_back(gateway: Gateway) -> None:
    down = without_database(gateway)
    Chat(TestClient(create_app(down))).say(DANGER)
    answering.drain_quietly(down)
    assert gateway.spool.unwritten.size() > 0
    backlog.measure(gateway.database, gateway.spool)
    assert metrics.SPOOL_BYTES._value.get() == gateway.spool.unwritten.size()
    answering.drain(gateway)
    assert gateway.spool.unwritten.size() == 0
    assert count(gateway, Alert) == 1


@pytest.mark.usefixtures("full_disk")
def test_the_process_that_holds_it_tries_again_by_itself(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(afterwards, "AGAIN_SECONDS", 0.01)
    app = create_app(without_database(gateway))
    Chat(TestClient(app)).say(DANGER)
    state = replace(app.state.public, gateway=gateway)

    async def until_it_is_there() -> None:
        trying = asyncio.create_task(afterwards.bring_again(state))
        while gateway.spool.unwritten.size():
            await asyncio.sleep(0.01)
        trying.cancel()

    asyncio.run(asyncio.wait_for(until_it_is_there(), 60))
    assert count(gateway, Alert) == 1


@pytest.mark.usefixtures("full_disk")
def test_what_nobody_was_answered_for_is_not_held_but_asked_for_again(gateway: Gateway) -> None:
    client = TestClient(create_app(without_database(gateway)))
    assert Chat(client).post("what is the minimum wage").status_code == 503
    assert post_sms(client, "SM1", "what is the minimum wage").status_code == 503
    assert gateway.spool.unwritten.size() == 0


@pytest.mark.usefixtures("full_disk")
def test_deleting_takes_what_is_held_too_but_for_the_alert(gateway: Gateway) -> None:
    client = TestClient(create_app(without_database(gateway)))
    post_sms(client, "SM1", DANGER)
    pseudonym = gateway.vault.pseudonym(channel="sms", address="+447700900123")
    before = gateway.spool.unwritten.size()
    gateway.spool.erase(pseudonym, before=utc_now(), keep="alert")
    assert 0 < gateway.spool.unwritten.size() < before


def test_the_memory_has_a_bound_and_says_so(gateway: Gateway, full_disk: Path) -> None:
    gateway.spool.unwritten = Unwritten(most_bytes=10)
    with pytest.raises(SpoolFull):
        gateway.spool.write("alert", {}, urgent=True, or_hold=True)
    assert Chat(TestClient(create_app(gateway))).say(DANGER)[0]["text"].startswith("999\n")


def test_what_comes_meanwhile_stays_and_a_fault_loses_nothing() -> None:
    held = Unwritten()
    for line in (b"1", b"2", b"3"):
        held.hold(line)

    def may_go(line: bytes) -> bool:
        if line == b"1":
            held.hold(b"4")
        if line == b"3":
            raise RuntimeError
        return line == b"2"

    with pytest.raises(RuntimeError):
        held.taken_over(may_go)
    seen: list[bytes] = []
    held.taken_over(lambda line: bool(seen.append(line)))
    assert seen == [b"1", b"3", b"4"]
