"""Counting by address: whose address it is behind proxies, and how much of it counts."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from webhook.rate_limit import RateLimit, caller
from webhook.serving import behind
from webhook.settings import Settings

PROXY, INNER, WORKER, FORGED = "10.0.0.2", "10.0.0.3", "203.0.113.7", "198.51.100.9"


def seen_as(called_by: str, forwarded: str | None, proxies: str) -> str:
    """The address that counts when a request comes in."""
    app = FastAPI()

    @app.get("/")
    def who(request: Request) -> str:
        return caller(request.client.host if request.client else None)

    behind_them = behind(app, Settings(trusted_proxies=proxies).proxies)
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    answer: str = TestClient(behind_them, client=(called_by, 50_000)).get("/", headers=headers).json()
    return answer


def test_behind_a_proxy_that_is_named_each_worker_counts_alone() -> None:
    assert seen_as(PROXY, WORKER, "10.0.0.0/24") == WORKER
    assert seen_as(PROXY, f"{WORKER}, {INNER}", "10.0.0.2 10.0.0.3") == WORKER


def test_nobody_chooses_the_address_they_count_under() -> None:
    assert seen_as(WORKER, FORGED, PROXY) == WORKER
    assert seen_as(PROXY, f"{FORGED}, {WORKER}", PROXY) == WORKER
    assert seen_as(PROXY, f"{PROXY}, {FORGED}, {WORKER}", PROXY) == WORKER


def test_the_servers_own_variable_for_proxies_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    assert seen_as(WORKER, FORGED, PROXY) == WORKER


def test_a_proxy_on_this_machine_is_believed_without_a_setting() -> None:
    assert seen_as("127.0.0.1", WORKER, Settings.model_fields["trusted_proxies"].default) == WORKER


@pytest.mark.parametrize("said", ["*", "0.0.0.0/0", "::/0", "proxy.example.org", "10.0.0.2,10.0.0.3", "10.0.0.1/24"])
def test_a_setting_that_would_believe_everybody_or_nobody_stops_the_start(said: str) -> None:
    with pytest.raises(ValueError, match="trusted_proxies"):
        Settings(trusted_proxies=said)


def test_the_addresses_of_one_connection_count_as_one() -> None:
    assert caller("2001:db8:1:2::1") == caller("2001:db8:1:2:ffff:ffff:ffff:fffe%eth0")
    assert caller("2001:db8:1:2::1") != caller("2001:db8:1:3::1")
    assert caller("::ffff:203.0.113.7") == caller(WORKER) == WORKER
    assert caller(None) == caller("") == "unknown"


def test_a_bucket_empties_and_fills_again() -> None:
    now = [0.0]
    limit = RateLimit(2, clock=lambda: now[0])
    assert [limit.allows("one"), limit.allows("one"), limit.allows("one"), limit.allows("two")] == [
        True, True, False, True,
    ]  # fmt: skip
    now[0] = 30.0
    assert [limit.allows("one"), limit.allows("one")] == [True, False]
