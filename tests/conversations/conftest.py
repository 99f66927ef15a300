"""One real Rasa and one real action server for all conversations, at the most talkative level of logging."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.model import model_for_tests
from tests.conversations.servers import Servers

TALKATIVE = {"LOG_LEVEL": "DEBUG", "LOG_LEVEL_LIBRARIES": "DEBUG", "LOG_LEVEL_MATPLOTLIB": "INFO"}


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Both servers, running."""
    made = Servers(tmp_path_factory.mktemp("servers"), model_for_tests(), **TALKATIVE)
    try:
        made.start()
        yield made
    finally:
        made.stop()
