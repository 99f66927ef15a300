"""Rasa's questions to the action server come over one connection, and a server that came back is found."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import web
from rasa.utils.endpoints import EndpointConfig

from bot import kept_connections


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    theirs = EndpointConfig.session
    kept_connections.install()
    yield
    EndpointConfig.session = theirs


class Answering:
    """A server that counts the connections it is asked over."""

    def __init__(self) -> None:
        self.connections: set[Any] = set()

    async def __call__(self, request: web.BaseRequest) -> web.Response:
        self.connections.add(request.transport)
        return web.json_response({"asked": await request.json()})

    async def start(self, port: int = 0) -> tuple[web.ServerRunner, int]:
        runner = web.ServerRunner(web.Server(self))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port, reuse_address=True)
        await site.start()
        assert runner.addresses
        return runner, runner.addresses[0][1]


def test_many_questions_come_over_one_connection() -> None:
    async def ask() -> int:
        server = Answering()
        runner, port = await server.start()
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
        for number in range(5):
            assert await endpoint.request(json={"number": number}) == {"asked": {"number": number}}
        await runner.cleanup()
        return len(server.connections)

    assert asyncio.run(ask()) == 1


def test_a_server_that_was_started_again_is_asked_over_a_new_connection() -> None:
    async def ask() -> Any:
        first, port = await Answering().start()
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
        await endpoint.request(json={})
        await first.cleanup()
        await asyncio.sleep(0)
        second, _ = await Answering().start(port)
        found = await endpoint.request(json={"again": True})
        await second.cleanup()
        return found

    assert asyncio.run(ask()) == {"asked": {"again": True}}
