"""What is kept of a conversation: the latest session, bounded, and still what it stands on."""

from __future__ import annotations

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.forgetting import what_is_kept


def session(*turns: list[Event]) -> list[Event]:
    start: list[Event] = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    return start + [event for turn in turns for event in turn]


def turn(text: str, *more: Event) -> list[Event]:
    said = UserUttered(text, {"name": "ask", "confidence": 1.0}, [])
    return [said, ActionExecuted("action_answer"), *more, ActionExecuted("action_listen")]


def texts(events: list[Event]) -> list[str]:
    return [event.text or "" for event in events if isinstance(event, UserUttered)]


def state(events: list[Event], domain: Domain) -> dict[str, object]:
    return dict(DialogueStateTracker.from_events("x", events, domain.slots).current_slot_values())


def test_an_older_session_is_dropped_whole(domain: Domain) -> None:
    events = session(turn("old words", SlotSet("topic", "payslip"))) + session(turn("new words"))
    kept = what_is_kept(events, 60, domain)
    assert texts(kept) == ["new words"]
    assert state(kept, domain)["topic"] is None


def test_that_privacy_was_explained_outlives_the_session(domain: Domain) -> None:
    events = session(turn("first", SlotSet("introduced", True))) + session(turn("second"))
    kept = what_is_kept(events, 60, domain)
    third = what_is_kept(kept + session(turn("third")), 60, domain)
    assert texts(third) == ["third"]
    assert state(third, domain)["introduced"] is True


def test_a_long_session_is_shortened_at_a_turn_and_keeps_its_slots(domain: Domain) -> None:
    first = turn("turn 0", SlotSet("topic", "payslip"), SlotSet("introduced", True))
    events = session(first, *(turn(f"turn {n}") for n in range(1, 40)))
    kept = what_is_kept(events, 30, domain)
    assert len(kept) <= 30 + 6
    assert texts(kept)[-1] == "turn 39"
    assert "turn 0" not in texts(kept)
    assert isinstance(kept[kept.index(next(e for e in kept if isinstance(e, UserUttered))) - 1], ActionExecuted)
    assert state(kept, domain) == state(events, domain)


def test_shortening_again_and_again_stays_bounded(domain: Domain) -> None:
    events = session(turn("start", SlotSet("topic", "payslip")))
    for number in range(200):
        events = what_is_kept(events + turn(f"turn {number}"), 20, domain)
    assert len(events) <= 26
    assert state(events, domain)["topic"] == "payslip"


def test_one_endless_turn_is_never_cut_in_two(domain: Domain) -> None:
    events = session([UserUttered("words", {"name": "ask"}, []), *[SlotSet("parts_given", n) for n in range(100)]])
    kept = what_is_kept(events, 10, domain)
    assert texts(kept) == ["words"]


def test_nothing_is_kept_of_nothing(domain: Domain) -> None:
    assert what_is_kept([], 10, domain) == []


def test_an_unfinished_sharing_choice_outlives_its_session_and_a_finished_one_does_not() -> None:
    before = [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        SlotSet("share_choice", "share"),
        SlotSet("share_time", "on Sunday"),
        SlotSet("share_name", ""),
        SlotSet("share_way", "call"),
        SlotSet("share_way", None),
        SlotSet("topic", "payslip"),
    ]
    now = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    kept = what_is_kept([*before, *now], 100, Domain.empty())
    left = {event.key: event.value for event in kept if isinstance(event, SlotSet)}
    assert left == {"share_choice": "share", "share_time": "on Sunday", "share_name": ""}
    assert isinstance(kept[1], SessionStarted)


def test_checks_that_are_not_finished_outlive_their_session_and_nothing_else_of_them_does() -> None:
    before = [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        SlotSet("check_drafts", {"pay": {"answers": {"rate": "12"}}}),
        SlotSet("check_drafts", {"pay": {"answers": {"rate": "11"}}}),
        SlotSet("check", "pay"),
        SlotSet("check_done", {"check": "leave"}),
        SlotSet("requested_slot", "check_answer"),
    ]
    now = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    kept = what_is_kept([*before, *now], 100, Domain.empty())
    left = {event.key: event.value for event in kept if isinstance(event, SlotSet)}
    assert left == {"check_drafts": {"pay": {"answers": {"rate": "11"}}}}
