"""The real process with a model that hangs or eats memory: python -m tests.webhook.translation.misbehaving KIND MB."""

from __future__ import annotations

import sys
import time
import urllib.request
from pathlib import Path

from webhook.translation import child


def hang(text: str, folder: Path) -> str:
    if "hang" in text:
        time.sleep(3600)
    return text


def eat(text: str, folder: Path) -> str:
    if "eat" not in text:
        return text
    eaten = []
    while True:
        eaten.append(bytearray(16 * 1024 * 1024))


def speak_up(text: str, folder: Path) -> str:
    """Prints the words, and fails with them in its error."""
    print(text, flush=True)
    print(text, file=sys.stderr)
    raise ValueError(text)


def call_out(text: str, folder: Path) -> str:
    """Fetches something, as a library would that lacks a model."""
    with urllib.request.urlopen(text) as answer:
        return str(answer.status)


def write_down(text: str, folder: Path) -> str:
    folder.write_text(text)
    return "written"


KINDS = {"hang": hang, "eat": eat, "speak_up": speak_up, "call_out": call_out, "write_down": write_down}

if __name__ == "__main__":
    child.translated = KINDS[sys.argv.pop(1)]
    child.main()
