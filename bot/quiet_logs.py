"""No word of a worker in any log line of Rasa, whatever the level and whatever fails.

Rasa prints messages at debug level, and errors print the data they stumbled over. So every log record made in this
process is cleaned where it is made, before any handler sees it: debug records lose their text, a traceback keeps the
kind of error and the places, never its message; structured lines keep only the name of their event.
"""

from __future__ import annotations

import logging
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

Raised = tuple[type[BaseException], BaseException, TracebackType | None]
_FRAMES = 6
_withheld = "(details are not logged)"
_OUR_LEVEL = logging.INFO


def install() -> None:
    """Clean every record from now on. May be called more than once."""
    if getattr(logging.getLogRecordFactory(), "cleans", False):
        return
    make = logging.getLogRecordFactory()

    def make_clean(*args: Any, **kwargs: Any) -> logging.LogRecord:
        return cleaned(make(*args, **kwargs))

    make_clean.cleans = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(make_clean)
    structured_lines()
    warnings.showwarning = _show_warning


def structured_lines(level: int | None = None) -> None:
    """Structured lines say the name of their event only. Takes the place of Rasa's own function, whose form it has."""
    logging.basicConfig(format="%(message)s", level=_OUR_LEVEL if level is None else level)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _only_the_event],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(_OUR_LEVEL),
        cache_logger_on_first_use=False,
    )


def cleaned(record: logging.LogRecord) -> logging.LogRecord:
    """The record without what it must not say. Changes it in place."""
    if record.levelno < _OUR_LEVEL:
        record.msg, record.args = f"{record.module}:{record.lineno} {_withheld}", None
    elif record.args:
        # An error's own message may hold what it stumbled over.
        args = record.args.values() if isinstance(record.args, Mapping) else record.args
        if any(isinstance(value, BaseException) for value in args):
            record.msg, record.args = f"{record.module}:{record.lineno} {_withheld}", None
    if isinstance(record.exc_info, tuple) and record.exc_info[0] is not None:
        record.msg = f"{record.getMessage()}\n{places(record.exc_info)}"
        record.args = None
    record.exc_info, record.exc_text, record.stack_info = None, None, None
    return record


def places(raised: Raised) -> str:
    """The kind of an error, its causes, and the lines they came through; not their messages."""
    lines: list[str] = []
    error: BaseException | None = raised[1]
    while error is not None and len(lines) < 4 * _FRAMES:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
        lines += [f"  at {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        error = error.__cause__ or error.__context__
    return "\n".join(lines)


def _only_the_event(_: Any, __: str, event: MutableMapping[str, Any]) -> str:
    return str(event.get("event", ""))


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    if not issubclass(category, DeprecationWarning):  # of Rasa's old libraries; nobody here can mend them
        logging.getLogger("py.warnings").warning("%s at %s:%s", category.__name__, filename, lineno)
