"""A mail server as a process of its own, to be killed: `mailbox.py PORT FILE` notes the id of each mail it takes."""

from __future__ import annotations

import os
import sys
import threading
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope


class Handler:
    """Takes every mail: its Message-ID is on the disk before the sender is told so."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        with self._file.open("a") as taken:
            taken.write(f"{message_from_bytes(content)['Message-ID']}\n")
            taken.flush()
            os.fsync(taken.fileno())
        return "250 taken"


if __name__ == "__main__":
    Controller(Handler(Path(sys.argv[2])), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    threading.Event().wait()
