"""What the fault tests share: a PostgreSQL server and a Twilio of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.webhook import postgres_cluster, twilio_server
from tests.webhook.postgres_cluster import Cluster
from tests.webhook.twilio_server import Twilio


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with postgres_cluster.running() as server:
        yield server


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with twilio_server.running() as server:
        yield server
