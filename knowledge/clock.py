"""The one clock of the service: the time in England, which tests and fact-checkers may set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SETTING = "CARE_ADVICE_NOW"
_MIDDAY = time(12, 0)

_set_time: ContextVar[datetime | None] = ContextVar("set_time", default=None)


class ClockSettingMalformed(ValueError):
    """CARE_ADVICE_NOW holds neither an ISO date nor an ISO date and time."""


def now() -> datetime:
    """The present moment in Europe/London: set by `at`, else by CARE_ADVICE_NOW, else the real one."""
    chosen = _set_time.get()
    if chosen is not None:
        return chosen
    setting = os.environ.get(SETTING, "").strip()
    return _from_setting(setting) if setting else datetime.now(LONDON)


def today() -> date:
    """The present day in England."""
    return now().date()


@contextmanager
def at(moment: datetime | date) -> Iterator[datetime]:
    """Hold the clock at `moment` inside a `with` block. A bare date means midday of that day."""
    held = in_london(moment)
    token = _set_time.set(held)
    try:
        yield held
    finally:
        _set_time.reset(token)


def in_london(moment: datetime | date) -> datetime:
    """The moment as Europe/London time. A time without a zone is taken as London's own; a date as its midday."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, _MIDDAY, LONDON)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=LONDON)
    return moment.astimezone(LONDON)


def _from_setting(setting: str) -> datetime:
    text = setting[:-1] + "+00:00" if setting.endswith("Z") else setting
    try:
        if len(text) == len("2026-11-21"):
            return in_london(date.fromisoformat(text))
        return in_london(datetime.fromisoformat(text))
    except ValueError as error:
        raise ClockSettingMalformed(f"{SETTING} must be an ISO date or date and time, not {setting!r}") from error
