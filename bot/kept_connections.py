"""Rasa asks its action server over connections that are kept. By itself it opens one for every answer and closes it."""

from __future__ import annotations

import asyncio
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp

# Well below the time after which the action server ends a connection on which nothing comes (120 s in Sanic): a
# question must not be on its way while that happens.
_KEPT_SECONDS = 30.0

_of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.TCPConnector] = WeakKeyDictionary()


def install() -> None:
    """From now on every endpoint of this process keeps its connections. May be called more than once."""
    from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, EndpointConfig

    def session(endpoint: Any) -> aiohttp.ClientSession:
        auth = aiohttp.BasicAuth(**endpoint.basic_auth) if endpoint.basic_auth else None
        return aiohttp.ClientSession(
            headers=endpoint.headers,
            auth=auth,
            timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
            connector=_connector(),
            connector_owner=False,  # Rasa closes the session after each answer; the connections stay
        )

    EndpointConfig.session = session


def _connector() -> aiohttp.TCPConnector:
    loop = asyncio.get_running_loop()
    if loop not in _of_loop:
        _of_loop[loop] = aiohttp.TCPConnector(keepalive_timeout=_KEPT_SECONDS)
    return _of_loop[loop]
