"""SIGKILL of each part while messages arrive: each message is answered, counted at both ends, and none doubled."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.faults.service import Service, wait_until
from tests.faults.traffic import Traffic, nothing_waits
from tests.webhook.postgres_cluster import Cluster
from tests.webhook.twilio_server import Twilio
from webhook.conversations.models import Message
from webhook.database import Database

pytestmark = [pytest.mark.whole_service, pytest.mark.timeout(600)]


@pytest.fixture
def service(tmp_path: Path, cluster: Cluster, twilio: Twilio) -> Iterator[Service]:
    with Service(tmp_path, cluster, twilio) as running:
        yield running


@pytest.mark.parametrize("part", ["rasa", "worker", "postgresql", "public"])
def test_a_killed_part_loses_no_message(service: Service, twilio: Twilio, tmp_path: Path, part: str) -> None:
    database = Database(service.database_url)
    with Traffic(service) as traffic:
        traffic.wait_for_more(5)
        service.kill(part)
        time.sleep(3)
        service.start(part)
        traffic.wait_for_more(5)
    wait_until(lambda: nothing_waits(database, tmp_path), "every answer", 200)

    with database.unit_of_work(read_only=True) as db:
        kept = db.scalars(select(func.count(Message.id)).where(Message.direction == "in")).one()
    assert kept == len(traffic.phone) + len(traffic.web)
    sent = Counter(body for body in twilio.bodies() if body.startswith("Answer to "))
    assert set(sent) == {f"Answer to {text}" for text in traffic.phone.values()}
    # Only a worker killed between Twilio's "taken" and our note of it may send one message a second time.
    assert sum(sent.values()) - len(sent) <= (4 if part == "worker" else 0)
    seen = Counter(m["text"] for m in traffic.web_messages() if m["text"].startswith("Answer to "))
    assert seen == Counter(f"Answer to {text}" for text in traffic.web)
    logged = service.logs()
    assert "question s1" not in logged
    assert "7700900" not in logged
    database.dispose()
