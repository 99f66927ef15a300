"""A local HTTP server that plays the part of Twilio's REST interface that the service uses."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

ACCOUNT = "AC" + "test" * 8
TOKEN = "token-one"
SECOND_TOKEN = "token-two"


@dataclass
class Refusal:
    """An answer to give in place of "created"."""

    status: int = 400
    code: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    accept: bool = False
    """Take the message all the same (and only the answer is late or lost)."""


@dataclass
class Twilio:
    """What was sent and deleted, and what to refuse next."""

    base: str = ""
    sent: list[dict[str, str]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    calls: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    always: Refusal | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def bodies(self, to: str | None = None) -> list[str]:
        """The texts taken, in order, to one address or to all."""
        return [m.get("Body", m.get("ContentSid", "")) for m in self.sent if to in (None, m["To"])]


@contextmanager
def running() -> Iterator[Twilio]:
    """The server on a free port of this machine."""
    twilio = Twilio()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = parse_qs(body, keep_blank_values=True)
            message = {name: values[0] for name, values in form.items()}
            with twilio.lock:
                twilio.calls += 1
                refusal = twilio.refusals.pop(0) if twilio.refusals else twilio.always
                if refusal is None or refusal.accept:
                    message["sid"] = f"SM{len(twilio.sent):032d}"
                    twilio.sent.append(message)
            if refusal is not None:
                time.sleep(refusal.delay)
                if not refusal.accept:
                    self._say(refusal.status, {"code": refusal.code, "message": f"refused {message}"}, refusal.headers)
                    return
            self._say(201, {"sid": message["sid"], "status": "queued", "body": message.get("Body")})

        def do_DELETE(self) -> None:
            sid = self.path.rsplit("/", 1)[-1].removesuffix(".json")
            with twilio.lock:
                twilio.calls += 1
                refusal = twilio.refusals.pop(0) if twilio.refusals else twilio.always
                if refusal is None:
                    twilio.deleted.append(sid)
            if refusal is not None:
                self._say(refusal.status, {"code": refusal.code, "message": "refused"}, refusal.headers)
                return
            self.send_response(204)
            self.end_headers()

        def _say(self, status: int, data: dict[str, Any], headers: dict[str, str] | None = None) -> None:
            body = json.dumps(data).encode()
            try:
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the caller gave up waiting, as some tests want

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    twilio.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield twilio
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
