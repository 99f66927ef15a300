"""Serving an app on its port. The server logs no access: who called from where, and for what, is nobody's business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware


def serve(app: FastAPI, host: str, port: int, proxies: Sequence[str]) -> None:
    """Serve until told to stop."""
    uvicorn.run(
        behind(app, proxies),
        host=host,
        port=port,
        proxy_headers=False,  # done by `behind`: the server itself would believe whom an environment variable names
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=10,
    )


def behind(app: FastAPI, proxies: Sequence[str]) -> Any:
    """The app behind these proxies (addresses or networks): they, and nobody else, may say where a request came from.

    Each proxy adds the address it was called from at the end of X-Forwarded-For: the last one there that is no proxy of
    ours is the caller. What stands before it anybody could have written.
    """
    return ProxyHeadersMiddleware(app, trusted_hosts=list(proxies))  # type: ignore[arg-type]  # stricter than FastAPI's
