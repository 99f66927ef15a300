"""What the answer on privacy tells a worker is what the service does."""

from __future__ import annotations

import pytest

from knowledge.figures import value
from webhook.settings import Settings


@pytest.mark.parametrize(
    ("figure", "setting"),
    [
        ("data.message_words", "text_days"),
        ("data.phone_number", "number_days"),
        ("data.message_row", "message_row_days"),
    ],
)
def test_a_term_that_a_worker_is_told_is_the_normal_term_of_the_service(figure: str, setting: str) -> None:
    assert value(figure).value == Settings.model_fields[setting].default
