"""The private address of the metrics: what waits is measured when somebody looks, and who may look is settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr, ValidationError

from tests.faults.service import free_port
from tests.webhook.parts import without_database
from webhook import metrics_server
from webhook.gateway import Gateway
from webhook.settings import Settings


@contextmanager
def served(gateway: Gateway, **settings: object) -> Iterator[str]:
    chosen = gateway.settings.model_copy(update=settings)
    port = free_port()
    server = metrics_server.start(replace(gateway, settings=chosen), port)
    assert server is not None
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        server.server_close()


def look(address: str, path: str = "/metrics", **headers: str) -> httpx.Response:
    return httpx.get(address + path, headers=headers, trust_env=False)


def values(response: httpx.Response) -> dict[str, float]:
    lines = [line.rsplit(" ", 1) for line in response.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_what_waits_is_measured_at_each_look(gateway: Gateway, receive: Callable[..., object]) -> None:
    with served(gateway) as address:
        assert values(look(address))["advice_waiting_messages"] == 0
        with gateway.database.unit_of_work() as db:
            receive(db, "SM1")
        seen = look(address)
    assert seen.headers["content-type"].startswith("text/plain")
    assert values(seen)["advice_waiting_messages"] == 1
    assert values(seen)["advice_database_answers"] == 1


def test_without_the_database_there_is_still_a_page_that_says_so(gateway: Gateway) -> None:
    with served(without_database(gateway)) as address:
        gateway.spool.write("inbound", {"n": 1})
        seen = values(look(address))
    assert seen["advice_database_answers"] == 0
    assert seen["advice_spool_bytes"] == gateway.spool.size() > 0


def test_a_token_that_is_set_is_asked_for(gateway: Gateway) -> None:
    with served(gateway, metrics_token=SecretStr("let me look")) as address:
        assert look(address).status_code == 401
        assert look(address, Authorization="Bearer let me").status_code == 401
        assert look(address, Authorization="Bearer let me look").status_code == 200


@pytest.mark.parametrize("path", ["/", "/metric", "/metrics/../healthz"])
def test_nothing_else_is_there(gateway: Gateway, path: str) -> None:
    with served(gateway) as address:
        assert look(address, path).status_code == 404


def test_off_is_off_and_a_port_that_is_taken_stops_nothing(gateway: Gateway) -> None:
    assert metrics_server.start(gateway, 0) is None
    with served(gateway) as address:
        assert metrics_server.start(gateway, int(address.rsplit(":", 1)[1])) is None


def test_the_public_app_has_no_such_address(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_other_machines_reach_it_only_with_a_token() -> None:
    with pytest.raises(ValidationError, match="metrics_token"):
        Settings(metrics_host="0.0.0.0")  # noqa: S104 - the point of the test
    assert Settings(metrics_host="0.0.0.0", metrics_token=SecretStr("x")).metrics_token is not None  # noqa: S104
