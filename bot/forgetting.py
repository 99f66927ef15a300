"""What of a conversation is kept: the events of the latest session, and of those no more than a set number.

An older session is dropped whole: after the silence that ends a session nothing of before may be spoken of, so nothing
of before is needed. Three things outlive what is dropped: that the worker has been told about privacy; what was
answered of the sharing choice and of checks that are not finished, which are taken up only when the worker asks; and
within a session what the conversation stands on (its slots, a form under way).
"""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

# Once said, the privacy line is not said again when a new session starts.
INTRODUCED = "introduced"
SHARING = "share_"
"""How the slots begin that hold an answer of the sharing choice."""
CHECKS = "check_drafts"
"""The slot that holds the checks that are not finished."""


def what_is_kept(events: Sequence[Event], limit: int, domain: Domain) -> list[Event]:
    """The events worth keeping, in order; at most about `limit`, never cutting a turn in two."""
    start = _start_of_latest_session(events)
    kept = list(events[start:])
    after_head = next((i + 1 for i, event in enumerate(kept) if isinstance(event, SessionStarted)), 0)
    kept[after_head:after_head] = _carried(events[:start], kept)
    return _shortened(kept, limit, domain)


def _carried(before: Sequence[Event], kept: Sequence[Event]) -> list[Event]:
    """What a dropped session leaves to the next, unless that has set it anew."""
    left: dict[str, Event] = {}
    for event in before:
        if isinstance(event, SlotSet) and (event.key in (INTRODUCED, CHECKS) or event.key.startswith(SHARING)):
            left[event.key] = event
    set_anew = {event.key for event in kept if isinstance(event, SlotSet)}
    return [SlotSet(key, event.value) for key, event in left.items() if event.value is not None and key not in set_anew]


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


def _name(event: ActionExecuted) -> str:
    return event.action_name or ""
