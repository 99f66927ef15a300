"""A contact written out for a reader: hours, open now or not, cost, and the whole line of help."""

from __future__ import annotations

from datetime import datetime, time
from functools import reduce
from itertools import groupby
from pathlib import Path

from knowledge.clock import in_london
from knowledge.contacts import ALWAYS, Contact
from knowledge.files import ROOT
from knowledge.formats import time_text, weekday_text
from knowledge.opening_hours import DAYS, Span, WeeklyHours
from knowledge.phrase_book import words
from knowledge.register_words import contact_words

_ENDS = (".", "?", "\u0964", "\u06d4", "\u061f")
"""What ends a sentence: the point and the question mark, the danda of Hindi, the point and question mark of Urdu."""


def reach_text(contact: Contact, lang: str = "en", *, root: Path = ROOT) -> str:
    """Name and the best way to reach it: "Acas on 0300 123 1100"; its web address or e-mail where it has no number."""
    if contact.number:
        return words("contact_on_number", lang, root=root, name=contact.name, number=contact.number)
    elsewhere = contact.web or contact.email
    return words("contact_at_web", lang, root=root, name=contact.name, web=elsewhere) if elsewhere else contact.name


def hours_text(contact: Contact, lang: str = "en", *, root: Path = ROOT) -> str:
    """The weekly hours in words; a plain phrase where they are not known."""
    if contact.hours is None:
        return words("hours_not_known", lang, root=root)
    if not isinstance(contact.hours, WeeklyHours):
        return words("hours_always", lang, root=root)
    lines: list[str] = []
    for spans, group in groupby(range(len(DAYS)), key=contact.hours.week.__getitem__):
        if spans:
            times = [_span_text(span, lang, root) for span in spans]
            said = reduce(lambda first, last: words("two_times", lang, root=root, first=first, last=last), times)
            lines.append(words("hours_line", lang, root=root, days=_days_text(list(group), lang, root), spans=said))
    return "; ".join(lines)


def open_text(contact: Contact, at: datetime, lang: str = "en", *, root: Path = ROOT) -> str:
    """ "Open now.", "Closed now. Opens Monday at 9am." or nothing where it is not known or never closes."""
    if contact.hours == ALWAYS:
        return ""
    is_open = contact.open_at(at)
    if is_open is None:
        return ""
    if is_open:
        return words("open_now", lang, root=root)
    opening = contact.next_opening(at)
    if opening is None:
        return words("closed_now", lang, root=root)
    ahead = (opening.date() - in_london(at).date()).days
    when = {0: "closed_opens_today", 1: "closed_opens_tomorrow"}.get(ahead, "closed_opens_day")
    if ahead > 7:
        when = "closed_now"
    day = weekday_text(opening.weekday(), lang, root=root)
    return words(when, lang, root=root, day=day, time=time_text(opening.time(), lang, root=root))


def cost_text(contact: Contact, lang: str = "en", *, root: Path = ROOT) -> str:
    """What it costs to call, as a sentence; nothing where it is not known."""
    if contact.cost == "unknown" or not contact.number:
        return ""
    if contact.cost in ("free", "standard"):
        return words(f"cost_{contact.cost}", lang, root=root)
    return contact_words(contact, "cost", lang, root=root)


def help_line(
    contact: Contact, purpose: str, at: datetime, lang: str = "en", form: str = "long", *, root: Path = ROOT
) -> str:
    """One contact with all that is known of it (long), or name, number and whether it is open (short)."""
    ways = [each for each in (contact.number, contact.web, contact.email) if each]
    if form == "short":
        named = words("contact_line", lang, root=root, name=contact.name, reach=ways[0]) if ways else contact.name
        return _sentences(named, open_text(contact, at, lang, root=root))
    named = words("contact_line", lang, root=root, name=contact.name, reach=", ".join(ways)) if ways else contact.name
    return _sentences(
        named, purpose, hours_text(contact, lang, root=root), open_text(contact, at, lang, root=root),
        cost_text(contact, lang, root=root),
        *(contact_words(contact, each, lang, root=root) for each in ("language_help", "doubt", "immigration")),
    )  # fmt: skip


def _sentences(*parts: str | None) -> str:
    said = [part.strip() for part in parts if part and part.strip()]
    return " ".join(part if part.endswith(_ENDS) else part + "." for part in said)


def _days_text(days: list[int], lang: str, root: Path) -> str:
    if len(days) == len(DAYS):
        return words("hours_every_day", lang, root=root)
    first, last = (weekday_text(place, lang, root=root) for place in (days[0], days[-1]))
    if len(days) == 1:
        return first
    return words("days_two" if len(days) == 2 else "days_run", lang, root=root, first=first, last=last)


def _span_text(span: Span, lang: str, root: Path) -> str:
    if span == Span(0, 24 * 60):
        return words("hours_all_day", lang, root=root)
    start, end = (time_text(time(minute // 60 % 24, minute % 60), lang, root=root) for minute in (span.start, span.end))
    return words("hours_span", lang, root=root, start=start, end=end)
