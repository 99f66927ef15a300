"""What a worker tells about their sponsor's licence and their own visa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Event(str, Enum):
    """Something that has happened. `letter` is the worker's own, which shortens the visa."""

    VISIT = "visit"
    SUSPENDED = "suspended"
    ANSWERED = "answered"
    REINSTATED = "reinstated"
    REVOKED = "revoked"
    LETTER = "letter"
    JOB_ENDED = "job_ended"
    APPLIED = "applied"


class Application(str, Enum):
    """What a new application rests on."""

    NEW_SPONSOR = "new_sponsor"
    SAME_SPONSOR = "same_sponsor"
    OTHER_ROUTE = "other_route"


@dataclass(frozen=True)
class SponsorTimelineAnswers:
    """The answers. An event may have happened without its day being known.

    `days` are the days printed on the letters, or those on which a thing was done. `letter_end` is the end date printed
    in the worker's own letter, `visa_end` the one in the eVisa account.
    """

    happened: frozenset[Event] = frozenset()
    days: Mapping[Event, date] = field(default_factory=dict)
    letter_end: date | None = None
    visa_end: date | None = None
    application: Application | None = None

    def has(self, event: Event) -> bool:
        """Has it happened, so far as was told?"""
        return event in self.happened or event in self.days or (event is Event.LETTER and self.letter_end is not None)

    @property
    def letter_undated(self) -> bool:
        """Did a letter come of which neither its day nor its end date is known?"""
        return self.has(Event.LETTER) and Event.LETTER not in self.days and self.letter_end is None

    @property
    def licence(self) -> Event | None:
        """How the licence stands: suspended, reinstated, revoked, or None where nothing was told of it.

        The latest day decides; of those without a day the gravest.
        """
        states = (Event.REVOKED, Event.REINSTATED, Event.SUSPENDED)
        told = [state for state in states if self.has(state)]
        dated = [state for state in told if state in self.days]
        if len(dated) == len(told) and told:
            return max(dated, key=lambda state: (self.days[state], -states.index(state)))
        return told[0] if told else None
