"""Dates as a calendar file (iCalendar, RFC 5545) that any phone can read. It holds days and titles and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from knowledge.rules.sponsor_timeline import SponsorFinding
from knowledge.rules.sponsor_timeline_keys import CALENDAR_CHECK, CALENDAR_END
from knowledge.rules.sponsor_timeline_steps import END

LONGEST_LINE = 75  # octets without the line break, RFC 5545 section 3.1
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True)
class CalendarDay:
    """A whole day with a title."""

    day: date
    title: str


def sponsor_days(finding: SponsorFinding, titles: Mapping[str, str]) -> tuple[CalendarDay, ...]:
    """The steps that are still ahead on the day of the finding, under neutral titles (the notes of the check)."""
    return tuple(
        CalendarDay(step.day, titles[CALENDAR_END if step.key == END else CALENDAR_CHECK])
        for step in finding.steps
        if step.day >= finding.on and (step.key == END or not step.told)
    )


def calendar_text(days: Iterable[CalendarDay], made: datetime) -> str:
    """The file's text. `made` is the moment it is made, with a time zone; the format asks for it in every entry."""
    stamp = made.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dates//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for each in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_uid(each, stamp)}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{each.title.translate(_ESCAPED)}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _uid(each: CalendarDay, stamp: str) -> str:
    return hashlib.sha256(f"{each.day} {each.title} {stamp}".encode()).hexdigest()[:32]


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never inside a character; each further piece begins with a space."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        room = LONGEST_LINE - (1 if pieces else 0)
        if len((piece + letter).encode()) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
