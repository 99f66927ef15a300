"""SIGKILL of each part, and a full disk, while people in danger write: each is told, and each alert arrives once."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.faults.emergencies import Emergencies
from tests.faults.service import Service
from tests.webhook import twilio_server
from tests.webhook.postgres_cluster import Cluster
from tests.webhook.twilio_server import Twilio
from webhook.database import Database

SETTLE_SECONDS = 5
"""Until whatever still tries on its own has met the missing part."""

pytestmark = [pytest.mark.whole_service, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def sent_by_twilio() -> Iterator[Twilio]:
    with twilio_server.running() as server:
        yield server


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster, sent_by_twilio: Twilio) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("service"), cluster, sent_by_twilio, redis=True) as running:
        yield running


@pytest.mark.parametrize(
    "parts",
    [
        ("rasa",),
        ("worker",),
        ("postgresql",),
        ("redis",),
        ("mail",),
        ("disk",),
        ("disk", "postgresql"),
        ("rasa", "worker", "redis", "mail", "postgresql"),
        ("public",),
    ],
    ids=" and ".join,
)
def test_everybody_in_danger_is_told_and_every_alert_arrives_once(
    service: Service, sent_by_twilio: Twilio, parts: tuple[str, ...]
) -> None:
    database = Database(service.database_url)
    with Emergencies(service, database) as emergencies:
        emergencies.wait_for_more(2)
        for part in parts:
            service.kill(part)
        if parts == ("public",):
            service.start("public")
        emergencies.wait_for_more(3)
    time.sleep(SETTLE_SECONDS)
    # Nobody writes any more: what waits is brought without a further message.
    for part in parts:
        if part != "public":
            service.start(part)
    # Only who is killed between a mail and its note of it sends that mail again, under the same name.
    emergencies.assert_all_told_and_brought(
        sent_by_twilio, mails_twice=1 if {"worker", "mail", "postgresql"} & set(parts) else 0
    )
    database.dispose()
