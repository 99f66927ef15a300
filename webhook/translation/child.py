"""The process in which models run: `python -m webhook.translation.child MEGABYTES`, a request a line, a reply a line.

It has no network, a limit on memory, no core dump, writes no file and no log, and ends when its parent ends. Words come
and go through its pipe and stand nowhere else. Only `webhook/translation/process.py` starts it.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import socket
import sys
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import IO, Any

LOADED_AT_ONCE = 3
"""So many models stay in memory; the one used longest ago goes first."""
_loaded: OrderedDict[str, Any] = OrderedDict()


class NetworkIsCut(OSError):
    """Something here wanted the network."""


def main() -> None:
    """Answer requests until the pipe closes."""
    replies = _take_the_pipe()
    _cut_the_network()
    _end_with_parent(os.getppid())
    logging.disable(logging.CRITICAL)  # Argos writes the words themselves to its log
    from argostranslate import package, translate  # noqa: F401 - what takes seconds is done before the first request

    from webhook.translation import sentences  # noqa: F401

    set_limits(int(sys.argv[1]))
    _say(replies, {"ready": True})
    for line in sys.stdin.buffer:
        _say(replies, answer(json.loads(line)))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The reply to one request: the text, or the name of the fault, without a word of what was asked."""
    try:
        return {"text": translated(str(request["text"]), Path(request["folder"]))}
    except MemoryError:
        os._exit(1)  # what is left of the memory is in no state to go on
    except Exception as fault:  # noqa: BLE001 - whatever a model does wrong, the parent must hear of it
        return {"fault": type(fault).__name__}


def translated(text: str, folder: Path) -> str:
    """What the package in `folder` makes of the text."""
    model = _model(folder)
    return str(model.hypotheses(text, num_hypotheses=1)[0].value)


def _model(folder: Path) -> Any:
    from argostranslate import package, translate

    from webhook.translation.sentences import RuleBasedSentences

    key = str(folder)
    if key not in _loaded:
        found = package.Package(folder)
        source = translate.Language(found.from_code, found.from_name)
        made = translate.PackageTranslation(source, translate.Language(found.to_code, found.to_name), found)
        made.sentencizer = RuleBasedSentences(found.from_code)
        _loaded[key] = made
    _loaded.move_to_end(key)
    while len(_loaded) > LOADED_AT_ONCE:
        _loaded.popitem(last=False)
    return _loaded[key]


def set_limits(megabytes: int) -> None:
    """No more memory than that, no core dump (it would hold words), no file, and after everybody else."""
    most = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)


def _take_the_pipe() -> IO[bytes]:
    """Keep the way to the parent; whatever a library prints goes nowhere."""
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    return replies


def _cut_the_network() -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NetworkIsCut

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.socket.connect_ex = refuse  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = refuse  # type: ignore[assignment]


def _end_with_parent(parent: int) -> None:
    """A parent that was killed cannot end this process, and a model that hangs never looks at its pipe."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def _say(replies: IO[bytes], reply: dict[str, Any]) -> None:
    replies.write(json.dumps(reply).encode() + b"\n")
    replies.flush()


if __name__ == "__main__":
    main()
