"""Waiting for a model: without one Rasa would start, fail and be started again, over and over."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

LOOK_SECONDS = 2.0
FIRST_SAID_AGAIN_SECONDS = 60.0
LONGEST_SAID_AGAIN_SECONDS = 3600.0


def model_in(path: Path) -> bool:
    """Whether there is a model: the file itself, or a trained one in the folder."""
    if path.is_dir():
        return any(path.glob("*.tar.gz"))
    return path.is_file()


def wait_for_model(
    path: Path,
    say: Callable[[str], None] = lambda line: print(line, flush=True),
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Return once there is a model. Until then say what is missing: at once, then less and less often."""
    waited, say_at, pause = 0.0, 0.0, FIRST_SAID_AGAIN_SECONDS
    while not model_in(path):
        if waited >= say_at:
            say(f"Rasa has no model: nothing is at {path}. Train one with `make train`. It is taken when it is there.")
            say_at, pause = waited + pause, min(2 * pause, LONGEST_SAID_AGAIN_SECONDS)
        sleep(LOOK_SECONDS)
        waited += LOOK_SECONDS
