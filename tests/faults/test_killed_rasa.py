"""SIGKILL of the real Rasa and of the real action server: each question gets its answer, each emergency its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.faults.emergencies import Emergencies
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
def test_every_question_is_answered_and_everybody_in_danger_told_though_a_part_of_the_dialogue_is_killed(
    service: Service, twilio: Twilio, tmp_path: Path, part: str
) -> None:
    database = Database(service.database_url)
    asking = Traffic(service, question="What is the minimum wage, question {number}", pause=1.0)
    with asking as traffic, Emergencies(service, database, pause=2.0) as emergencies:
        traffic.wait_for_more(3)
        service.kill(part)
        emergencies.wait_for_more(2)
        service.start(part)
        traffic.wait_for_more(3)
    wait_until(lambda: nothing_waits(database, tmp_path), "every answer", 300)
    emergencies.assert_all_told_and_brought(twilio)
    with database.unit_of_work(read_only=True) as db:
        replies = db.scalars(select(Message).where(Message.direction == "out")).all()
        told = {row.in_reply_to for row in replies if row.kind == "safety"}
        asked = set(db.scalars(select(Message.id).where(Message.direction == "in"))) - told
        answered = {row.in_reply_to for row in replies if row.kind == "answer"}
    assert len(asked) == len(traffic.phone) + len(traffic.web)
    assert asked == answered
    database.dispose()
