"""SIGKILL of each part while messages arrive: each message is answered, counted at both ends, and none doubled."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.faults.service import Service, wait_until
from tests.faults.traffic import Traffic
from tests.webhook import postgres_cluster, twilio_server
from tests.webhook.postgres_cluster import Cluster
from tests.webhook.twilio_server import Twilio
from webhook.conversations import service as conversations
from webhook.conversations.models import Message
from webhook.database import Database, DatabaseUnavailable

pytestmark = [pytest.mark.whole_service, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with postgres_cluster.running() as server:
        yield server


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with twilio_server.running() as server:
        yield server


@pytest.fixture
def service(tmp_path: Path, cluster: Cluster, twilio: Twilio) -> Iterator[Service]:
    with Service(tmp_path, cluster, twilio) as running:
        yield running


def nothing_waits(database: Database, folder: Path) -> bool:
    """Whether every message has its answer, everything was sent, and the local journal is empty."""
    if any(path.stat().st_size for path in (folder / "var/spool").glob("spool.*lines")):
        return False
    try:
        with database.unit_of_work(read_only=True) as db:
            unsent = select(func.count(Message.id)).where(
                Message.status.in_(("queued", "sending")), Message.provider_id.is_(None)
            )
            return conversations.count_waiting(db=db) == 0 and db.scalars(unsent).one() == 0
    except DatabaseUnavailable:
        return False


@pytest.mark.parametrize("part", ["rasa", "worker", "postgresql", "public"])
def test_a_killed_part_loses_no_message(service: Service, twilio: Twilio, tmp_path: Path, part: str) -> None:
    database = Database(service.database_url)
    with Traffic(service) as traffic:
        time.sleep(2)
        service.kill(part)
        time.sleep(3)
        service.start(part)
        time.sleep(2)
    assert len(traffic.phone) >= 5
    assert len(traffic.web) >= 5
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
