"""Everything that this process logs, for tests that look through it for what may not be there."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from webhook import logs

CANARY_NUMBER = "+447700900456"
"""A worker's number that stands nowhere else."""


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The logs at their most talkative, through the redaction every process uses."""
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.configure(level="DEBUG", stream=stream)
    yield stream
    root.handlers[:], root.level = before, level
    logging.captureWarnings(False)
