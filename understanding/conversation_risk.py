"""How dangerous is what a conversation tells. Pure: a state and the risk of a message give the next state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from knowledge.rules.sign_levels import STRONG_TOGETHER
from understanding.risk_levels import CONCERN, EMERGENCY, HIGH, NONE, Risk, highest, rank
from understanding.signs_registry import registry

# A conversation of any length is kept in this many entries: the first that showed each sign, then the latest.
_MOST_ENTRIES = 200

# What a message may bring about. EMERGENCY_NOW at every message of that level, the others once in a conversation.
EMERGENCY_NOW, FIRST_HIGH, FIRST_CONCERN = "emergency", "first_high", "concern"


class StateUnreadable(ValueError):
    """A stored state is not of the form `as_dict` gives."""


@dataclass(frozen=True)
class SignSeen:
    """A sign, the message that showed it, and when that came."""

    sign: str
    message: str
    at: datetime


@dataclass(frozen=True)
class ConversationRisk:
    """The highest level reached, which holds, and what showed it.

    `strong_concerns` are the different strong signs of concern so far. `jokes` are the messages that said it was a
    joke: recorded for the officer, they lower nothing.
    """

    level: str = NONE
    seen: tuple[SignSeen, ...] = ()
    strong_concerns: frozenset[str] = frozenset()
    jokes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "level": self.level,
            "seen": [{"sign": one.sign, "message": one.message, "at": one.at.isoformat()} for one in self.seen],
            "strong_concerns": sorted(self.strong_concerns),
            "jokes": list(self.jokes),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> ConversationRisk:
        """The state as it was when `as_dict` was called. Raises StateUnreadable."""
        try:
            rank(stored["level"])
            return cls(
                stored["level"],
                tuple(
                    SignSeen(str(one["sign"]), str(one["message"]), datetime.fromisoformat(one["at"]))
                    for one in stored["seen"]
                ),
                frozenset(map(str, stored["strong_concerns"])),
                tuple(map(str, stored["jokes"])),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise StateUnreadable(str(error)) from error


def after(
    state: ConversationRisk, risk: Risk, message: str, at: datetime, strong: Iterable[str] | None = None
) -> tuple[ConversationRisk, tuple[str, ...]]:
    """The state after a message with that risk, and what it brought about, the gravest first.

    `message` is the message's id. `strong` names the strong signs of concern (from the registry, unless given).
    """
    heavy = frozenset(strong) if strong is not None else strong_concerns()
    ids = tuple(dict.fromkeys(sign.id for sign in risk.signs))
    concerns = state.strong_concerns | (heavy & frozenset(ids))
    reached = [state.level, risk.level]
    if len(concerns) >= STRONG_TOGETHER:
        reached.append(HIGH)
    level = highest(reached)
    brought = []
    if risk.level == EMERGENCY:
        brought.append(EMERGENCY_NOW)
    if rank(state.level) < rank(HIGH) <= rank(level):
        brought.append(FIRST_HIGH)
    if rank(state.level) < rank(CONCERN) == rank(level):
        brought.append(FIRST_CONCERN)
    following = replace(
        state,
        level=level,
        seen=_kept((*state.seen, *(SignSeen(name, message, at) for name in ids))),
        strong_concerns=concerns,
        jokes=(*state.jokes, message)[-_MOST_ENTRIES:] if risk.joke else state.jokes,
    )
    return following, tuple(brought)


def strong_concerns() -> frozenset[str]:
    """The signs of concern of which several together are more than concern."""
    return frozenset(kind.id for kind in registry().values() if kind.strong)


def _kept(seen: tuple[SignSeen, ...]) -> tuple[SignSeen, ...]:
    if len(seen) <= _MOST_ENTRIES:
        return seen
    first = {one.sign: place for place, one in reversed(list(enumerate(seen)))}
    room = _MOST_ENTRIES - len(first)
    places = sorted({*first.values(), *range(len(seen) - max(room, 0), len(seen))})
    return tuple(seen[place] for place in places)
