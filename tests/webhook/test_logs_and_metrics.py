"""Logs and metrics: ids and counts; never a word or a number of a worker, whoever logs and whatever breaks."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from webhook import logs, metrics
from webhook.database import Database

ROOT = Path(__file__).parents[2]
WORDS = "my boss keeps my passport and I am afraid"
NUMBER = "+447700900123"
CANARY = f"{WORDS} {NUMBER}"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Everything that is logged, by whomever, at the lowest level."""
    root = logging.getLogger()
    handlers, level, hooks = list(root.handlers), root.level, (sys.excepthook, logs.threading.excepthook)
    stream = io.StringIO()
    logs.configure(level="DEBUG", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, logs.threading.excepthook = hooks
    logging.captureWarnings(False)


def assert_clean(shown: str) -> None:
    assert shown, "the test must see something logged"
    for part in (WORDS, "passport", "7700900123", "7700 900123"):
        assert part not in shown


def fail(value: str) -> None:
    raise ValueError(value)


def test_ids_counts_and_states_are_logged(stream: io.StringIO) -> None:
    logs.logger("webhook.tasks").info("messages_claimed", count=3, channel="sms", message=17, seconds=0.25, ok=True)
    line = json.loads(stream.getvalue())
    assert line["event"] == "messages_claimed"
    assert (line["count"], line["channel"], line["message"], line["seconds"]) == (3, "sms", 17, 0.25)
    assert (line["level"], line["logger"]) == ("info", "webhook.tasks")


def test_text_in_any_field_does_not_pass(stream: io.StringIO) -> None:
    log = logs.logger("webhook.steps")
    log.info(
        "event",
        mail="passport@example.org",
        text=CANARY,
        number=NUMBER,
        as_number=447700900123,
        spaced="07700 900123",
        dotted="07700.900123",
    )
    log.info("event", inside={"a": [CANARY, {NUMBER: CANARY}]}, raw=CANARY.encode(), thing=ValueError(CANARY))
    log.info(CANARY)
    log.info("said " + CANARY, why=f"because {CANARY}")  # noqa: G003 - the mistake that must not harm
    log.warning("%s", CANARY)
    log.bind(bound=CANARY).error("event")
    assert_clean(stream.getvalue())


def test_an_exception_is_logged_by_type_and_place(stream: io.StringIO) -> None:
    try:
        try:
            fail(CANARY)
        except ValueError as error:
            raise LookupError(CANARY) from error
    except LookupError:
        logs.logger("webhook.tasks").exception("task_failed")
    shown = stream.getvalue()
    assert_clean(shown)
    line = json.loads(shown)
    assert line["error"] == "builtins.LookupError"
    assert "test_logs_and_metrics.py" in line["trace"][-1]


LIBRARIES = [
    "uvicorn.error",
    "uvicorn.access",
    "httpx",
    "twilio.http_client",
    "huey",
    "huey.consumer",
    "sqlalchemy.engine",
    "asyncio",
    "a.library.nobody.knows",
]


@pytest.mark.parametrize("name", LIBRARIES)
def test_another_library_logs_no_value(name: str, stream: io.StringIO) -> None:
    log = logging.getLogger(name)
    log.error("Request %s failed", CANARY)
    log.error("Task(%r) took %.2f", CANARY, 1.0)
    if name not in logs.TRUSTED:
        log.error("said " + CANARY)  # noqa: G003 - the mistake that must not harm
    try:
        fail(CANARY)
    except ValueError:
        log.exception("Exception in ASGI application\n")
    logging.getLogger("webhook.x").error("seen")
    assert_clean(stream.getvalue())


def test_a_library_that_logs_before_and_after_keeps_no_way_around(stream: io.StringIO) -> None:
    around = logging.getLogger("chatty.library")
    handler_stream = io.StringIO()
    around.addHandler(logging.StreamHandler(handler_stream))
    around.propagate = False
    logs.configure(level="DEBUG", stream=stream)
    around.error(CANARY)
    assert handler_stream.getvalue() == ""
    assert_clean(stream.getvalue())


def test_a_warning_of_python_shows_no_value(stream: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(CANARY, stacklevel=1)
    assert_clean(stream.getvalue())


def test_an_error_of_the_database_shows_no_value(stream: io.StringIO, database: Database) -> None:
    try:
        with database.unit_of_work() as db:
            db.execute(text("INSERT INTO opt_outs (channel, pseudonym) VALUES (:c, :p)"), {"c": "sms", "p": CANARY})
    except IntegrityError:
        logs.logger("webhook.x").exception("write_failed")
    assert_clean(stream.getvalue())


UNCONFIGURED = """
import sys
from webhook import logs
logs.logger("webhook.x").warning(sys.argv[1], text=sys.argv[1])
logs.logger("webhook.x").error("seen")
"""


def test_a_process_that_forgot_to_configure_its_logs_shows_no_value() -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNCONFIGURED, CANARY],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "seen" in done.stderr
    assert_clean(done.stdout + done.stderr)


UNHANDLED = """
import sys, threading
from webhook import logs
logs.configure()
def fail(): raise ValueError(sys.argv[1])
thread = threading.Thread(target=fail); thread.start(); thread.join()
fail()
"""


def test_an_unhandled_error_of_a_process_or_thread_shows_no_value() -> None:
    died = subprocess.run(
        [sys.executable, "-c", UNHANDLED, CANARY],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert died.returncode == 1
    assert died.stdout == ""
    assert died.stderr.count("unhandled_error") == 2
    assert_clean(died.stderr)


@given(st.text(min_size=1, max_size=200))
def test_no_sentence_passes_as_a_field(said: str) -> None:
    shown = logs.redact(said)
    if " " in said or not said.isascii() or len(said) > logs.LONGEST:
        assert shown == f"<text of {len(said)}>"


@pytest.mark.parametrize("number", ["+447700900123", "07700900123", "447700900123", "07700-900-123", "07700.900.123"])
def test_no_spelling_of_a_number_passes(number: str) -> None:
    assert "900" not in str(logs.redact(number))
    assert "900" not in logs.mask_digits(f"call {number} now")


def counted(labels: str) -> float:
    """How many messages in were counted under these labels in this process, which other tests count in too."""
    lines = [
        line for line in metrics.page().decode().splitlines() if line.startswith("advice_messages_in_total" + labels)
    ]
    return float(lines[0].split()[-1]) if lines else 0.0


def test_a_label_says_only_what_is_on_its_list() -> None:
    other, sms = '{channel="other",outcome="other"}', '{channel="sms",outcome="answered"}'
    before = counted(other), counted(sms)
    metrics.count(metrics.MESSAGES_IN, channel=CANARY, outcome=NUMBER)
    metrics.count(metrics.MESSAGES_IN, channel="sms", outcome="answered")
    metrics.observe(metrics.REPLY_SECONDS, 0.2, channel="web")
    metrics.count(metrics.ROWS_PURGED, 3)
    assert_clean(metrics.page().decode())
    assert (counted(other), counted(sms)) == (before[0] + 1, before[1] + 1)


def test_every_label_has_a_short_fixed_list() -> None:
    for metric in vars(metrics).values():
        for label in getattr(metric, "_labelnames", ()):
            assert 1 < len(metrics.ALLOWED[label]) <= 12
