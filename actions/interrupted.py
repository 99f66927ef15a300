"""Whether a form was interrupted by the message that Rasa works on."""

from __future__ import annotations

from typing import Any


def answered_elsewhere(tracker: Any, form: str) -> bool:
    """Whether Rasa comes back to a form after it answered this message with something else."""
    for event in reversed(tracker.events or ()):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action_execution_rejected" and event.get("name") == form:
            return True
    return False
