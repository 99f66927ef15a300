"""When a line is open: weekly hours in English local time, with bank holidays and clock changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from knowledge.clock import LONDON, in_london

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)")
_LOOK_AHEAD_DAYS = 14


@dataclass(frozen=True)
class Span:
    """From one minute of the day to another, both counted from midnight. An end before the start is the next day's."""

    start: int
    end: int

    @property
    def overnight(self) -> bool:
        """Does it run past midnight?"""
        return self.end <= self.start


_WHOLE_DAY = Span(0, 24 * 60)


@dataclass(frozen=True)
class WeeklyHours:
    """Open spans for each weekday, Monday first.

    `bank_holidays` is closed, open (as on its weekday), all_day or unknown.
    """

    week: tuple[tuple[Span, ...], ...]
    bank_holidays: str

    def open_at(self, moment: datetime) -> bool | None:
        """Open then? None where a bank holiday makes it unknown."""
        here = in_london(moment)
        minute = here.hour * 60 + here.minute
        today, yesterday = here.date(), here.date() - timedelta(days=1)
        now = self._covers(today, lambda span: span.start <= minute and (span.overnight or minute < span.end))
        still = self._covers(yesterday, lambda span: span.overnight and minute < span.end)
        if now is True or still is True:
            return True
        return None if now is None or still is None else False

    def next_opening(self, moment: datetime) -> datetime | None:
        """The next moment after `moment` at which it surely opens, in the fortnight ahead; else None."""
        here = in_london(moment)
        for ahead in range(_LOOK_AHEAD_DAYS + 1):
            on = here.date() + timedelta(days=ahead)
            for span in self._sure_spans(on):
                opening = datetime.combine(on, time(span.start // 60, span.start % 60), LONDON)
                if opening > here:
                    return opening
        return None

    def _sure_spans(self, on: date) -> tuple[Span, ...]:
        if self.bank_holidays == "open" or not is_bank_holiday(on):
            return self.week[on.weekday()]
        return (_WHOLE_DAY,) if self.bank_holidays == "all_day" else ()

    def _covers(self, on: date, fits: Callable[[Span], bool]) -> bool | None:
        if self.bank_holidays == "all_day" and is_bank_holiday(on):
            return fits(_WHOLE_DAY)
        if not any(fits(span) for span in self.week[on.weekday()]):
            return False
        if self.bank_holidays == "open" or not is_bank_holiday(on):
            return True
        return None if self.bank_holidays == "unknown" else False


def span_from(words: str) -> Span:
    """A span from "08:00-18:00". Raises ValueError when it is written otherwise."""
    found = _SPAN.fullmatch(words.strip())
    if found is None:
        raise ValueError(f"{words!r} is not a span such as 08:00-18:00")
    start, end = (int(part[:2]) * 60 + int(part[3:]) for part in found.groups())
    if start == end:
        raise ValueError(f"{words!r} has no length")
    return Span(start, end)


def weekly_hours(days: dict[str, str], bank_holidays: str) -> WeeklyHours:
    """Hours from {"mon": "09:00-12:00, 13:00-17:00", ...}; a day left out is closed. Raises ValueError."""
    return WeeklyHours(
        tuple(tuple(span_from(part) for part in days[day].split(",")) if day in days else () for day in DAYS),
        bank_holidays,
    )


def hours_form(value: object) -> Iterator[str]:
    """Every fault in a contact's `hours`."""
    if value in ("always", "unknown"):
        return
    if not isinstance(value, dict) or not value:
        yield 'must be "always", "unknown" or hours by day'
        return
    for day, spans in value.items():
        if day not in DAYS:
            yield f"{day}: must be one of {', '.join(DAYS)}"
            continue
        try:
            weekly_hours({day: str(spans)}, "closed")
        except ValueError as error:
            yield f"{day}: {error}"


def is_bank_holiday(on: date) -> bool:
    """Is the day a bank holiday in England?"""
    return on in _bank_holidays(on.year)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    import holidays  # here, because the environment of Rasa does not hold it

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
