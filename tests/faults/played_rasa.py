"""A process that answers as the bot's channel does, for faults of everything but Rasa: `played_rasa.py PORT`."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Answers every question with its own words."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        message = {"kind": "answer", "text": f"Answer to {asked['text']}", "lang": "en", "dir": "ltr"}
        self._say(200, json.dumps({"messages": [message], "keep": {}}).encode())

    def do_GET(self) -> None:
        self._say(200, b"{}")

    def do_DELETE(self) -> None:
        self._say(204, b"")

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
