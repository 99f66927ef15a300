"""What Rasa copies and spells out only for lines at debug level: here such lines are never printed, so it is not made.

Rasa copies a message's events and states for them, and writes out its whole graph, at every message.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any


def leave_out() -> None:
    """Make nothing for debug lines from now on. Only for a process that serves: training names things by their text."""
    from rasa.core import processor
    from rasa.core.policies import rule_policy
    from rasa.engine.graph import ExecutionContext

    # In these two modules `copy` is used for nothing else; a test holds that.
    nothing = SimpleNamespace(deepcopy=_nothing)
    processor.copy = nothing
    rule_policy.copy = nothing
    rule_policy.RulePolicy.format_tracker_states = staticmethod(_nothing)
    ExecutionContext.__repr__ = object.__repr__


def _nothing(_: Any) -> None:
    return None
