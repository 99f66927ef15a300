"""Logs that carry ids and counts, never words or numbers of a worker.

``configure()`` is called once by every process. Code logs through ``logger(__name__).info("event_name", count=3)``.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

import structlog

LONGEST = 80
"""Longest text that passes as the value of a field; ids and names of things are shorter."""

LARGEST = 10**8
"""Largest number that passes: counts and row ids are smaller, phone numbers are not."""

DIGITS = re.compile(r"\+?\d[\d\s().-]{4,}\d")
"""Six digits or more, with the usual separators: what a phone number looks like in any spelling."""

PLAIN = re.compile(r"[\w.:/-]*", re.ASCII)
"""What an id, a name or a state looks like: no spaces, no letters outside ASCII. A sentence does not pass."""

QUIET = {
    "uvicorn.access": logging.CRITICAL,  # addresses, and query strings
    "sqlalchemy": logging.WARNING,
    "httpx": logging.WARNING,  # complete addresses
    "httpcore": logging.WARNING,
    "twilio": logging.WARNING,  # complete requests, numbers included
    "urllib3": logging.WARNING,
    "asyncio": logging.WARNING,
    "multipart": logging.WARNING,
    "python_multipart": logging.WARNING,
    "huey": logging.INFO,
    "alembic": logging.WARNING,
}

TRUSTED = frozenset({"uvicorn.error", "huey", "huey.consumer", "alembic.runtime.migration"})
"""Loggers whose message templates are fixed words; those of any other might have a value written into them."""

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")


def mask_digits(text: str) -> str:
    """Replace every run of digits that could be a number by ``#``."""
    return DIGITS.sub("#", text)


def redact(value: Any) -> Any:
    """Return a field's value if it is a count, an id or a state; otherwise say only what it was."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) < LARGEST else "<large number>"
    if isinstance(value, str):
        if len(value) > LONGEST or not PLAIN.fullmatch(value):
            return f"<text of {len(value)}>"
        return mask_digits(value)
    if isinstance(value, Mapping):
        return {str(redact(name)): redact(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item) for item in value]
    return f"<{type(value).__name__}>"


def redact_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Let nothing pass that could be a worker's: the last resort, after code that should not log it at all."""
    for name, value in list(event.items()):
        if name in ("timestamp", "_record", "_from_structlog"):
            continue
        if name == "trace":
            event[name] = [mask_digits(str(line)) for line in value]
        elif name == "event" and "_template" in event:
            event[name] = mask_digits(str(value))[:LONGEST]
        elif name != "_template":
            event[name] = redact(value)
    event.pop("_template", None)
    return event


def describe_exception(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its type and the places it passed; its message may hold values."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    elif isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[0] is not None:
        event["error"] = f"{info[0].__module__}.{info[0].__qualname__}"
        event["trace"] = places(info[2])
    return event


def places(trace: TracebackType | None) -> list[str]:
    """Return where an exception passed, as ``file:line function``, without the values there."""
    frames = traceback.extract_tb(trace, limit=-12)
    return [f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in frames]


def drop_arguments(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of other libraries' records keep where they were written, and of a few the template, never what was filled in."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and not event.get("_from_structlog"):
        event["where"] = f"{record.module}:{record.lineno}"
        event["event"] = "library_message"
        if record.name in TRUSTED and isinstance(record.msg, str):
            event["event"] = PLACEHOLDER.sub("_", record.msg).strip()
            event["_template"] = True
    return event


def shared_processors() -> list[Any]:
    """Return what every record passes, ours or another library's."""
    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
        drop_arguments,
        redact_event,
    ]


def configure(*, level: str = "INFO", stream: Any = None) -> None:
    """Send every log of this process, ours and other libraries', through the redaction, as one JSON line each."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared_processors(),
            keep_exc_info=False,
            keep_stack_info=False,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(default=lambda value: f"<{type(value).__name__}>"),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
    logging.captureWarnings(True)
    sys.excepthook = _log_unhandled
    threading.excepthook = lambda arguments: _log_unhandled(
        arguments.exc_type, arguments.exc_value or arguments.exc_type(), arguments.exc_traceback
    )


def _log_unhandled(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logger("webhook").critical("unhandled_error", exc_info=(kind, error, trace))


def logger(name: str) -> Any:
    """Return a logger: ``log.info("messages_claimed", count=3)``. Fields are ids, counts and states only."""
    return structlog.stdlib.get_logger(name)


def _redact_from_the_start() -> None:
    """Send our own loggers through the redaction also in a process that has not called ``configure``."""
    structlog.configure(
        processors=[
            *shared_processors(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


_redact_from_the_start()
