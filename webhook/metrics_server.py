"""The metrics of one process at an address of their own, which is this machine's unless the settings say otherwise.

Each process counts for itself, so each has its own port. What waits is measured when somebody looks, never otherwise.
"""

from __future__ import annotations

import hmac
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from webhook import backlog, metrics
from webhook.database import DatabaseUnavailable
from webhook.gateway import Gateway
from webhook.logs import logger

log = logger(__name__)

PATH = "/metrics"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def start(gateway: Gateway, port: int) -> ThreadingHTTPServer | None:
    """Serve this process's metrics in a thread of their own; None when the port is 0 (off) or cannot be had."""
    if not port:
        return None
    settings = gateway.settings
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else ""
    try:
        server = ThreadingHTTPServer((settings.metrics_host, port), _handler(gateway, token))
    except OSError as fault:
        log.error("metrics_not_served", error=type(fault).__name__, port=port)
        return None
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server


def page(gateway: Gateway) -> bytes:
    """The metrics with what waits now; where the database is away, with what is known without it."""
    try:
        backlog.measure(gateway.database, gateway.spool)
        metrics.DATABASE_ANSWERS.set(1)
    except DatabaseUnavailable:
        metrics.DATABASE_ANSWERS.set(0)
    return metrics.page()


def _handler(gateway: Gateway, token: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version, sys_version = "metrics", ""
        timeout = 10

        def do_GET(self) -> None:
            if self.path.partition("?")[0] != PATH:
                self._say(HTTPStatus.NOT_FOUND)
            elif not _may_look(self.headers.get("Authorization") or "", token):
                self._say(HTTPStatus.UNAUTHORIZED)
            else:
                try:
                    self._say(HTTPStatus.OK, page(gateway))
                except Exception as fault:
                    log.error("metrics_failed", exc_info=fault)
                    self._say(HTTPStatus.INTERNAL_SERVER_ERROR)

        def _say(self, status: HTTPStatus, body: bytes = b"") -> None:
            self.send_response(status)
            self.send_header("Content-Type", CONTENT_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: who looks is not written down."""

    return Handler


def _may_look(given: str, token: str) -> bool:
    return not token or hmac.compare_digest(given.encode("utf-8", "replace"), f"Bearer {token}".encode())
