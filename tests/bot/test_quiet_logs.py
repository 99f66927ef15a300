"""Logs without a worker's word, whatever the level and whatever fails."""

from __future__ import annotations

import inspect
import logging
import warnings
from collections.abc import Iterator

import pytest
import structlog

from bot import quiet_logs

CANARY = "canary 07700 900123"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    factory, show = logging.getLogRecordFactory(), warnings.showwarning
    quiet_logs.install()
    yield
    logging.setLogRecordFactory(factory)
    warnings.showwarning = show
    structlog.reset_defaults()


def test_a_debug_line_loses_its_text(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("rasa.core.processor").debug("Received user message '%s'", CANARY)
        ready_made = f"Received user message {CANARY}"  # as Rasa does it
        logging.getLogger("rasa.core.processor").debug(ready_made)
    assert len(caplog.records) == 2
    assert CANARY not in caplog.text


def test_a_traceback_keeps_the_place_and_loses_the_message(caplog: pytest.LogCaptureFixture) -> None:
    try:
        try:
            raise ValueError(CANARY)
        except ValueError as cause:
            raise KeyError(f"while at it: {CANARY}") from cause
    except KeyError:
        logging.getLogger("rasa.core.channels").exception("It failed.")
    assert CANARY not in caplog.text
    assert "It failed." in caplog.text
    assert "builtins.KeyError" in caplog.text
    assert "builtins.ValueError" in caplog.text
    assert "test_quiet_logs.py" in caplog.text


def test_an_error_given_as_a_value_is_not_printed(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("rasa").error("Error: %s", ValueError(CANARY))
    assert CANARY not in caplog.text


def test_an_ordinary_line_is_printed_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("rasa.core.run").info("Starting on %s", 5005)
    assert "Starting on 5005" in caplog.text


def test_a_structured_line_keeps_only_the_name_of_its_event(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        structlog.get_logger("rasa.core.processor").warning("processor.message", text=CANARY)
        try:
            local = CANARY
            raise ValueError(local)
        except ValueError:
            structlog.get_logger("rasa.core.processor").exception("rest.message.received.failure", text=CANARY)
    assert CANARY not in caplog.text
    assert "processor.message" in caplog.text


def test_a_warning_keeps_its_kind_and_place(caplog: pytest.LogCaptureFixture) -> None:
    quiet_logs._show_warning(UserWarning(CANARY), UserWarning, "rasa/shared/reader.py", 12)
    assert CANARY not in caplog.text
    assert "UserWarning at rasa/shared/reader.py:12" in caplog.text


def test_rasas_own_form_of_structured_lines_would_print_values_and_ours_in_its_place_does_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    from rasa import __main__ as rasa_main

    assert "configure_structlog(" in inspect.getsource(rasa_main.main), "Rasa no longer sets structured lines there"
    quiet_logs.structured_lines(logging.INFO)
    structlog.get_logger("rasa.core.processor").warning("processor.failed", text="canary words", slots={"a": "canary"})
    assert "processor.failed" in caplog.text
    assert "canary" not in caplog.text
