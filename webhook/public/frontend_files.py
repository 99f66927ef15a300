"""Where the built scripts and styles of the chat and the pages stand, and what is sent with them."""

from __future__ import annotations

from pathlib import Path

from webhook.logs import logger

log = logger(__name__)

BUILT = Path(__file__).parent / "frontend" / "built"
FILES = ("chat.js", "chat-style.css", "pages.js", "pages-style.css", "widget.js")


def missing() -> tuple[str, ...]:
    """The files that were not built: `make run` and `make test` build them."""
    return tuple(name for name in FILES if not (BUILT / name).is_file())


def say_what_is_missing() -> None:
    """Tell at the start. The answers and the emergency words are served all the same, without style and script."""
    if found := missing():
        log.error("front_end_not_built", count=len(found))
