"""SIGKILL of the real Rasa and of the real action server while messages arrive: each message still gets its answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.faults.service import Service, wait_until
from tests.faults.traffic import Traffic, nothing_waits
from tests.webhook.postgres_cluster import Cluster
from tests.webhook.twilio_server import Twilio
from webhook.conversations.models import Message
from webhook.database import Database

pytestmark = [pytest.mark.whole_service, pytest.mark.timeout(900)]


@pytest.fixture
def service(tmp_path: Path, cluster: Cluster, twilio: Twilio) -> Iterator[Service]:
    with Service(tmp_path, cluster, twilio, real_rasa=True) as running:
        yield running


@pytest.mark.parametrize("part", ["rasa", "actions"])
def test_every_message_gets_its_answer_though_a_part_of_the_dialogue_is_killed(
    service: Service, tmp_path: Path, part: str
) -> None:
    database = Database(service.database_url)
    with Traffic(service, question="What is the minimum wage, question {number}", pause=1.0) as traffic:
        traffic.wait_for_more(3)
        service.kill(part)
        time.sleep(3)
        service.start(part)
        traffic.wait_for_more(3)
    wait_until(lambda: nothing_waits(database, tmp_path), "every answer", 300)
    with database.unit_of_work(read_only=True) as db:
        asked = {row.id for row in db.scalars(select(Message).where(Message.direction == "in"))}
        replies = db.scalars(select(Message).where(Message.direction == "out")).all()
        answered = {row.in_reply_to for row in replies if row.kind == "answer"}
    assert len(asked) == len(traffic.phone) + len(traffic.web)
    assert asked == answered
    database.dispose()
