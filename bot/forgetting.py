"""What of a conversation is kept: the events of the latest session, and of those no more than a set number.

An older session is dropped whole: after the silence that ends a session nothing of before may be spoken of, so nothing
of before is needed. Two things outlive what is dropped: that the worker has been told about privacy, and within a
session what the conversation stands on (its slots, a form under way).
"""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

# Once said, the privacy line is not said again when a new session starts.
INTRODUCED = "introduced"


def what_is_kept(events: Sequence[Event], limit: int, domain: Domain) -> list[Event]:
    """The events worth keeping, in order; at most about `limit`, never cutting a turn in two."""
    start = _start_of_latest_session(events)
    kept = list(events[start:])
    if any(_introduced(event) for event in events[:start]) and not any(_introduced(event) for event in kept):
        after_head = next((i + 1 for i, event in enumerate(kept) if isinstance(event, SessionStarted)), 0)
        kept.insert(after_head, SlotSet(INTRODUCED, True))
    return _shortened(kept, limit, domain)


def _start_of_latest_session(events: Sequence[Event]) -> int:
    starts = [
        i
        for i, event in enumerate(events)
        if isinstance(event, ActionExecuted) and _name(event) == ACTION_SESSION_START_NAME
    ]
    return starts[-1] if starts else 0


def _shortened(events: list[Event], limit: int, domain: Domain) -> list[Event]:
    if len(events) <= limit:
        return events
    turns = [
        i + 1
        for i, event in enumerate(events)
        if isinstance(event, ActionExecuted) and _name(event) == ACTION_LISTEN_NAME
    ]
    whole = [i for i in turns if i < len(events)]
    if not whole:
        return events
    cut = next((i for i in whole if len(events) - i <= limit), whole[-1])
    before = DialogueStateTracker.from_events("kept", events[:cut], domain.slots)
    head: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    head += [SlotSet(name, slot.value) for name, slot in before.slots.items() if slot.value != slot.initial_value]
    if before.active_loop_name:
        head.append(ActiveLoop(before.active_loop_name))
    head.append(ActionExecuted(ACTION_LISTEN_NAME))
    for event in head:
        event.timestamp = events[cut].timestamp
    return head + events[cut:]


def _introduced(event: Event) -> bool:
    return isinstance(event, SlotSet) and event.key == INTRODUCED and bool(event.value)


def _name(event: ActionExecuted) -> str:
    return event.action_name or ""
